import { type Command, Option } from '@commander-js/extra-typings'
import { PLAN_FORMATS } from '../report/plan-formats.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { helpOutput } from './help-output.ts'
import { integer, json, showPrivate, withGate } from './program-flags.ts'
import { listed } from './repeated.ts'

/** Adds `report` with a subcommand for each report. */
export function addReports(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const reports = program.command('report').description('what is used, who can reach what: from one reading of GitHub')
  withReport(
    reports.command('actions-used').description('every action in workflow files, and what policies would break'),
  )
    .argument('[scope...]', 'orgs/NAME or OWNER/NAME; the name of a repository may be a glob')
    .option('--config <path>', 'the configuration to compare with; repeat it for several', listed)
    .option('--issue <repository>', ISSUE)
    .option('--checkout <dir>', 'the files of the one repository that is named, in place of asking GitHub')
    .action(async (scopes, flags) => {
      const { actionsUsedCommand } = await import('./report-actions-used.ts')
      done(await actionsUsedCommand(io, scopes, flags))
    })
  withReport(
    reports
      .command('access')
      .description('who may use a secret, a variable or a runner group; what a repository may use'),
  )
    .argument('[address...]', 'such as orgs/NAME/secrets/TOKEN, or a repository: OWNER/NAME')
    .option('--people', 'add who may push there')
    .action(async (addresses, flags) => {
      const { accessCommand } = await import('./report-access.ts')
      done(await accessCommand(io, addresses, flags))
    })
  withReport(
    reports
      .command('hygiene')
      .description('secrets that are unused, old or hidden; what is open, offline or forbidden'),
  )
    .argument('[scope...]', 'orgs/NAME or OWNER/NAME; the name of a repository may be a glob')
    .option('--issue <repository>', ISSUE)
    .option('--older-than <days>', 'also secrets that were not changed for so many days', integer(1))
    .action(async (scopes, flags) => {
      const { hygieneCommand } = await import('./report-hygiene.ts')
      done(await hygieneCommand(io, scopes, flags))
    })
  for (const command of reports.commands) {
    command.exitOverride().configureOutput(helpOutput(io))
  }
}

const ISSUE = 'open, update and close an issue of what is to be mended in owner/name'

function withReport(command: Command) {
  return withGate(command)
    .option('--product <product>', 'where the server leaves it open: ghae-2021, or dotcom or ghec')
    .option('--out <file>', 'write the report there')
    .option('--save <file>', 'save what was read, without any value, for --from')
    .option('--from <file>', 'report from a saved reading, and send no request')
    .option('--to <file>', 'a newer reading: what changed since that of --from')
    .option('--html-file <file>', 'save the report as one HTML page, which names no more than an issue would')
    .addOption(showPrivate())
    .addOption(new Option('--format <format>', 'how it is printed').choices(PLAN_FORMATS).default('text' as const))
    .addOption(json())
}
