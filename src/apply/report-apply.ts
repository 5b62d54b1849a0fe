import type { Failure } from '../core/failure.ts'
import type { Outcome } from '../core/outcome.ts'
import { type ApplyEnding, applyStatus, renderApplyComment, renderApplySummary } from '../render/apply-report.ts'
import { printable } from '../render/printable.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { workflowCommand } from '../render/workflow-commands.ts'
import { audienceOfRun } from '../report/audience.ts'
import { originOf, reportFacts } from '../report/report-facts.ts'
import { reportToPull } from '../report/report-to-pull.ts'
import type { Connection } from '../run/connect.ts'
import type { Io } from '../run/io.ts'
import { addToSummary } from '../run/job-summary.ts'
import { knownServer } from '../run/known-server.ts'
import type { Refusal } from '../run/refusal.ts'
import type { Run } from '../run/run.ts'
import type { Apply } from './apply-review.ts'

/** How an apply ended, as far as it came. */
export interface Ended {
  readonly connection: Connection
  /** Undefined where it ended before there was a plan. */
  readonly run: Run | undefined
  readonly outcome: Outcome | undefined
  readonly failure: Failure | undefined
  readonly refusals: readonly Refusal[]
}

/**
 * Reports the end of an apply on GitHub: as an annotation where nothing was written, in the job's summary, and in the
 * pull request that was merged. It does not change the result: a failed report is a warning.
 */
export async function reportApply(io: Io, apply: Apply, ended: Ended): Promise<void> {
  if (apply.context === undefined) return
  const { connection, run, outcome, failure, refusals } = ended
  const reasons = refusals.map(({ message, brief, shown, overtaken = false }) => ({
    message,
    overtaken,
    ...(brief === undefined ? {} : { brief }),
    ...(shown === undefined ? {} : { shown }),
  }))
  const plan = run?.planned.plan
  const ending: ApplyEnding = { host: connection.api.host, plan, outcome, failure, reasons }
  if (outcome === undefined && failure !== undefined) io.annotate(notApplied(ending))
  // Facts known before there is a plan are about the repository itself, and no secret to its readers.
  const known = plan === undefined ? 'full' : apply.found.audience
  const audience = known ?? (await audienceOfRun(io, connection, apply.context, apply.flags.showPrivate))
  const facts = { ...factsOf(io, apply, run), audience }
  await addToSummary(io, renderApplySummary(ending, facts).trimEnd())
  const { pull } = apply.found
  if (pull === undefined) return
  const text = (limit?: number): string => renderApplyComment(ending, facts, limit)
  const server = run && (await knownServer(run))
  await reportToPull(io, {
    connection,
    server,
    repository: apply.context.repository,
    pull,
    configuration: facts.configuration,
    text,
  })
}

function notApplied(ending: ApplyEnding): string {
  const briefly = [...new Set(ending.reasons.map(({ brief, message }) => brief ?? message))]
  const [first = '', ...more] = briefly
  const others = more.length === 0 ? '' : ` (and ${more.length} more reasons: see the summary)`
  const [line = ''] = first.split('\n')
  return workflowCommand(
    'error',
    { title: 'octoform: Not applied' },
    printable(`${applyStatus(ending)} ${line}${others}`),
  )
}

function factsOf(io: Io, { context, flags }: Apply, run: Run | undefined): Omit<ReportFacts, 'audience'> {
  return run ? reportFacts(flags.config, context, undefined, io) : originOf(flags.config, context, io)
}
