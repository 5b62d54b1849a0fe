import { effectiveAccess } from '../core/effective-access.ts'
import { isWholePlan, type Plan } from '../core/plan.ts'
import { planOfOwner } from '../core/plan-of-owner.ts'
import { ANYWAY, accessForms, GAINS, LOSES } from './access-forms.ts'
import { changeParts, countedParts, widens } from './comment-changes.ts'
import { viewCounts } from './counts.ts'
import { failedForms } from './failed-run.ts'
import { type Form, type Forms, fitForms } from './fit.ts'
import { fitNames } from './fit-names.ts'
import { factsBlock } from './markdown.ts'
import { code } from './markdown-text.ts'
import { formatMarker } from './marker.ts'
import { REPORT_BYTES, type ReportFacts } from './report-facts.ts'
import {
  governsForms,
  hiddenNames,
  leftOutOf,
  lostForms,
  noteForms,
  noticeOf,
  originLine,
  problemForms,
} from './report-parts.ts'
import { count } from './row.ts'
import { type PlanView, viewPlan } from './view.ts'

type PartName =
  | 'governs'
  | 'lost'
  | 'failed'
  | 'problems'
  | 'widened'
  | 'overwritten'
  | 'deletions'
  | 'gains'
  | 'anyway'
  | 'loses'
  | 'others'
  | 'warnings'
  | 'notes'
  | 'left'

/** The least important first; a part is here once for each form that it may shrink to. */
const SHED: readonly PartName[] = [
  'left',
  'lost',
  'notes',
  'others',
  'warnings',
  ...repeated(4, ['others']),
  ...repeated(6, ['loses', 'anyway']),
  ...repeated(2, ['overwritten']),
  'widened',
  'deletions',
  'problems',
  ...repeated(3, ['gains']),
  'governs',
  ...repeated(3, ['gains']),
  'problems',
  'failed',
]

function repeated(times: number, names: readonly PartName[]): readonly PartName[] {
  return Array.from({ length: times }, () => names).flat()
}

/**
 * The comment on a pull request with the changes of its configuration for one owner: gained access and deletions are
 * open, by name; the rest unfolds. Parts that do not fit are left out, the least important first, and the comment names
 * them; a notice about an urgent part that did not fit stands on top.
 * @param limit in bytes
 */
export function renderComment(plan: Plan, owner: string, facts: ReportFacts, limit: number = REPORT_BYTES): string {
  const own = planOfOwner(plan, owner)
  const access = effectiveAccess(own, facts.base && planOfOwner(facts.base, owner))
  const view = facts.audience === 'full' ? viewPlan(own, 'plan') : viewCounts(own, 'plan')
  const changes = facts.audience === 'full' ? changeParts(own.changes, view, owner) : countedParts(view)
  const parts: Readonly<Record<PartName, Forms>> = {
    governs: governsForms(plan, facts),
    lost: lostForms(own, facts),
    failed: failedForms(own, facts),
    // The failures of the plan are on top, each with its place.
    problems: problemForms(facts.failed && facts.audience === 'full' ? withoutFailures(view) : view),
    ...changes.forms,
    gains: accessForms(access, GAINS, facts.audience),
    anyway: accessForms(access, ANYWAY, facts.audience),
    loses: accessForms(access, LOSES, facts.audience),
    warnings: noteForms(view, ['warnings'], 'warnings'),
    notes: noteForms(view, ['values_needed', 'secrets'], 'which values apply needs, and which were not compared'),
    left: noteForms(view, ['archived', 'left_alone', 'left_out'], 'what is left alone'),
  }
  const input = { own, owner, view, facts, banner: bannerOf(own, facts) }
  const write = (chosen: Readonly<Record<PartName, Form>>): string => writeComment(chosen, input)
  const chosen = fitForms(parts, SHED, write, limit)
  return write(fitNames(chosen, changes.named, write, limit))
}

/** The parts of a comment that are never left out. */
interface CommentInput {
  readonly own: Plan
  readonly owner: string
  readonly view: PlanView
  readonly facts: ReportFacts
  readonly banner: string
}

function writeComment(
  chosen: Readonly<Record<PartName, Form>>,
  { own, owner, view, facts, banner }: CommentInput,
): string {
  const { host, digest } = own
  const { configuration, commit } = facts
  const {
    governs,
    lost,
    failed,
    problems,
    widened,
    overwritten,
    deletions,
    gains,
    anyway,
    loses,
    others,
    warnings,
    notes,
    left,
  } = chosen
  const blocks = [
    formatMarker({ kind: 'plan', host, owner, configuration, commit, digest }),
    ...noticeOf(chosen, facts),
    governs.text,
    lost.text,
    `## octoform plan for ${code(owner)}`,
    failed.text,
    banner,
    ...[problems, widened, overwritten, deletions, gains, anyway, loses, others, warnings, notes, left].map(
      ({ text }) => text,
    ),
    ...factsBlock({ facts: [], alarms: view.alarms }),
    ...leftOutOf(chosen, facts),
    ...hiddenNames(facts),
    originLine(digest, facts),
    view.last,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function withoutFailures(view: PlanView): PlanView {
  return { ...view, sections: view.sections.filter(({ name }) => name !== 'errors' && name !== 'not_read') }
}

/** The banner with its numbers; empty where nothing could be planned: no deletions would prove nothing there. */
function bannerOf(own: Plan, { failed }: ReportFacts): string {
  return failed && own.changes.length === 0 ? '' : `**${bannerText(own)}**`
}

/** The numbers that a reviewer needs first. */
function bannerText(plan: Pick<Plan, 'changes' | 'complete' | 'diagnostics'>): string {
  const { changes } = plan
  const deletions = changes.filter(({ action }) => action === 'delete').length
  const widening = changes.filter(widens)
  const opened = widening.filter(({ access }) => access.gains.some(({ visibility }) => visibility === 'public')).length
  const publicly = opened > 0 ? `, ${opened} of them to public repositories` : ''
  const wider = count(widening.length, 'change gives wider access', 'changes give wider access')
  if (deletions === 0 && widening.length === 0) {
    const nothing = 'othing is deleted, and nothing becomes wider.'
    return isWholePlan(plan) ? `N${nothing}` : `Of what could be compared n${nothing}`
  }
  return `${count(deletions, 'deletion')}. ${wider}${publicly}.`
}
