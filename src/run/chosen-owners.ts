import type { Configuration } from '../config/configuration.ts'
import { layersOfOwner } from '../config/scopes.ts'
import { ownerPlace } from '../core/address.ts'
import { isEnterprise } from '../core/scope.ts'
import { didYouMean } from '../core/similar.ts'
import { ConfigurationError } from './load.ts'

/** The most owners in a message: a longer list does not help to find a slip. */
const MOST_NAMED = 20

type Owner = Configuration['owners'][number]

/** The owners of a run. */
export interface ChosenOwners {
  /** Those that are compared. */
  readonly run: readonly Owner[]
  /** Enterprises that the run leaves out because no `--owner` names any owner. */
  readonly unnamed: readonly Owner[]
  /** The scopes of all owners that it leaves out. */
  readonly leftOut: readonly string[]
}

/** The owners that `--owner` names, folded. */
export function ownerNames(given: readonly string[]): readonly string[] {
  return given.map((name) => name.toLowerCase())
}

/**
 * Whether a run is about an owner. An enterprise is in a run that names it alone: its credential can write everywhere, and
 * other runs read of it only the policy that bounds its organizations.
 * @param names those of `--owner`
 */
export function isChosen(owner: string, names: readonly string[] | undefined): boolean {
  if (!names || names.length === 0) return !isEnterprise(owner)
  return ownerNames(names).includes(owner.toLowerCase())
}

/** The owners of a run, and the scopes that it leaves out. @throws ConfigurationError for an unknown name */
export function chosenOwners(configuration: Configuration, names: readonly string[] | undefined): ChosenOwners {
  const { owners } = configuration
  refuseUnknown(
    owners.map(({ name }) => name),
    ownerNames(names ?? []),
  )
  const others = owners.filter(({ name }) => !isChosen(name, names))
  const isAsked = names !== undefined && names.length > 0
  // One that only holds its organizations has nothing to leave out.
  const leftOut = isAsked ? others : others.filter(({ name }) => declaresAny(configuration, name))
  return {
    run: owners.filter(({ name }) => isChosen(name, names)),
    unnamed: isAsked ? [] : leftOut,
    leftOut: leftOut.map(ownerPlace),
  }
}

/**
 * Refuses a run that is about nothing, because it names none of the enterprises that the configuration consists of.
 * @throws ConfigurationError with the flag to add
 */
export function refuseUnnamed({ owners }: Configuration, { run }: ChosenOwners): void {
  const [first] = owners
  if (run.length > 0 || first === undefined) return
  const flags = owners.slice(0, MOST_NAMED).map(({ name }) => `--owner ${name}`)
  const message = `the configuration names only enterprises, and a run compares an enterprise where it names it: add ${flags.join(' or ')}`
  throw new ConfigurationError([{ severity: 'error', message, source: first.source }])
}

function declaresAny(configuration: Configuration, owner: string): boolean {
  return layersOfOwner(configuration, owner).some(({ body }) =>
    configuration.families.some(({ name }) => Object.hasOwn(body, name)),
  )
}

function refuseUnknown(known: readonly string[], wanted: readonly string[]): void {
  const isKnown = new Set(known)
  const unknown = [...new Set(wanted)].filter((name) => !isKnown.has(name))
  if (unknown.length === 0) return
  const near = unknown.length === 1 ? didYouMean(unknown[0] ?? '', known) : ''
  const some = `${known.slice(0, MOST_NAMED).join(', ')}${known.length > MOST_NAMED ? ', …' : ''}`
  const message = `--owner ${unknown.join(', ')}: the configuration names only ${some}${near}`
  throw new ConfigurationError([{ severity: 'error', message }])
}
