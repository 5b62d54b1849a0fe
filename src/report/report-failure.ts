import type { Configuration } from '../config/configuration.ts'
import { SetupError } from '../core/setup-error.ts'
import type { RunContext } from '../event/run-context.ts'
import { trustOf } from '../event/trust.ts'
import { problemAnnotations } from '../render/annotations.ts'
import { headline, type ReportedCommand, renderFailedSummary } from '../render/failed-run.ts'
import { printable } from '../render/printable.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { workflowCommand } from '../render/workflow-commands.ts'
import { type Connection, connect } from '../run/connect.ts'
import { contextOf } from '../run/context-of.ts'
import type { Io } from '../run/io.ts'
import { addToSummary } from '../run/job-summary.ts'
import { ConfigurationError, load } from '../run/load.ts'
import { applyFailure } from './apply-failure.ts'
import type { AskedReport } from './asked-report.ts'
import { audienceOf } from './audience.ts'
import { checkoutPath } from './checkout-path.ts'
import { commentFailure } from './comment-failure.ts'
import type { Explained } from './explained.ts'
import { saveFailedHtml } from './html-file.ts'
import { issueFailure } from './issue-failure.ts'
import { originOf } from './report-facts.ts'
import { publishFailedReport } from './report-issue.ts'

/**
 * Reports outside of the log that a command failed before it could report anything itself: an annotation, the job's summary,
 * and for a plan its comment and check run. An error of this report is printed beside the first one.
 */
export async function reportFailure(io: Io, asked: AskedReport, failed: Explained): Promise<void> {
  const command = reportedCommand(asked)
  const context = await contextOf(io)
  for (const command of problemAnnotations(failed.problems, checkoutPath(io))) io.annotate(command)
  if (command === undefined) return
  // An outsider's configuration sends no request, in failures too.
  const isForeign = trustOf(context).kind === 'foreign' && !asked.allowsFork
  const connection = command === 'validate' || isForeign ? undefined : await connectHome(io, asked)
  const readers = await audience(io, { asked, context, connection, failed })
  const facts = { ...originOf(asked.config, context, io), audience: readers }
  if (context !== undefined) {
    if (failed.problems.length === 0) io.annotate(annotation(command, failed, facts))
    await addToSummary(io, renderFailedSummary(command, failed, facts))
  }
  if (command === 'plan' && connection) await commentFailure(io, { asked, context, failed, facts, connection })
  if (command === 'apply' && connection) await applyFailure(io, { asked, context, failed, facts, connection })
  if (command === 'drift' && connection) await issueFailure(io, { asked, context, failed, facts, connection })
  if (command === 'report' && connection) await publishFailedReport(io, { asked, context, failed, facts, connection })
  if (asked.htmlFile !== undefined && (command === 'plan' || command === 'drift' || command === 'report')) {
    await saveFailedHtml(io, asked.htmlFile, { command, failed, facts })
  }
}

const REPORTED: readonly ReportedCommand[] = ['plan', 'apply', 'drift', 'validate', 'report']

function reportedCommand({ command, comment }: AskedReport): ReportedCommand | undefined {
  const known = REPORTED.find((name) => name === command)
  // Only plan comments: the command's own name may be misspelt.
  return known ?? (comment === undefined ? undefined : 'plan')
}

/**
 * The server that the configuration was written for: under one for another server nothing is sent here, not even this
 * failure.
 */
async function writtenFor(io: Io, config: readonly string[]): Promise<Configuration['github']> {
  try {
    return (await load(io, config)).github
  } catch (error) {
    if (error instanceof ConfigurationError) return {}
    throw error
  }
}

/** A way to GitHub with the repository's own token; undefined where there is none. */
async function connectHome(io: Io, { apiUrl, insecureHttp, config }: AskedReport): Promise<Connection | undefined> {
  const { OCTOFORM_APP_ID: _, OCTOFORM_APP_PRIVATE_KEY: __, ...env } = io.env
  // The credential that reads the organizations may be the error.
  const own = env.GITHUB_TOKEN || env.GH_TOKEN ? { ...env, OCTOFORM_TOKEN: undefined } : env
  try {
    const flags = { parallelism: 1, insecureHttp, ...(apiUrl === undefined ? {} : { apiUrl }) }
    return await connect({ ...io, env: own }, flags, await writtenFor(io, config))
  } catch (error) {
    if (error instanceof SetupError) return undefined
    throw error
  }
}

interface Reporting {
  readonly asked: AskedReport
  readonly context: RunContext | undefined
  readonly connection: Connection | undefined
  readonly failed: Explained
}

async function audience(io: Io, { asked, context, connection, failed }: Reporting): Promise<ReportFacts['audience']> {
  if (asked.showPrivate || context === undefined) return 'full'
  // Readers of a repository can read its configuration files, so their visibility needs no request.
  if (failed.reasons.every(({ from }) => from === 'files')) return 'full'
  if (connection === undefined) return 'counts'
  return audienceOf(io, connection, context.repository, 'as visible')
}

function annotation(command: ReportedCommand, failed: Explained, facts: ReportFacts): string {
  const [reason] = failed.reasons
  const words = (facts.audience === 'full' ? reason?.message : reason?.brief) ?? 'The log of the job says why.'
  return workflowCommand('error', { title: 'octoform' }, printable(`${headline(command, failed, facts)} ${words}`))
}
