import type { Configuration } from '../config/configuration.ts'
import { noOwner } from '../config/idle.ts'
import { loadConfiguration } from '../config/load.ts'
import { type Diagnostic, formatDiagnostic } from '../core/diagnostic.ts'
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
  const { families, policies = [], checks } = await io.registry()
  const all = [...families, ...policies]
  const { configuration, problems, passedOver } = await loadConfiguration(paths, io.cwd, all, checks)
  const passedOverLine = passedOverText(passedOver)
  if (passedOverLine !== undefined) io.stderr?.(`${printable(passedOverLine)}\n`)
  if (!configuration) throw new ConfigurationError(problems.map((problem) => withWayOn(problem, paths)))
  if (configuration.owners.length === 0 && owners === 'needed') throw new ConfigurationError([noOwner(configuration)])
  // A plan is about families alone: policies are read by their own command.
  return { ...configuration, families }
}

/** A folder that holds no configuration yet is no slip: it is where everybody begins. */
function withWayOn(problem: Diagnostic, paths: readonly string[]): Diagnostic {
  if (!isDefaultConfig(paths) || problem.message !== 'octoform.yaml: cannot be read (there is no such file)')
    return problem
  const ways =
    '`octoform init --owner NAME --import` takes over what there is, without --import it begins anew, and --config names another file'
  return { ...problem, message: `${problem.message}: ${ways}` }
}
