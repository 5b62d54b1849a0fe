import type { Failure } from '../core/failure.ts'
import type { Outcome } from '../core/outcome.ts'
import { countChanges, type Plan } from '../core/plan.ts'
import { viewCounts } from './counts.ts'
import { type Form, type Forms, fitForms, lacking, whole } from './fit.ts'
import { lastLine } from './last-line.ts'
import { clip, details, fenced, fencedLine } from './markdown-text.ts'
import { formatMarker } from './marker.ts'
import { appliedLine } from './outcome.ts'
import { outcomeForms } from './outcome-blocks.ts'
import { printable, withoutCommand } from './printable.ts'
import { REPORT_BYTES, type ReportFacts } from './report-facts.ts'
import { hiddenNames, leftOutOf, originLine, problemForms } from './report-parts.ts'
import { count } from './row.ts'
import { renderSummary } from './summary.ts'
import { viewPlan } from './view.ts'
import { wrap } from './wrap.ts'

/** Why an apply wrote nothing. */
export interface ApplyReason {
  readonly message: string
  /** The same without a name from the administered organization; left out where the message has none. */
  readonly brief?: string
  /** Set where the plan reports it too, in more detail: it is then listed with the plan's problems. */
  readonly shown?: 'by the plan'
  /** Whether it is a later commit's run that applies. */
  readonly overtaken?: boolean
}

/** How an apply ended. */
export interface ApplyEnding {
  readonly host: string
  /** Undefined where it ended before there was one. */
  readonly plan: Plan | undefined
  /** Undefined where nothing was to be written. */
  readonly outcome: Outcome | undefined
  /** Undefined where all is done. */
  readonly failure: Failure | undefined
  readonly reasons: readonly ApplyReason[]
}

/** The marker's owner in a comment about an apply, which is of all owners together; no login equals it. */
export const ALL_OWNERS = '*'

/**
 * The comment on a merged pull request about its apply: the result, the reason, and the next step; the changes one by
 * one where they fit.
 * @param limit in bytes
 */
export function renderApplyComment(ending: ApplyEnding, facts: ReportFacts, limit: number = REPORT_BYTES): string {
  const { host, plan } = ending
  const { configuration, commit } = facts
  const about = { kind: 'applied', host, owner: ALL_OWNERS, configuration, commit, digest: plan?.digest } as const
  const parts = { ...leadForms(ending, facts), problems: problemsOf(plan, facts) }
  const write = (chosen: Readonly<Record<keyof typeof parts, Form>>): string =>
    blocksText([
      formatMarker(about),
      '## octoform apply',
      ...statusBlocks(ending),
      chosen.reasons.text,
      chosen.outcome.text,
      chosen.problems.text,
      ...leftOutOf(chosen, facts),
      ...hiddenNames(facts),
      originLine(plan?.digest, facts),
    ])
  const order = ['outcome', 'problems', 'outcome', 'reasons', 'problems', 'outcome', 'reasons'] as const
  return write(fitForms(parts, order, write, limit))
}

/** The summary of the job that applied: the same, and the plan itself below it. */
export function renderApplySummary(ending: ApplyEnding, facts: ReportFacts): string {
  const { plan } = ending
  const heading = '## octoform apply'
  const { reasons, outcome } = leadForms(ending, facts)
  if (plan === undefined) {
    const origin = originLine(undefined, { ...facts, runUrl: undefined })
    return blocksText([heading, ...statusBlocks(ending), reasons[0].text, origin, lastLineOf(ending)])
  }
  const lead = { heading, status: statusBlocks(ending), reasons, outcome, last: lastLineOf(ending) }
  return renderSummary(plan, facts, 'plan', undefined, lead)
}

const SENTENCES: Readonly<Partial<Record<Failure, string>>> = {
  plan_changed: 'What was reviewed does not hold any more.',
  guard_refused: 'A guard refuses.',
  unread: 'Something could not be read.',
  rate_limit: "GitHub's limit on requests was not waited out.",
  value_missing: 'A value is missing.',
  event_refused: 'This run is none that applies.',
}

const NEXT: Readonly<Partial<Record<Failure, string>>> = {
  plan_changed:
    'Open a new pull request (an empty commit will do: `git commit --allow-empty`), have its plan reviewed, and merge it.',
  guard_refused:
    'If it is meant, open a pull request that adds the lines below under `approvals`; else one that takes the change back.',
  unread: 'Run the jobs again once all can be read. `--allow incomplete` applies what could be planned.',
  rate_limit: 'Run the jobs again later, or with a longer `--max-wait`.',
  value_missing: 'Give it to the job that applies, in its `env`, and run the jobs again.',
  held_back: 'What is held back is named below, with what would help; the next apply tries it again.',
  apply_failed: 'Once the cause is gone, run the jobs again: what is done is not done twice.',
}

const OVERTAKEN = {
  sentence: "A later commit's run applies.",
  next: 'Nothing is to be done here: what became of the later commit is reported where that one was merged.',
} as const

const DONE = 'GitHub is as the configuration says: nothing was left to do.'

/** One line with the result; other programs may look for it. */
export function applyStatus(ending: ApplyEnding): string {
  const { outcome, failure, plan } = ending
  if (outcome === undefined) {
    if (failure === undefined) return 'Nothing was to be done.'
    const sentence = isOvertaken(ending) ? OVERTAKEN.sentence : SENTENCES[failure]
    return ['Not applied:', `${failure}.`, sentence ?? ''].join(' ').trim()
  }
  if (outcome.changes.length === 0 && plan !== undefined)
    return lastLine(plan, countChanges(plan.changes), 'plan', false)
  return appliedLine(outcome)
}

function isOvertaken({ reasons }: ApplyEnding): boolean {
  return reasons.some(({ overtaken }) => overtaken)
}

function statusBlocks(ending: ApplyEnding): readonly string[] {
  const { outcome, failure } = ending
  const undone = outcome?.changes.filter(({ status }) => status !== 'applied').length ?? 0
  const partly = outcome && undone > 0 ? `${undone} of ${count(outcome.changes.length, 'change')} not done. ` : ''
  const nothing = outcome === undefined && failure !== undefined ? 'Nothing was written. ' : ''
  return [`**${partly}${applyStatus(ending)}**`, `${nothing}${nextOf(ending) ?? ''}`.trim()]
}

function nextOf(ending: ApplyEnding): string | undefined {
  const { outcome, failure } = ending
  if (failure === undefined) return outcome?.changes.length === 0 ? DONE : undefined
  return isOvertaken(ending) ? OVERTAKEN.next : NEXT[failure]
}

/** The last line, on its own. It is bold where nothing was applied, as it then holds no count. */
function lastLineOf(ending: ApplyEnding): string {
  const status = applyStatus(ending)
  return ending.outcome === undefined && ending.failure !== undefined ? `**${status}**` : status
}

function leadForms(
  { outcome, reasons }: ApplyEnding,
  { audience }: ReportFacts,
): { readonly reasons: Forms; readonly outcome: Forms } {
  return {
    reasons: reasonForms(
      reasons.filter(({ shown }) => shown === undefined),
      audience,
    ),
    outcome: outcome === undefined ? [whole('')] : outcomeForms(outcome, audience),
  }
}

function problemsOf(plan: Plan | undefined, { audience }: ReportFacts): Forms {
  if (plan === undefined) return [whole('')]
  return problemForms(audience === 'full' ? viewPlan(plan, 'plan') : viewCounts(plan, 'plan'))
}

/** The number of lines that show most of it. */
const FEW = 60

function reasonForms(reasons: readonly ApplyReason[], audience: ReportFacts['audience']): Forms {
  if (reasons.length === 0) return [whole('')]
  const words = (reason: ApplyReason): string =>
    audience === 'full' ? reason.message : (reason.brief ?? reason.message)
  // Equal brief words of several refusals are printed once.
  const lines = [...new Set(reasons.map(words))].flatMap((text) => text.trimEnd().split('\n'))
  const block = (shown: readonly string[]): string => `### Why\n\n${fenced(shown, 'text')}`
  const all = lines.flatMap((line) => wrap(printable(line), '          ').map(withoutCommand))
  const few = all.slice(0, FEW).map(clip)
  const briefly = [...new Set(reasons.map(({ brief, message }) => brief ?? message))].slice(0, FEW)
  return [
    whole(block(all)),
    lacking(block(few), 'some of the reasons'),
    lacking(details('Why', fenced(briefly.map(fencedLine).map(clip), 'text')), 'the reasons themselves'),
  ]
}

function blocksText(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
