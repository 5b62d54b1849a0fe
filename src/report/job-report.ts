import type { Plan } from '../core/plan.ts'
import type { RunContext } from '../event/run-context.ts'
import { annotations } from '../render/annotations.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { renderSummary } from '../render/summary.ts'
import type { Wording } from '../render/wording.ts'
import type { Connection } from '../run/connect.ts'
import type { Io } from '../run/io.ts'
import { addToSummary } from '../run/job-summary.ts'
import { type Audience, audienceOfRun } from './audience.ts'
import { checkoutPath } from './checkout-path.ts'

export interface JobReport {
  readonly plan: Plan
  readonly wording: Wording
  readonly connection: Connection
  readonly context: RunContext | undefined
  readonly facts: Omit<ReportFacts, 'audience'>
  readonly showPrivate: boolean
  /** Set where it is known already. */
  readonly audience?: Audience
}

/**
 * Reports a plan to its job in GitHub Actions: annotations on the lines that cause it, and the whole of it in the job's
 * summary. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export async function reportToJob(io: Io, report: JobReport): Promise<void> {
  const { plan, wording, facts } = report
  const audience = await annotateJob(io, report)
  if (audience !== undefined) await addToSummary(io, renderSummary(plan, { ...facts, audience }, wording))
}

/** Writes the annotations alone. @returns the audience of the job's readers; undefined outside GitHub Actions */
export async function annotateJob(io: Io, report: JobReport): Promise<Audience | undefined> {
  const { plan, wording, connection, context, showPrivate } = report
  if (context === undefined) return undefined
  const audience = report.audience ?? (await audienceOfRun(io, connection, context, showPrivate))
  for (const annotation of annotations(plan, wording, audience, checkoutPath(io))) io.annotate(annotation)
  return audience
}
