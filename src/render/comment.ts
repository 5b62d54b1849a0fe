import { effectiveAccess } from '../core/effective-access.ts'
import type { Plan } from '../core/plan.ts'
import { planOfOwner } from '../core/plan-of-owner.ts'
import { ANYWAY, accessForms, GAINS, LOSES } from './access-forms.ts'
import { alertForms } from './comment-alert.ts'
import { changeParts } from './comment-changes.ts'
import { foldedParts } from './comment-folds.ts'
import { headlineOf } from './comment-headline.ts'
import { changeTable } from './comment-table.ts'
import { viewCounts } from './counts.ts'
import { failedForms } from './failed-run.ts'
import { type Form, type Forms, fitForms, whole } from './fit.ts'
import { fitNames } from './fit-names.ts'
import { details } from './markdown-text.ts'
import { formatMarker } from './marker.ts'
import { REPORT_BYTES, type ReportFacts } from './report-facts.ts'
import { footer, hiddenNames, leftOutOf, noticeOf } from './report-parts.ts'
import { count } from './row.ts'
import { viewPlan } from './view.ts'

const PARTS = [
  'failed',
  'alert',
  'table',
  'widened',
  'overwritten',
  'deletions',
  'others',
  'gains',
  'anyway',
  'loses',
  'rules',
  'lost',
  'problems',
  'warnings',
  'notes',
  'left',
] as const

type PartName = (typeof PARTS)[number]

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
  'rules',
  ...repeated(3, ['gains']),
  'alert',
  'failed',
]

function repeated(times: number, names: readonly PartName[]): readonly PartName[] {
  return Array.from({ length: times }, () => names).flat()
}

/** Takes out what must not be shown, before names are broken into pieces in which it would not be found. */
type Clean = <T>(value: T) => T

const AS_IT_IS: Clean = (value) => value

/**
 * The comment on a pull request with the changes of its configuration for one owner. Open are the result in one line, an
 * alert, and a table with a row for each change, the worst first; all fields and names unfold. Parts that do not fit are
 * left out, the least important first, and the comment names them; a notice that an urgent part did not fit stands on top.
 * Without changes and anything to say it is one line.
 * @param limit in bytes
 */
export function renderComment(
  plan: Plan,
  owner: string,
  facts: ReportFacts,
  limit: number = REPORT_BYTES,
  clean: Clean = AS_IT_IS,
): string {
  const { host, digest } = plan
  const { configuration, commit } = facts
  const marker = formatMarker({ kind: 'plan', host, owner, configuration, commit, digest })
  const room = limit - Buffer.byteLength(marker) - 2
  return `${marker}\n\n${renderOwnerPlan(plan, owner, facts, { limit: room, folds: 'folded', clean })}`
}

/**
 * The same of several owners, one below the other, for the check run: without the hidden line that finds a comment again,
 * and with the changes and names unfolded.
 */
export function renderPlans(
  plan: Plan,
  owners: readonly string[],
  facts: ReportFacts,
  limit: number,
  clean: Clean = AS_IT_IS,
): string {
  const style = { limit: Math.floor(limit / Math.max(1, owners.length)), folds: 'unfolded', clean } as const
  return owners.map((owner) => renderOwnerPlan(plan, owner, facts, style)).join('\n')
}

interface Style {
  /** In bytes. */
  readonly limit: number
  readonly folds: 'folded' | 'unfolded'
  readonly clean: Clean
}

function renderOwnerPlan(plan: Plan, owner: string, facts: ReportFacts, { limit, folds, clean }: Style): string {
  const own = clean(planOfOwner(plan, owner))
  const base = facts.base && clean(planOfOwner(facts.base, owner))
  const isFull = facts.audience === 'full'
  const view = isFull ? viewPlan(own, 'plan') : viewCounts(own, 'plan')
  const access = effectiveAccess(own, base)
  const changes = isFull ? changeParts(own.changes, owner) : undefined
  const none: Forms = [whole('')]
  const parts: Readonly<Record<PartName, Forms>> = {
    failed: failedForms(own, facts),
    alert: alertForms(own, view, facts),
    table: [whole(changeTable(own, facts, base))],
    ...(changes?.forms ?? { widened: none, overwritten: none, deletions: none, others: none }),
    gains: accessForms(access, GAINS, facts.audience),
    anyway: accessForms(access, ANYWAY, facts.audience),
    loses: accessForms(access, LOSES, facts.audience),
    ...foldedParts(own, view, facts),
  }
  const write = (chosen: Readonly<Record<PartName, Form>>): string => {
    const joined = (...names: readonly PartName[]): string => blocks(names.map((name) => chosen[name].text))
    const folded = (summary: string, text: string): string => (text === '' ? '' : details(summary, text, folds))
    const isQuiet = own.changes.length === 0 && PARTS.every((name) => name === 'left' || parts[name][0].text === '')
    if (isQuiet) return `**${headlineOf(own, owner)}** · ${footer(own.digest, facts)}\n`
    return `${blocks([
      `### ${headlineOf(own, owner)}`,
      ...noticeOf(chosen, facts),
      joined('failed', 'alert', 'table'),
      folded(
        `Every change, field by field (${count(own.changes.length, 'change')})`,
        joined('widened', 'overwritten', 'deletions', 'others'),
      ),
      folded('All names: who gains, and who loses', joined('gains', 'anyway', 'loses')),
      folded(restTitle(parts), joined('rules', 'lost', 'problems', 'warnings', 'notes', 'left')),
      ...leftOutOf(chosen, facts),
      ...hiddenNames(facts),
      footer(own.digest, facts),
    ])}\n`
  }
  return write(fitNames(fitForms(parts, SHED, write, limit), changes?.named, write, limit))
}

/** Whether the plan of an owner changes nothing, and a reader has nothing to know before all else. */
export function isQuietPlan(plan: Plan, owner: string, facts: ReportFacts): boolean {
  const own = planOfOwner(plan, owner)
  const base = facts.base && planOfOwner(facts.base, owner)
  const [{ text }] = alertForms(own, viewPlan(own, 'plan'), facts)
  return facts.failed === undefined && text === '' && changeTable(own, facts, base) === ''
}

/** The title of the last part that unfolds. */
function restTitle(parts: Readonly<Record<PartName, Forms>>): string {
  const has = (name: PartName): boolean => parts[name][0].text !== ''
  const words = [
    ...(has('rules') || has('lost') || has('problems') ? ['what is shortened above'] : []),
    ...(has('warnings') ? ['warnings'] : []),
    ...(has('notes') ? ['values needed'] : []),
    ...(has('left') ? ['left alone'] : []),
  ].join(', ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function blocks(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n')
}
