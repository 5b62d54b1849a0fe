import { hasErrors } from '../core/diagnostic.ts'
import { newlyHeldBack } from '../core/held-back.ts'
import { countChanges, type Plan } from '../core/plan.ts'
import type { Client } from '../github/client.ts'
import { type CheckRunRequest, publishCheckRun } from '../publish/check-run.ts'
import { renderPlans } from '../render/comment.ts'
import { renderFailedCheck } from '../render/failed-run.ts'
import { lastLine } from '../render/last-line.ts'
import { fenced } from '../render/markdown-text.ts'
import { viewApprove } from '../render/problems.ts'
import { REPORT_BYTES, type ReportFacts } from '../render/report-facts.ts'
import type { Io } from '../run/io.ts'
import { packPlan } from './packed-plan.ts'

/** The plan of people needs so many bytes before the hidden one for programs may have the rest of the text. */
const SHOWN_BYTES = 30_000

export interface RecordedPlan {
  readonly plan: Plan
  readonly owners: readonly string[]
  readonly facts: ReportFacts
  readonly at: Pick<CheckRunRequest, 'repository' | 'headSha' | 'detailsUrl'>
}

/**
 * Records a plan as the check run that apply requires: its digest, and the whole of it for people, who come to it from the
 * merge box. A plan that is wrong or incomplete leaves one without a digest: apply takes it for no review.
 * @returns warnings for people
 */
export async function recordPlan(
  io: Io,
  client: Client,
  { plan, owners, facts, at }: RecordedPlan,
): Promise<readonly string[]> {
  const conclusion = conclusionOf(plan, facts.base)
  const content =
    facts.failed === undefined
      ? { ...(await contentOf(io, plan, owners, facts)), digest: plan.digest }
      : { ...io.cleaned(renderFailedCheck(facts.failed, facts)), digest: undefined }
  const warning = await publishCheckRun(client, { ...at, ...content, conclusion })
  return warning === undefined ? [] : [warning]
}

/** The hidden plan stands behind the shown one, or, where that leaves too little room, in the summary. */
async function contentOf(
  io: Io,
  plan: Plan,
  owners: readonly string[],
  facts: ReportFacts,
): Promise<Pick<CheckRunRequest, 'title' | 'summary' | 'text'>> {
  const title = io.cleaned(lastLine(plan, countChanges(plan.changes), 'plan', false))
  const summary = checkSummary(plan)
  const packed = facts.audience === 'full' ? await packPlan(plan, io.cleaned) : undefined
  const isBeside = packed !== undefined && REPORT_BYTES - packed.length >= SHOWN_BYTES
  const room = isBeside ? REPORT_BYTES - packed.length : REPORT_BYTES
  const shown = io.cleaned(renderPlans(plan, owners, { ...facts, digest: 'whole' }, room, io.cleaned))
  if (packed === undefined) return { title, summary, text: shown }
  return isBeside
    ? { title, summary, text: `${shown}\n${packed}` }
    : { title, summary: `${summary}\n\n${packed}`, text: shown }
}

/**
 * `action_required` where a guard refuses, or a setting is held back that the base commit's configuration would not
 * hold back: merged as it is, GitHub would still differ from the YAML.
 */
function conclusionOf(plan: Plan, base: Plan | undefined): CheckRunRequest['conclusion'] {
  if (hasErrors(plan) || !plan.complete) return 'failure'
  if (plan.tripped.length > 0) return 'action_required'
  return newlyHeldBack(plan.held_back, base?.held_back).length > 0 ? 'action_required' : 'success'
}

/** The digest and, where a guard trips, the lines that approve the plan. Holds no name, since check runs can be public. */
function checkSummary(plan: Plan): string {
  const guards = plan.tripped.map(({ guard, flag }) => `\`${guard}\` (\`${flag}\`)`).join(', ')
  const [row] = viewApprove(plan)
  return [
    ...(guards === '' ? [] : [`Refused by apply: ${guards}.`]),
    ...(row ? [row.text, fenced(row.lines ?? [], 'text')] : []),
    `Digest: \`${plan.digest}\``,
  ].join('\n\n')
}
