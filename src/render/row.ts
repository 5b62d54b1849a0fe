import type { Source } from '../core/diagnostic.ts'
import type { AccessTo } from '../core/plan.ts'
import type { FieldView } from './fields.ts'
import type { Subject } from './fold.ts'
import { shorten } from './shorten.ts'

/** `+` create, `~` update, `-` delete, `!` a secret's value put again. */
export type ChangeSymbol = '+' | '~' | '-' | '!'

/** Access gained or lost. */
export interface AccessView {
  readonly direction: 'gains' | 'loses'
  /** `itself`: each repository only its own setting, so that the row's subject already names it. */
  readonly of: 'itself' | 'others'
  /** The address of one of its changes, whose level says whether repositories or organizations gain. */
  readonly address: string
  /** Public repositories first. */
  readonly repositories: readonly AccessTo[]
}

/** A change, or many with the same content, as one section shows it. */
export interface ChangeRow {
  readonly kind: 'change'
  readonly symbol: ChangeSymbol
  readonly subject: Subject
  /** The address of each of its changes, in order. */
  readonly addresses: readonly string[]
  /** `brief` where an earlier section has the fields. */
  readonly detail: 'full' | 'brief'
  readonly fields: readonly FieldView[]
  readonly access: AccessView | null
  readonly consequences: readonly string[]
  /** Those of the consequences by which something opens to public repositories. */
  readonly opens: readonly string[]
  readonly notes: readonly string[]
  readonly reason: string
  /** `file:line:col` of a place, and the number of other places with the same. */
  readonly source: { readonly first: string; readonly place: Source; readonly others: number } | null
}

/** A row of the plan that is not a change. */
export interface NoteRow {
  readonly kind: 'note'
  readonly text: string
  /** Its addresses, scopes or names, whole; a renderer may shorten them. */
  readonly names: readonly string[]
  /** The remedy. */
  readonly hint: string | null
  /** `list`: the names are the content of the row, behind a colon; else they are an aside. */
  readonly form?: 'list'
  /** The place in the YAML that the text begins with. */
  readonly source?: Source
  /** Lines to copy as they are, such as YAML. */
  readonly lines?: readonly string[]
}

export type Row = ChangeRow | NoteRow

export type SectionName =
  | 'governs'
  | 'no_longer_managed'
  | 'approved'
  | 'errors'
  | 'not_read'
  | 'ledger'
  | 'held_back'
  | 'refused'
  | 'warnings'
  | 'gains'
  | 'gains_matched'
  | 'gains_beside'
  | 'wider'
  | 'overwrites'
  | 'taken_away'
  | 'others'
  | 'values_needed'
  | 'secrets'
  | 'archived'
  | 'left_alone'
  | 'left_out'

/**
 * The sections that every report shows before the changes, in this order: rules that govern the run, problems, and
 * places that were not read.
 */
export const FOREMOST = [
  'governs',
  'no_longer_managed',
  'approved',
  'errors',
  'not_read',
  'ledger',
  'held_back',
  'refused',
] as const satisfies readonly SectionName[]

export interface Section {
  readonly name: SectionName
  readonly title: string
  readonly rows: readonly Row[]
}

/** A note with its names, of which at most `limit` are shown. */
export function noteText({ text, names, form }: NoteRow, limit?: number): string {
  if (names.length === 0) return text
  return form === 'list' ? `${text}: ${shorten(names, limit)}` : `${text} (${shorten(names, limit)})`
}

/** A row of words. */
export function note(text: string, names: readonly string[] = [], hint: string | null = null): NoteRow {
  return { kind: 'note', text, names, hint }
}

/** A count with its word: `1 member`, `3 members`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
