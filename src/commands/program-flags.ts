import { type Command, InvalidArgumentError, Option, type OptionValues } from '@commander-js/extra-typings'
import { MOST_AT_ONCE } from '../github/pace.ts'
import { PLAN_FORMATS } from '../report/plan-formats.ts'
import { DEFAULT_CONFIG } from '../run/default-config.ts'
import { parseDuration } from '../run/duration.ts'
import { listed, listedGlobs, repeated } from './repeated.ts'

/** The flags that are repeated where they are to take several words. */
export const REPEATED: ReadonlySet<string> = new Set([
  '--config',
  '--owner',
  '--target',
  '--rotate',
  '--protect',
  '--allow',
  '--accept',
  '--only',
])

const AGAIN = '; repeat it for several'

export function withConfig<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  const collect = (path: string, before: readonly string[]): readonly string[] =>
    before === DEFAULT_CONFIG ? [path] : repeated(path, [...before])
  return command.option('--config <path>', `a file or a folder${AGAIN}`, collect, DEFAULT_CONFIG)
}

function withServer<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return command
    .option('--api-url <url>', 'API base; else $GITHUB_API_URL, else https://api.github.com')
    .option('--insecure-http', 'allow clear-text http to another machine')
    .option('--parallelism <n>', `requests in flight, at most ${MOST_AT_ONCE}`, integer(1, MOST_AT_ONCE), 10)
    .option(
      '--max-wait <duration>',
      "how long to wait for GitHub's rate limits in all, such as 10m; by default without an end at a terminal, 15m for a pull request, else 1h",
      duration,
    )
    .option('--debug', 'print each request on stderr')
}

/** The flags of commands that send requests, and whose only guard is the origin of the configuration. */
export function withGate<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return withServer(command).option(
    '--allow <what>',
    'fork: run although a pull request from elsewhere started this',
    listed,
  )
}

export function withRun<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return withServer(withConfig(command))
    .option(
      '--owner <name>',
      `limit the run to this owner; enterprises/NAME is compared where it is named${AGAIN}`,
      listed,
    )
    .option('--target <glob>', `limit the run to these addresses${AGAIN}`, listedGlobs)
    .option(
      '--rotate <what>',
      `send the values of these secrets again: an address glob, or a source such as env:NAME${AGAIN}`,
      listedGlobs,
    )
    .option('--protect <glob>', `delete none of these addresses${AGAIN}`, listedGlobs)
    .option(
      '--allow <what>',
      'go past guards: deletions=N, revocations=N, runner_moves=N, public, protected, self, incomplete, fork',
      listed,
    )
    .option('--values <dir>', 'the folder that file values are relative to')
}

/** The flags that `plan` and `drift` share: both print a plan, and report it on GitHub. */
export function withPlan<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return withDetail(withRun(command))
    .option('--html-file <file>', 'save the report as one HTML page, which names no more than a comment would')
    .addOption(showPrivate())
    .addOption(planFormat())
    .addOption(json())
}

/** The flags that say how much of a plan is printed as text. */
export function withDetail<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return command
    .addOption(new Option('--verbose', 'print all names, and all that is left alone').conflicts('quiet'))
    .addOption(new Option('--quiet', 'print errors and the last line alone'))
}

/** The usual name of `--format json` elsewhere. */
export function json() {
  return new Option('--json', 'the same as --format json').implies({ format: 'json' as const })
}

export function acceptIds() {
  return new Option('--accept <name=id>', 'let in the id that a name has now: acme/web=777, or acme=55').argParser(
    listed,
  )
}

export function showPrivate() {
  return new Option('--show-private', 'name what is private on GitHub too, whoever may read it')
}

export function planFormat() {
  return new Option('--format <format>', 'how the plan is printed').choices(PLAN_FORMATS).default('text' as const)
}

export function format() {
  return new Option('--format <format>', 'how results are printed')
    .choices(['text', 'json'] as const)
    .default('text' as const)
}

export function duration(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined) return ms
  throw new InvalidArgumentError('Write a number with its unit, such as 90s, 10m or 1h.')
}

/** The highest port; as a bound of other numbers it is as good as any. */
const HIGHEST_PORT = 65_535

export function integer(least: number, most: number = HIGHEST_PORT): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (Number.isInteger(number) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  }
}
