import type { Configuration } from '../config/configuration.ts'
import { noOwner } from '../config/idle.ts'
import { loadConfiguration } from '../config/load.ts'
import { ownerPlace } from '../core/address.ts'
import { type Diagnostic, formatDiagnostic } from '../core/diagnostic.ts'
import { didYouMean } from '../core/similar.ts'
import { printable } from '../render/printable.ts'
import { isDefaultConfig } from './default-config.ts'
import type { Io } from './io.ts'
import { passedOverText } from './passed-over.ts'

/** The configuration has errors; the message is all of them, each with its place. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly problems: readonly Diagnostic[]
  constructor(problems: readonly Diagnostic[]) {
    // A name with a line break in it begins no line of its own.
    super(problems.map((problem) => printable(formatDiagnostic(problem))).join('\n'))
    this.problems = problems
  }
}

/**
 * @param io without `stderr` where another load of the same run reports the files passed over
 * @param owners whether a configuration that names none is an error: there is nothing to compare
 * @throws ConfigurationError
 */
export async function load(
  io: Pick<Io, 'cwd' | 'registry'> & Partial<Pick<Io, 'stderr'>>,
  paths: readonly string[],
  owners: 'needed' | 'if any' = 'needed',
): Promise<Configuration> {
  const { configuration, problems, passedOver } = await loadConfiguration(
    paths,
    io.cwd,
    io.registry.families,
    io.registry.checks,
  )
  const passedOverLine = passedOverText(passedOver)
  if (passedOverLine !== undefined) io.stderr?.(`${printable(passedOverLine)}\n`)
  if (!configuration) throw new ConfigurationError(problems.map((problem) => withWayOn(problem, paths)))
  if (configuration.owners.length === 0 && owners === 'needed') throw new ConfigurationError([noOwner(configuration)])
  return configuration
}

/** A folder that holds no configuration yet is no slip: it is where everybody begins. */
function withWayOn(problem: Diagnostic, paths: readonly string[]): Diagnostic {
  if (!isDefaultConfig(paths) || problem.message !== 'octoform.yaml: cannot be read (there is no such file)')
    return problem
  const ways =
    '`octoform import orgs/NAME > octoform.yaml` takes over what there is, `octoform init --owner NAME` begins anew, and --config names another file'
  return { ...problem, message: `${problem.message}: ${ways}` }
}

/** The most owners in a message: a longer list does not help to find a slip. */
const MOST_NAMED = 20

type Owner = Configuration['owners'][number]

/** The owners that `--owner` names, folded. */
export function ownerNames(given: readonly string[]): readonly string[] {
  return given.map((name) => name.toLowerCase())
}

/** The owners of a run, and the scopes that `--owner` leaves out. @throws ConfigurationError for an unknown name */
export function chosenOwners(
  configuration: Configuration,
  names: readonly string[] | undefined,
): { readonly run: readonly Owner[]; readonly leftOut: readonly string[] } {
  if (!names || names.length === 0) return { run: configuration.owners, leftOut: [] }
  const wanted = new Set(ownerNames(names))
  const known = configuration.owners.map(({ name }) => name)
  const unknown = [...wanted].filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    const near = unknown.length === 1 ? didYouMean(unknown[0] ?? '', known) : ''
    const some = `${known.slice(0, MOST_NAMED).join(', ')}${known.length > MOST_NAMED ? ', …' : ''}`
    const message = `--owner ${unknown.join(', ')}: the configuration names only ${some}${near}`
    throw new ConfigurationError([{ severity: 'error', message }])
  }
  const run = configuration.owners.filter(({ name }) => wanted.has(name))
  const leftOut = configuration.owners.filter(({ name }) => !wanted.has(name)).map(ownerPlace)
  return { run, leftOut }
}
