import type { FieldView } from './fields.ts'
import { printable, withoutCommand } from './printable.ts'
import type { ChangeRow } from './row.ts'
import { shorten } from './shorten.ts'
import { putText } from './text-field.ts'
import type { Shown } from './value.ts'
import { wrap } from './wrap.ts'

/** How many names of a folded row, and of members of a list, are written out. */
export interface DiffNames {
  readonly subjects: number
  readonly members: number
}

/**
 * A change field by field, as a diff whose lines each begin with their sign, so that they are coloured: what goes and what
 * comes on lines of their own, below the address with the line of the YAML.
 */
export function diffLines(row: ChangeRow, { subjects, members }: DiffNames): readonly string[] {
  const { subject, source, reason, fields, consequences, notes } = row
  const others = source && source.others > 0 ? ` and ${source.others} more` : ''
  const origin = [...(source ? [`${source.first}${others}`] : []), reason].filter((part) => part !== '').join(', ')
  return [
    `@@ ${subject.text} @@${origin === '' ? '' : ` ${origin}`}`,
    ...(subject.names.length === 0 ? [] : [`  in: ${shorten(subject.names, subjects)}`]),
    ...fields.flatMap((field) => fieldLines(field, members)),
    ...(fields.length === 0 && row.symbol !== '~' ? [`${row.symbol} ${subject.text}`] : []),
    ...consequences.map((consequence) => `  also: ${consequence}`),
    ...notes.map((note) => `  note: ${note}`),
  ].flatMap(signedLines)
}

function fieldLines(field: FieldView, members: number): readonly string[] {
  const { path } = field
  const wider = field.wider ? ' (wider)' : ''
  switch (field.kind) {
    case 'whole':
      return [`${field.side === 'before' ? '-' : '+'} ${path}: ${words(field.value, members)}`]
    case 'put':
      return [`! ${path}: ${words(field.value, members)}, ${putText(field, 'plan')}`]
    case 'changed': {
      const had = field.before === null ? (field.hidden ? '(not shown)' : '(not set)') : words(field.before, members)
      const has = field.after === null ? '(not set)' : words(field.after, members)
      return [`- ${path}: ${had}`, `+ ${path}: ${has}${wider}`]
    }
    case 'members': {
      const { added, removed, unchanged } = field
      return [
        ...(removed.length > 0 ? [`- ${path}: ${shorten(removed, members)}`] : []),
        ...(added.length > 0 ? [`+ ${path}: ${shorten(added, members)}${wider}`] : []),
        ...(unchanged > 0 ? [`  ${path}: ${unchanged} unchanged`] : []),
      ]
    }
  }
}

/** A long line in several, each with the sign of the first. */
function signedLines(line: string): readonly string[] {
  const sign = line.slice(0, 2) === '@@' ? '  ' : line.slice(0, 2)
  return wrap(printable(line), `${sign}    `).map(withoutCommand)
}

function words(value: Shown, members: number): string {
  if (typeof value === 'string') return value
  return value.length === 0 ? '[]' : shorten(value, members)
}
