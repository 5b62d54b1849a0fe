import type { Line } from './paint.ts'
import { printable, withoutCommand } from './printable.ts'
import { type ChangeRow, type NoteRow, noteText, type Row } from './row.ts'
import { accessText, originText } from './row-text.ts'
import { shorten } from './shorten.ts'
import { fieldSpans } from './text-field.ts'
import type { Wording } from './wording.ts'
import { wrap } from './wrap.ts'

/** How many names are written out. */
export interface Names {
  /** The addresses shown of a folded row or of a note. */
  readonly subjects: number
  /** Of the members of a list, and of repositories that gain or lose access. */
  readonly members: number
}

export const ALL_NAMES: Names = { subjects: Number.POSITIVE_INFINITY, members: Number.POSITIVE_INFINITY }

/** A row as lines of a code block; the sign of a change comes first, as in a diff. */
export function rowLines(row: Row, wording: Wording, names: Names): readonly string[] {
  const lines = row.kind === 'change' ? changeLines(row, wording, names) : noteLines(row, names)
  // Breaking a line may bring the form of a command to the start of one.
  const wrapped = lines.flatMap((line) => wrap(printable(line), '        ').map(withoutCommand))
  const exact = row.kind === 'note' ? (row.lines ?? []) : []
  return [...wrapped, ...exact.map((line) => withoutCommand(printable(line)))]
}

function noteLines(row: NoteRow, { subjects }: Names): readonly string[] {
  return [noteText(row, subjects), ...(row.hint === null ? [] : [`    ${row.hint}`])]
}

function changeLines(row: ChangeRow, wording: Wording, { subjects, members }: Names): readonly string[] {
  const fields = row.fields.map((field) => textOf(fieldSpans(field, wording, members)))
  const [only] = fields
  const inline = only !== undefined && fields.length === 1 ? `  ${only}` : ''
  const about = row.subject.names.length === 0 ? [] : [`in: ${shorten(row.subject.names, subjects)}`]
  return [
    `${diffSign(row)} ${row.subject.text}${inline}${originText(row)}`,
    ...[
      ...about,
      ...(inline === '' ? fields : []),
      ...(row.access ? [accessText(row.access, wording, members)] : []),
      ...row.consequences.map((consequence) => `also: ${consequence}`),
      ...row.notes.map((note) => `note: ${note}`),
    ].map((text) => `    ${text}`),
  ]
}

/** A diff has no sign for an update: `!` is coloured as one. */
export function diffSign({ symbol }: Pick<ChangeRow, 'symbol'>): '+' | '-' | '!' {
  return symbol === '~' ? '!' : symbol
}

function textOf(line: Line): string {
  return line.map(({ text }) => text).join('')
}
