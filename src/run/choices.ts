import type { Configuration } from '../config/configuration.ts'
import { resolveOwner } from '../config/resolve.ts'
import { ownerOfPlace, ownerPlace, pathOf } from '../core/address.ts'
import { coversGlob, matchAny, reachesBelow } from '../core/glob.ts'
import type { PlanInput, Planned } from '../core/make-plan.ts'
import { SetupError } from '../core/setup-error.ts'
import { nearestTo } from '../core/similar.ts'
import { sectionAddress } from '../engine/known.ts'
import type { DesiredAddress, OwnerState } from '../engine/owner-state.ts'
import { printable } from '../render/printable.ts'
import { chosenOwners } from './chosen-owners.ts'
import { addressesIn } from './desired.ts'
import type { RunFlags } from './flags.ts'
import { isRotatedSource, rotation } from './rotation.ts'

/** The parts of a run that its flags choose from. */
interface Made {
  readonly configuration: Configuration
  readonly input: PlanInput
  readonly planned: Planned
  readonly states: readonly OwnerState[]
}

/**
 * Refuses each word of `--target` and `--rotate` that chooses nothing: a run that is about nothing must not end well.
 * @param reviewed addresses of a saved plan, of which some may be done and gone
 * @throws SetupError, naming the nearest address
 */
export function checkChoices(
  made: Made,
  flags: Pick<RunFlags, 'owner' | 'target' | 'rotate'>,
  reviewed: readonly string[],
): void {
  const vain = [
    ...(flags.target ?? []).flatMap((glob) => vainTarget(glob, made, flags.owner, reviewed) ?? []),
    ...(flags.rotate ?? []).flatMap((word) => vainRotation(word, made) ?? []),
  ]
  if (vain.length > 0) throw new SetupError(vain.join('\n'))
}

/** ` The nearest is …` among the addresses that a run is about; nothing where there are none. */
export function nearestAddress(glob: string, { states }: Pick<Made, 'states'>): string {
  return nearestText(
    glob,
    states.flatMap(({ addresses }) => addresses().map(({ address }) => address)),
  )
}

function vainTarget(
  glob: string,
  made: Made,
  owner: readonly string[] | undefined,
  reviewed: readonly string[],
): string | undefined {
  const { plan } = made.planned
  const matches = matcherOf(glob, made)
  const found = [...addressesOf(made), ...plan.changes, ...plan.held_back, ...plan.diagnostics]
  if (found.some(({ address }) => address !== undefined && matches(address))) return undefined
  if (reviewed.some(matches) || isUnread(glob, made)) return undefined
  // A family that the YAML names without a member is one that it speaks of, if all of it is meant.
  // Its section is read, and not left out, where another family needs it.
  const bare = made.states.flatMap(({ leftOut, desired = [] }) => [...leftOut, ...desired.map(sectionAddress)])
  if (bare.some((section) => coversGlob(glob, `${section}/*`))) return undefined
  // Names that are written out are in the configuration, too, where GitHub has no such repository.
  const { run, unnamed } = chosenOwners(made.configuration, owner)
  const written = writtenOut(made.configuration, run)
  if (written.some(matches)) return undefined
  const meant = unnamed.filter((each) => isAbout(glob, each, writtenOut(made.configuration, [each]).some(matches)))
  if (meant.length > 0) {
    const flags = meant.map(({ name }) => `--owner ${name}`).join(' or ')
    return `--target ${printable(glob)} chooses nothing: a run compares an enterprise where it names it: add ${flags}.`
  }
  const known = [...new Set([...addressesOf(made).map(({ address }) => address), ...written])]
  const why = 'it matches no address of the configuration and no change'
  return `--target ${printable(glob)} chooses nothing: ${why}.${nearestText(glob, known)}`
}

function vainRotation(word: string, made: Made): string | undefined {
  const desired = addressesOf(made)
  const inRun = made.input.flags.target.length === 0 ? () => true : matcherOf(made.input.flags.target, made)
  const valued = desired.flatMap(({ address, value }) => (value === undefined ? [] : [{ address, value }]))
  const inIt = valued.filter(({ address }) => inRun(address))
  const rotates = rotation([word])
  if (inIt.some(({ address, value }) => rotates(address, value))) return undefined
  const said = `--rotate ${printable(word)}`
  if (isRotatedSource(word)) {
    if (made.planned.plan.not_read.length > 0) return undefined
    const sources = [...new Set(inIt.map(({ value }) => value))]
    return `${said}: no secret of this run takes its value from there.${nearestText(word, sources)}`
  }
  if (isUnread(word, made)) return undefined
  const why = whyNoSecret(word, desired, valued)
  return `${said} chooses nothing: ${why}.${nearestText(
    word,
    inIt.map(({ address }) => address),
  )}`
}

function whyNoSecret(glob: string, desired: readonly DesiredAddress[], valued: readonly DesiredAddress[]): string {
  const matches = matchAny([glob])
  if (valued.some(({ address }) => matches(address))) return '--target leaves out what it matches'
  if (desired.some(({ address }) => matches(address))) return 'what it matches has no value in the YAML'
  return 'it matches no secret of this run that has a value in the YAML'
}

function addressesOf({ states }: Made): readonly DesiredAddress[] {
  return states.flatMap(({ addresses }) => addresses())
}

/** Matches an address by its present name, and by each former name of its repository. */
function matcherOf(globs: string | readonly string[], { input }: Made): (address: string) => boolean {
  const matches = matchAny([globs].flat())
  return (address) => matches(address) || (input.formerly?.(address) ?? []).some(matches)
}

/** Whether a glob may mean a scope that could not be read: the failed read is the message then. */
function isUnread(glob: string, { planned }: Made): boolean {
  return planned.plan.not_read.some(({ scope }) => {
    const owner = ownerOfPlace(scope)
    const repositories = owner === undefined ? scope : pathOf('repository', [owner])
    return reachesBelow(glob, `${scope}/`) || reachesBelow(glob, `${repositories}/`)
  })
}

/** Whether a glob that chooses nothing was meant for an enterprise that the run leaves out. */
function isAbout(glob: string, owner: Configuration['owners'][number], matches: boolean): boolean {
  return matches || glob.toLowerCase().startsWith(`${ownerPlace(owner)}/`)
}

/** The addresses that need no GitHub to be known. */
function writtenOut(configuration: Configuration, owners: Configuration['owners']): readonly string[] {
  return owners.flatMap(({ name }) => {
    const { sections } = resolveOwner(configuration, name, undefined, configuration.families)
    return addressesIn(sections, configuration.families).map(({ address }) => address)
  })
}

function nearestText(word: string, known: readonly string[]): string {
  const nearest = nearestTo(word, known)
  return nearest === undefined ? '' : ` The nearest is ${printable(nearest)}.`
}
