import { appendFile } from 'node:fs/promises'
import type { Failure } from '../core/failure.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Plan } from '../core/plan.ts'
import type { RunContext } from '../event/run-context.ts'
import { annotations } from '../render/annotations.ts'
import { heldBackWords } from '../render/last-line.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { renderSummary } from '../render/summary.ts'
import type { Wording } from '../render/view.ts'
import { workflowCommand } from '../render/workflow-commands.ts'
import { type Audience, audienceOfRun } from './audience.ts'
import type { Connection } from './connect.ts'
import type { Io } from './io.ts'
import { addToSummary } from './job-summary.ts'

export interface JobReport {
  readonly plan: Plan
  readonly wording: Wording
  readonly connection: Connection
  readonly context: RunContext | undefined
  readonly facts: Omit<ReportFacts, 'audience'>
  readonly showPrivate: boolean
  /** Where it is known already. */
  readonly audience?: Audience
}

/**
 * Tells the job of a plan, in GitHub Actions: annotations on the lines that cause it, and the whole of it in the job's
 * summary. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export async function reportToJob(io: Io, report: JobReport): Promise<void> {
  const { plan, wording, connection, context, facts, showPrivate } = report
  if (context === undefined) return
  const audience = report.audience ?? (await audienceOfRun(io, connection, context, showPrivate))
  for (const annotation of annotations(plan, wording, audience)) io.annotate(annotation)
  await addToSummary(io, renderSummary(plan, { ...facts, audience }, wording))
}

/** Tells the job that nothing was written, and in one word why; the log has the names that the reason may hold. */
export async function reportRefusalToJob(io: Pick<Io, 'env' | 'annotate'>, failure: Failure): Promise<void> {
  if (io.env.GITHUB_ACTIONS !== 'true') return
  const message = `Not applied: ${failure}. The log of the job says why.`
  io.annotate(workflowCommand('error', { title: 'octoform: Not applied' }, message))
  const file = io.env.GITHUB_STEP_SUMMARY
  if (file !== undefined && file !== '') await appendFile(file, `**${message}**\n`)
}

/** Adds to the job's summary what became of the plan. Names stand in the log: they may be more than its readers should see. */
export async function reportOutcomeToJob(io: Io, outcome: Outcome): Promise<void> {
  const file = io.env.GITHUB_STEP_SUMMARY
  if (io.env.GITHUB_ACTIONS !== 'true' || file === undefined || file === '' || outcome.changes.length === 0) return
  const failed = outcome.changes.filter(({ status }) => status !== 'applied').length
  const more =
    failed === 0 ? '' : `${failed} of ${outcome.changes.length} changes were not applied whole: see the log.\n\n`
  const { added, changed, deleted } = outcome.counts
  const applied = `Applied: ${added} added, ${changed} changed, ${deleted} deleted.`
  await appendFile(file, `${more}${[applied, ...heldBackWords(outcome.held_back)].join(' ')}\n`)
}
