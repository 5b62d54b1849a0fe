import { Command, Option } from '@commander-js/extra-typings'
import { GROUPS, namesGroup } from '../operations/groups.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { VERSION } from '../run/version.ts'
import { addCompletion } from './add-completion.ts'
import { checkArguments } from './check-arguments.ts'
import { helpOutput } from './help-output.ts'
import { EXIT_CODES } from './help-text.ts'
import { keepToFormat } from './keep-to-format.ts'
import {
  acceptIds,
  duration,
  format,
  integer,
  json,
  planFormat,
  showPrivate,
  withConfig,
  withDetail,
  withGate,
  withPlan,
  withRun,
} from './program-flags.ts'
import { listed } from './repeated.ts'
import { addReports } from './report.ts'
import { typed } from './typed.ts'

/** More than a run of a day could send within GitHub's limits. */
const MOST_REQUESTS = 1_000_000

/**
 * Builds the command line. `done` gets the exit code of the command that ran; commands are loaded only when they run.
 * @param args the arguments to parse
 */
export function createProgram(io: Io, args: readonly string[], done: (code: ExitCode) => void): Command {
  const program = new Command('octoform')
    .description('Administers GitHub Actions as code: plan in pull requests, apply in CI, detect drift on a cron.')
    .version(VERSION)
    .option('--no-color', 'print without colours')
    .exitOverride()
    .configureOutput(helpOutput(io))
    .addHelpText('after', EXIT_CODES)

  withConfig(program.command('validate').description('check the configuration, offline'))
    .option('--explain <address>', 'where each value of an address came from')
    .option('--product <product>', 'check what this product lacks: dotcom, ghec, ghes-X.Y, ghae, ghae-2021')
    .addOption(format())
    .addOption(json())
    .action(async (flags) => done(await (await import('./validate.ts')).validateCommand(io, flags)))

  withPlan(program.command('plan').description('read GitHub and print what apply would do'))
    .option('--out <file>', 'save the plan, for apply and show')
    .option('--detailed-exitcode', 'exit 2 where there are changes')
    .option('--base <dir>', 'a checkout of the commit that the change builds on; what comes anyway is listed apart')
    .option('--comment [pull-request]', 'comment on owner/name#N; in GitHub Actions on the pull request of the event')
    .option('--only-changes', 'no new comment for a plan without changes; one that stands there is edited')
    .option('--label', 'label that pull request octoform/opens, octoform/delete, octoform/change or octoform/none')
    .addOption(acceptIds())
    .action(async (flags) => done(await (await import('./plan.ts')).planCommand(io, flags)))

  withDetail(withRun(program.command('apply').description('plan, show, ask, apply')))
    .argument('[plan]', 'a saved plan: apply only what it holds')
    .option('--auto-approve', 'apply without asking')
    .addOption(acceptIds())
    .option('--expect-digest <digest>', 'apply only a plan of this digest')
    .option('--expect-pull-request', 'apply only the plan that was reviewed in the pull request of this commit')
    .option(
      '--check-app <app>',
      'slug or id of the App whose check run holds the reviewed digest (default: github-actions)',
    )
    .option('--branch <name>', 'the branch to apply in GitHub Actions; else the default branch')
    .option(
      '--lock-timeout <duration>',
      'how long to wait for another apply, such as 90s; by default 10m for a ledger in a file, else not at all',
      duration,
    )
    .option('--report <file>', 'write what was done, for auditors, as JSON')
    .addOption(showPrivate())
    .addOption(format())
    .addOption(json())
    .action(async (path, flags) => done(await (await import('./apply.ts')).applyCommand(io, path, flags)))

  withPlan(program.command('drift').description('what plan would change, worded as drift; exit 2 when there is any'))
    .option(
      '--max-requests <n>',
      'read a part of everything each day, with about so many requests',
      integer(1, MOST_REQUESTS),
    )
    .option('--issue <repository>', 'open, update and close one issue per organization in owner/name')
    .option('--who', 'name who changed it, and when, from the audit log')
    .addOption(
      new Option(
        '--accept [name=id]',
        'print the change of the YAML that takes the live state over, as a diff; with acme/web=777, let that id in',
      )
        .preset('')
        .argParser(listed),
    )
    .action(async ({ accept: given, ...flags }) => {
      const accept = given ?? []
      const drift = { ...flags, accept: accept.filter((word) => word !== ''), takeOver: accept.includes('') }
      done(await (await import('./drift.ts')).driftCommand(io, drift))
    })

  withRun(program.command('cleanup').description('delete what runs have left, by the rules of the configuration'))
    .argument('[plan]', 'a saved plan: delete only what it holds')
    .option('--out <file>', 'save what would be deleted, and delete nothing')
    .option('--auto-approve', 'delete without asking')
    .option(
      '--lock-timeout <duration>',
      'how long to wait for another apply, such as 90s; by default 10m for a ledger in a file, else not at all',
      duration,
    )
    .option('--report <file>', 'write what was done, as JSON')
    .addOption(planFormat())
    .addOption(json())
    .action(async (path, flags) => done(await (await import('./cleanup.ts')).cleanupCommand(io, path, flags)))

  withDetail(program.command('show').description('print a saved plan, offline'))
    .argument('<plan>')
    .addOption(planFormat())
    .addOption(json())
    .action(async (path, flags) => done(await (await import('./show.ts')).showCommand(io, path, flags)))

  withGate(program.command('import').description('print live state as YAML that plans to no changes'))
    .argument('<address>', 'orgs/NAME, repos/OWNER/NAME, repos/OWNER/*, or an address below one')
    .option('--only <family>', 'only this family; repeat it for several', listed)
    .option('--out <dir>', 'write OWNER.yaml, or OWNER.repositories.yaml, into this folder')
    .option('--with-repositories', 'orgs/NAME with a file for each repository that differs; run again, it goes on')
    .option(
      '--compact',
      'leave out what the level above or GitHub gives anyway; with --with-repositories (where it is the default), fold what most share into sets',
    )
    .option('--no-compact', 'with --with-repositories: all that there is, for each repository')
    .option('--product <product>', 'where the server leaves it open: ghae-2021, or dotcom or ghec')
    .action(async (address, flags) => {
      const { importCommand } = await import('./import.ts')
      done(await throughGateLater(io, 'import', flags, () => importCommand(io, address, flags)))
    })

  withGate(program.command('init').description('write a first configuration with the three workflows'))
    .requiredOption(
      '--owner <name>',
      'the organization to administer, or enterprises/NAME; repeat it for several',
      listed,
    )
    .option(
      '--import',
      'with what GitHub has of it and its repositories, which plans to no changes; then check the credential',
    )
    .option('--repository <repository>', 'owner/name of the repository that holds it; else what git calls origin')
    .option('--branch <name>', 'the branch that is applied', 'main')
    .action(async (flags) => {
      const { initCommand } = await import('./init.ts')
      const init = () => initCommand(io, flags)
      done(await (flags.import ? throughGateLater(io, 'init', flags, init) : init()))
    })

  withGate(withConfig(program.command('doctor').description('check the credentials against the configuration')))
    .option('--owner <name>', 'only this owner; repeat it for several', listed)
    .addOption(
      new Option('--for <purpose>', 'what they are to be enough for').choices(PURPOSES).default('all' as const),
    )
    .addOption(format())
    .addOption(json())
    .action(async (flags) => {
      const { doctorCommand } = await import('./doctor.ts')
      done(await throughGateLater(io, 'doctor', flags, () => doctorCommand(io, flags)))
    })

  withGate(
    program.command('seal').description('seal a value, typed unseen or from standard input, to stand in the YAML'),
  )
    .argument('<address>', 'of the secret')
    .action(async (address, flags) => {
      const { sealCommand } = await import('./seal.ts')
      done(await throughGateLater(io, 'seal', flags, () => sealCommand(io, address, flags)))
    })

  const ledger = program.command('ledger').description('the record of what was written and GitHub does not show')
  withGate(withConfig(ledger.command('adopt').description('record existing secrets without writing to them')))
    .argument('<glob>', 'of addresses; or ADDRESS=ID, to tell the id of a member that GitHub does not show')
    .option('--owner <name>', 'only this owner; repeat it for several', listed)
    .option('--values <dir>', 'the folder that file values are relative to')
    .option('--auto-approve', 'record an id, and sign entries that have no signature, without asking')
    .action(async (glob, flags) => {
      const { ledgerAdoptCommand } = await import('./ledger.ts')
      done(await throughGateLater(io, 'ledger', flags, () => ledgerAdoptCommand(io, glob, flags)))
    })

  withGate(
    withConfig(ledger.command('forget').description('forget members that GitHub does not show, and that are gone')),
  )
    .argument('<glob>', 'of addresses')
    .option('--auto-approve', 'forget them without asking')
    .action(async (glob, flags) => {
      const { ledgerForgetCommand } = await import('./ledger-forget.ts')
      done(await throughGateLater(io, 'ledger', flags, () => ledgerForgetCommand(io, glob, flags)))
    })

  withGate(withConfig(ledger.command('key').description('sign the ledger, and print its public key for the YAML')))
    .option('--auto-approve', 'sign recorded ids that have no signature without asking')
    .action(async (flags) => {
      const { ledgerKeyCommand } = await import('./ledger-key.ts')
      done(await throughGateLater(io, 'ledger', flags, () => ledgerKeyCommand(io, flags)))
    })

  program
    .command('sandbox')
    .description('serve an embedded GitHub on loopback')
    .option('--seed <file>', 'what it holds at the start')
    .option('--port <n>', 'port; 0 picks a free one', integer(0), 0)
    .option('--product <product>', 'dotcom, ghec, ghes-X.Y, ghae or ghae-2021')
    .option('--latency <ms>', 'wait before each answer', integer(0))
    .option('--log <file>', 'append one JSON line per request')
    .addOption(new Option('--limits <whose>', 'limit requests as this does').choices(['github'] as const))
    .action(async (flags) => done(await (await import('./sandbox.ts')).sandboxCommand(io, flags)))

  addCompletion(program as unknown as Command, io, done)
  addReports(program as unknown as Command, io, done)

  for (const [name, about] of Object.entries(GROUPS)) program.command(name).description(about)
  for (const command of [...program.commands, ...ledger.commands]) {
    command.exitOverride().configureOutput(helpOutput(io))
    command.allowExcessArguments()
  }
  // A line that is being typed is no word of its own.
  const ownWords = ['completion', 'complete']
  // The hook reports a surplus word in more detail.
  program.hook('preAction', async (_, command) => {
    keepToFormat(io, command.opts())
    // Operations take words of other kinds, and as many as each says.
    const group = command.parent?.name() ?? ''
    if (!ownWords.includes(command.name()) && group !== 'report' && !namesGroup([group]))
      await checkArguments(io.cwd, typed(args, command))
  })
  // The typed command of extra-typings has no supertype that another module could name.
  return program as unknown as Command
}

/** Loaded when it is needed, as the commands are. */
async function throughGateLater(
  ...args: Parameters<typeof import('../run/through-gate.ts').throughGate>
): Promise<ExitCode> {
  return (await import('../run/through-gate.ts')).throughGate(...args)
}

const PURPOSES = ['plan', 'apply', 'report', 'all'] as const
