import { Command, InvalidArgumentError, Option, type OptionValues } from '@commander-js/extra-typings'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { Io } from './io.ts'
import { VERSION } from './version.ts'

/** Builds the command line. `done` gets the exit code of the command that ran; commands are loaded only when they run. */
export function createProgram(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('octoform')
    .description('Administers GitHub Actions as code: plan in pull requests, apply in CI, detect drift on a cron.')
    .version(VERSION)
    .option('--no-color', 'print without colours')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .addHelpText('after', EXIT_CODES)

  withConfig(program.command('validate').description('check the configuration, offline'))
    .option('--explain <address>', 'where each value of an address came from')
    .option('--product <product>', 'check what this product lacks: dotcom, ghec, ghes-X.Y')
    .addOption(format())
    .action(async (flags) => done(await (await import('./validate.ts')).validateCommand(io, flags)))

  withRun(program.command('plan').description('read GitHub and print what apply would do'))
    .option('--out <file>', 'save the plan, for apply and show')
    .option('--detailed-exitcode', 'exit 2 where there are changes')
    .addOption(format())
    .action(async (flags) => done(await (await import('./plan.ts')).planCommand(io, flags)))

  withRun(program.command('apply').description('plan, show, ask, apply'))
    .argument('[plan]', 'a saved plan: apply only what it holds')
    .option('--auto-approve', 'apply without asking')
    .option('--expect-digest <digest>', 'apply only a plan of this digest')
    .addOption(format())
    .action(async (path, flags) => done(await (await import('./apply.ts')).applyCommand(io, path, flags)))

  withRun(program.command('drift').description('what plan would change, worded as drift; exit 2 when there is any'))
    .addOption(format())
    .action(async (flags) => done(await (await import('./plan.ts')).driftCommand(io, flags)))

  program
    .command('show')
    .description('print a saved plan, offline')
    .argument('<plan>')
    .addOption(format())
    .action(async (path, flags) => done(await (await import('./show.ts')).showCommand(io, path, flags)))

  withServer(program.command('import').description('print live state as YAML that plans to no changes'))
    .argument('<address>', 'orgs/NAME, repos/OWNER/NAME, repos/OWNER/*, or an address below one')
    .option('--only <family...>', 'only these families')
    .option('--out <dir>', 'write one file per owner into this folder')
    .action(async (address, flags) => done(await (await import('./import.ts')).importCommand(io, address, flags)))

  program
    .command('sandbox')
    .description('serve an embedded GitHub on loopback')
    .option('--seed <file>', 'what it holds at the start')
    .option('--port <n>', 'port; 0 picks a free one', integer(0), 0)
    .option('--product <product>', 'dotcom, ghec or ghes-X.Y')
    .option('--latency <ms>', 'wait before each answer', integer(0))
    .option('--log <file>', 'append one JSON line per request')
    .action(async (flags) => done(await (await import('./sandbox.ts')).sandboxCommand(io, flags)))

  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
  }
  // The typed command of extra-typings has no supertype that another module could name.
  return program as unknown as Command
}

const EXIT_CODES = `
Exit codes:
  ${EXIT.ok}  done, or no changes
  ${EXIT.failed}  could not run: bad configuration, a write that GitHub refused, a partial apply
  ${EXIT.changes}  changes or drift (plan --detailed-exitcode, drift)
  ${EXIT.guarded}  a guard refused (apply)
  ${EXIT.stale}  the plan that was reviewed does not hold any more
  ${EXIT.unread}  something could not be read`

function withConfig<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return command.option('--config <path...>', 'files and folders', ['octoform.yaml'])
}

function withServer<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return command
    .option('--api-url <url>', 'API base; else $GITHUB_API_URL, else https://api.github.com')
    .option('--insecure-http', 'allow clear-text http to another machine')
    .option('--parallelism <n>', 'requests in flight', integer(1), 10)
    .option('--debug', 'print each request on stderr')
}

function withRun<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return withServer(withConfig(command))
    .option('--owner <name...>', 'limit the run to these owners')
    .option('--target <glob...>', 'limit the run to these addresses')
    .option('--rotate <glob...>', 'put the values of these secrets again')
    .option('--protect <glob...>', 'delete none of these addresses')
    .option('--allow <what...>', 'go past a guard: deletions=N, protected, self, incomplete')
    .option('--values <dir>', 'the folder that file values are relative to')
}

function format() {
  return new Option('--format <format>', 'how results are printed')
    .choices(['text', 'json'] as const)
    .default('text' as const)
}

/** The highest port; as a bound of the other numbers it is as good as any. */
const MOST = 65_535

function integer(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (Number.isInteger(number) && number >= least && number <= MOST) return number
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${MOST}.`)
  }
}
