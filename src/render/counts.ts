import { parseAddress } from '../core/address.ts'
import { kindOfPlace } from '../core/kind-of-place.ts'
import { type AccessTo, type Change, countChanges, type Plan } from '../core/plan.ts'
import { ownerOf } from '../core/scope.ts'
import { type AccessPart, accessOf } from './access.ts'
import { sectionsOf } from './changes.ts'
import { countReached } from './count-reached.ts'
import { groupBy } from './group-by.ts'
import { pastGuard } from './past-guard.ts'
import { countApproved, viewApprove } from './problems.ts'
import { count, type NoteRow, note, type Section, type SectionName } from './row.ts'
import { textLengths } from './text-lengths.ts'
import { type PlanView, viewPlan } from './view.ts'
import type { Wording } from './wording.ts'

/** The access that each section counts. */
const ACCESS_IN: { readonly [S in SectionName]?: AccessPart } = {
  gains: 'named',
  gains_matched: 'matched',
  taken_away: 'loses',
}

/** Sections whose rows hold only names and messages, with the word for one of them. */
const COUNTED: { readonly [S in SectionName]?: string } = {
  governs: 'difference',
  errors: 'error',
  warnings: 'warning',
  values_needed: 'value',
  left_out: 'place',
}

/**
 * The view of a plan for people who may not see all of its names: counts by kind of scope and family, no address, no
 * value but the length of a variable's text, no message. Repositories are named where they are known to be public.
 */
export function viewCounts(plan: Plan, wording: Wording, refused = false): PlanView {
  const view = viewPlan(plan, wording, refused)
  const sections = view.sections.flatMap((section): Section[] => {
    // Its rows are made when they are read.
    if (section.name === 'left_alone') return []
    const rows = countedRows(section, plan)
    return rows.length === 0 ? [] : [{ ...section, rows }]
  })
  // Of the facts, the digest alone names nothing: flags hold globs.
  return {
    ...view,
    sections,
    allNames: () => sections,
    facts: plan.changes.length === 0 ? [] : [`Digest: ${plan.digest}`],
  }
}

function countedRows({ name, rows }: Section, plan: Plan): readonly NoteRow[] {
  const word = COUNTED[name]
  if (word !== undefined) return [note(count(rows.length, word))]
  if (name === 'not_read') return placeRows(plan.not_read)
  if (name === 'held_back') return [note(`${plan.held_back.length} held back`)]
  if (name === 'approved') return countApproved(plan)
  if (name === 'refused') return [...plan.tripped.map(viewTripped), ...viewApprove(plan)]
  const changes = plan.changes.filter((change) => sectionsOf(change).some((section) => section === name))
  if (changes.length > 0) return kindRows(changes, ACCESS_IN[name])
  return rows.flatMap((row) => (row.kind === 'note' ? [{ ...row, names: [] }] : []))
}

/** The places that could not be read, by kind of scope and family: the messages name both. */
export function placeRows(places: Plan['not_read']): readonly NoteRow[] {
  return [...groupBy(places, kindOfPlace)].map(([kind, same]) => note(`${kind}: ${count(same.length, 'place')}`))
}

function viewTripped({ guard, flag, addresses, elsewhere = 0 }: Plan['tripped'][number]): NoteRow {
  return note(`${guard}: ${count(addresses.length + elsewhere, 'address', 'addresses')}`, [], pastGuard(flag))
}

function kindRows(changes: readonly Change[], part: AccessPart | undefined): readonly NoteRow[] {
  const rows: NoteRow[] = []
  for (const [kind, same] of groupBy(changes, kindOf)) {
    const reached = part ? distinct(same, part) : []
    const opened = reached.filter(({ visibility }) => visibility === 'public').map(({ repository }) => repository)
    const whom = whomText(same[0].address, reached, opened.length, part)
    rows.push(note(`${kind}: ${doneText(same)}${whom}${textLengths(same)}`, opened))
  }
  return rows
}

/** The kind of scope and the family, such as `organization secrets`. */
export function kindOf({ address }: { readonly address: string }): string {
  const parsed = parseAddress(address)
  return parsed ? `${parsed.scope.type} ${parsed.family}` : 'other'
}

function doneText(changes: readonly Change[]): string {
  const counts = countChanges(changes)
  const words = [
    [counts.add, 'to add'],
    [counts.change, 'to change'],
    [counts.delete, 'to delete'],
  ] as const
  return words.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : [])).join(', ')
}

function whomText(address: string, reached: readonly AccessTo[], opened: number, part: AccessPart | undefined): string {
  if (reached.length === 0) return ''
  const verb = part === 'loses' ? 'no more access for' : 'access for'
  return `; ${verb} ${countReached(reached, address)}${opened > 0 ? `, ${opened} of them public` : ''}`
}

/** Each repository once, even where several changes reach it; public ones first. */
function distinct(changes: readonly Change[], part: AccessPart): readonly AccessTo[] {
  const found = new Map<string, AccessTo>()
  for (const change of changes) {
    const scope = parseAddress(change.address)?.scope
    const owner = scope ? ownerOf(scope) : ''
    for (const to of accessOf(change, part)) found.set(`${owner}/${to.repository}`, to)
  }
  return [...found.values()]
}
