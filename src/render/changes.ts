import { formatSource } from '../core/diagnostic.ts'
import type { Change } from '../core/plan.ts'
import { type AccessPart, accessContent, accessOf, viewAccess } from './access.ts'
import { type FieldView, onlyPutsAgain, viewFields } from './fields.ts'
import { type Folded, fold } from './fold.ts'
import { groupBy } from './group-by.ts'
import type { AccessView, ChangeRow, ChangeSymbol, SectionName } from './row.ts'
import { SYMBOLS } from './symbols.ts'

type ChangeSection = Extract<
  SectionName,
  'gains' | 'gains_matched' | 'gains_beside' | 'wider' | 'overwrites' | 'taken_away' | 'others'
>

const ACCESS_IN: { readonly [S in ChangeSection]?: AccessPart } = {
  gains: 'named',
  gains_matched: 'matched',
  taken_away: 'loses',
}

/** A change with its fields as a row shows them. */
interface Viewed {
  readonly address: string
  readonly change: Change
  readonly symbol: ChangeSymbol
  readonly fields: readonly FieldView[]
}

/** The rows of each section. A change has its fields in the first section that it belongs to, and is named in the others. */
export function viewChanges(changes: readonly Change[]): ReadonlyMap<ChangeSection, readonly ChangeRow[]> {
  const placed: { section: ChangeSection; row: ChangeRow }[] = []
  for (const folded of fold(changes.map(viewChange), contentOf)) {
    const full = fullRow(folded)
    const [first, ...later] = sectionsOf(folded.items[0].change)
    placed.push({ section: first, row: rowIn(first, folded, full) })
    for (const section of later) placed.push({ section, row: rowIn(section, folded, briefly(full)) })
  }
  const rows = new Map<ChangeSection, readonly ChangeRow[]>()
  for (const [section, found] of groupBy(placed, (place) => place.section)) {
    rows.set(section, publicFirst(found.map(({ row }) => row)))
  }
  return rows
}

function viewChange(change: Change): Viewed {
  const fields = viewFields(change)
  return { address: change.address, change, symbol: symbolOf(change, fields), fields }
}

/** The sign of a change. */
export function symbolOf(change: Change, fields: readonly FieldView[] = viewFields(change)): ChangeSymbol {
  return onlyPutsAgain(change, fields) ? '!' : SYMBOLS[change.action]
}

/** All that a row prints beside the address and the place in the YAML. */
function contentOf({ change, symbol, fields }: Viewed): string {
  const { widens, reason, consequences, notes } = change
  return JSON.stringify([symbol, fields, accessContent(change), widens, reason, consequences, notes])
}

/** The sections of a change, the most urgent first. */
export function sectionsOf(change: Change): readonly [ChangeSection, ...ChangeSection[]] {
  const sections: ChangeSection[] = []
  if (accessOf(change, 'named').length > 0) sections.push('gains')
  if (accessOf(change, 'matched').length > 0) sections.push('gains_matched')
  if (change.consequences.some(({ widens }) => widens)) sections.push('gains_beside')
  if (change.action === 'update' && change.widens.length > 0 && change.access.gains.length === 0) sections.push('wider')
  if (change.action === 'update' && change.value !== null) sections.push('overwrites')
  if (change.action === 'delete' || change.access.loses.length > 0) sections.push('taken_away')
  const [first, ...later] = sections
  return first === undefined ? ['others'] : [first, ...later]
}

function rowIn(section: ChangeSection, { items }: Folded<Viewed>, row: ChangeRow): ChangeRow {
  const [{ change }, ...rest] = items
  const part = ACCESS_IN[section]
  const access = part ? viewAccess([change, ...rest.map((item) => item.change)], part) : null
  if (section !== 'gains_beside') return { ...row, access }
  const widening = change.consequences.filter(({ widens }) => widens).map(({ message }) => message)
  const opens = change.consequences
    .filter(({ widens, opens }) => widens && opens === true)
    .map(({ message }) => message)
  return { ...row, access, consequences: [...widening, ...row.consequences], opens }
}

function fullRow({ subject, items }: Folded<Viewed>): ChangeRow {
  const [{ change, symbol, fields }] = items
  const sources = groupBy(items, (item) => (item.change.source ? formatSource(item.change.source) : undefined))
  const [source] = sources.keys()
  const place = items.find((item) => item.change.source)?.change.source
  return {
    kind: 'change',
    symbol,
    subject,
    addresses: items.map(({ address }) => address),
    detail: 'full',
    fields,
    access: null,
    consequences: change.consequences.filter(({ widens }) => !widens).map(({ message }) => message),
    opens: [],
    notes: change.notes,
    reason: change.reason,
    source: source === undefined || !place ? null : { first: source, place, others: sources.size - 1 },
  }
}

function briefly(row: ChangeRow): ChangeRow {
  return { ...row, detail: 'brief', fields: [], consequences: [], notes: [], reason: '', source: null }
}

function publicFirst(rows: readonly ChangeRow[]): ChangeRow[] {
  const opens = ({ access }: ChangeRow): number => (countPublic(access) > 0 && access?.direction === 'gains' ? 0 : 1)
  return [...rows].sort((left, right) => opens(left) - opens(right))
}

/** How many of the repositories are public. */
export function countPublic(access: AccessView | null): number {
  return access?.repositories.filter(({ visibility }) => visibility === 'public').length ?? 0
}
