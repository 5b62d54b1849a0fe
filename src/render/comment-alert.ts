import type { Plan } from '../core/plan.ts'
import { isTampered } from '../core/plan-ledger.ts'
import { breakable, fewNames, openRepositories } from './cell-text.ts'
import { type Forms, lacking, whole } from './fit.ts'
import { lostText, STAYS } from './lost.ts'
import { clip, details, fenced, fencedLine } from './markdown-text.ts'
import { incompleteText } from './problems.ts'
import type { ReportFacts } from './report-facts.ts'
import { count, type NoteRow, noteText, type Section, type SectionName } from './row.ts'
import { severitiesOf } from './severity.ts'
import type { PlanView } from './view.ts'

/** Enough of each kind to recognize it; the others are unfolded below. */
export const FEW = 5

/** The sections of a plan that an alert is about. */
const PROBLEMS: readonly SectionName[] = ['refused', 'errors', 'not_read', 'ledger', 'held_back', 'approved']

/**
 * The facts that a reader must know before the table: changed rules, what opens to public repositories, what a guard refuses and the
 * lines that approve it, what could not be read, what is held back, what is no longer managed. At last by numbers alone;
 * empty where there is nothing to say.
 */
export function alertForms(own: Plan, view: PlanView, facts: ReportFacts): Forms {
  const before = [...governsItems(own, facts), ...opensItems(own)]
  const incomplete = incompleteText(own)
  const after = [...(incomplete === undefined ? [] : [`**${incomplete}**`]), ...lostItems(own, facts)]
  const inOrder = problemSections(view, facts)
  const items = [...before, ...inOrder.flatMap(sectionItems), ...after]
  if (items.length === 0) return [whole('')]
  const kind = isGrave(own) ? 'CAUTION' : 'WARNING'
  const write = (lines: readonly string[], more: string): string => {
    const text = [`[!${kind}]`, ...lines.map((item) => `- ${item}`), ...(more === '' ? [] : ['', more])].join('\n')
    return text.replaceAll(/^(?=.)/gm, '> ').replaceAll(/^$/gm, '>')
  }
  const approve = inOrder.flatMap(({ rows }) => rows.flatMap((row) => (row.kind === 'note' ? approvingLines(row) : [])))
  const numbers = inOrder.map(({ title, rows }) => `**${title}:** ${rows.length}`)
  return [
    whole(write(items, approve.join('\n\n'))),
    lacking(write([...before, ...numbers, ...after], ''), 'the problems themselves'),
  ]
}

/** The problems that a comment tells, the gravest first: a failed run says errors and what was not read above them. */
export function problemSections(view: PlanView, { failed, audience }: ReportFacts): readonly Section[] {
  const above: readonly SectionName[] = failed && audience === 'full' ? ['errors', 'not_read'] : []
  const own = view.sections.filter(({ name }) => PROBLEMS.includes(name) && !above.includes(name))
  return own.sort((left, right) => PROBLEMS.indexOf(left.name) - PROBLEMS.indexOf(right.name))
}

/** Whether something opens to public repositories, or the plan cannot be applied as it is. */
function isGrave(own: Plan): boolean {
  const opens = own.changes.some((change) => severitiesOf(change)[0] === 'opens_public')
  const isWrong = own.diagnostics.some(({ severity }) => severity === 'error')
  return opens || isWrong || !own.complete || own.tripped.length > 0 || isTampered(own.ledger)
}

function opensItems({ changes }: Plan): readonly string[] {
  const opening = changes.filter((change) => severitiesOf(change)[0] === 'opens_public')
  if (opening.length === 0) return []
  const opened = opening.flatMap(({ access }) => access.gains).filter(({ visibility }) => visibility === 'public')
  const each = [...new Map(opened.map((to) => [to.repository, to])).values()]
  const by = count(opening.length, 'change')
  if (each.length === 0) return [`**Opens to public repositories**, by ${by}`]
  const number = count(each.length, 'public repository', 'public repositories')
  return [`**Opens to ${number}**, by ${by}: ${openRepositories(each, FEW)}`]
}

function governsItems({ governs = [] }: Plan, { audience }: ReportFacts): readonly string[] {
  if (governs.length === 0) return []
  const title = '**Changes the rules that guard the configuration itself, or what it reaches:**'
  const number = count(governs.length, 'difference')
  return [audience === 'counts' ? `${title} ${number}` : `${title} ${fewNames(governs.map(clip), FEW, 'alone')}`]
}

function lostItems({ no_longer_managed: lost = [] }: Plan, { audience }: ReportFacts): readonly string[] {
  if (lost.length === 0) return []
  const number = `**Stops managing ${count(lost.length, 'address', 'addresses')}**`
  const names = audience === 'counts' ? '' : `: ${fewNames(lost.map(lostText).map(clip), FEW, 'alone')}`
  return [`${number}${names}. ${STAYS}`]
}

function sectionItems({ name, title, rows }: Section): readonly string[] {
  const notes = rows.flatMap((row) => (row.kind === 'note' ? [row] : []))
  // The remedy of what is held back unfolds below. In a pull request lines are at hand to approve, a command line is not.
  const isApprovable = name === 'refused' && notes.some(({ lines }) => lines !== undefined)
  const items = notes.flatMap((row) => {
    if (row.lines !== undefined) return []
    const hint =
      row.hint === null || isApprovable || name === 'held_back' ? '' : ` — ${breakable(clip(row.hint), 'alone')}`
    return [`**${title}:** ${breakable(clip(shortText(row)), 'alone')}${hint}`]
  })
  const more = items.length - FEW
  return more > 0 ? [...items.slice(0, FEW), `**${title}:** ${more} more, below`] : items
}

/** A note with its name, where it has one; several unfold below. */
function shortText(row: NoteRow): string {
  return noteText(row.names.length > 1 ? { ...row, names: [] } : row)
}

/** Lines to copy, which are longer than a phone is wide. */
function approvingLines({ text, lines }: NoteRow): readonly string[] {
  if (lines === undefined) return []
  return [details('The lines that approve it', fenced([`# ${text}`, ...lines].map(fencedLine), 'text'))]
}
