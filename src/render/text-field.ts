import type { FieldView } from './fields.ts'
import { type Span, span } from './paint.ts'
import { shorten } from './shorten.ts'
import type { Shown } from './value.ts'
import type { Wording } from './wording.ts'

type Of<K extends FieldView['kind']> = Extract<FieldView, { kind: K }>

/**
 * A field of a change as text: its new value, or, of drift, its present and its right value.
 * @param names so many members of a list are named; ten by default
 */
export function fieldSpans(field: FieldView, wording: Wording, names?: number): readonly Span[] {
  const wider = field.wider ? [span(' (wider)', 'strong')] : []
  return [span(`${field.path}: `), ...valueSpans(field, wording, names), ...wider]
}

function valueSpans(field: FieldView, wording: Wording, names?: number): readonly Span[] {
  switch (field.kind) {
    case 'whole':
      return [span(`${wholeText(field, wording)}${words(field.value, names)}`)]
    case 'put':
      return [span(`${words(field.value, names)}, ${putText(field, wording)}`)]
    case 'changed':
      return changedSpans(field, wording, names)
    case 'members':
      return membersSpans(field, wording, names)
  }
}

function wholeText({ side }: Of<'whole'>, wording: Wording): string {
  if (wording === 'plan') return ''
  return side === 'before' ? 'is ' : 'should be '
}

/** The words for a secret's value that is sent without being compared. */
export function putText({ why }: Of<'put'>, wording: Wording): string {
  if (why === 'with') return 'put with this change'
  return wording === 'plan' ? 'will be re-sent' : 'should be re-sent'
}

function changedSpans({ before, after, hidden }: Of<'changed'>, wording: Wording, names?: number): readonly Span[] {
  const had = before === null ? (hidden ? '(not shown)' : '(not set)') : words(before, names)
  const has = after === null ? '(not set)' : words(after, names)
  return [span(wording === 'plan' ? `${had} → ${has}` : `is ${had}, should be ${has}`)]
}

function membersSpans({ added, removed, unchanged }: Of<'members'>, wording: Wording, names?: number): readonly Span[] {
  const [plus, minus, same] =
    wording === 'plan' ? ['+ ', '- ', 'unchanged'] : ['lacks ', 'should not have ', 'as wanted']
  const spans: Span[] = []
  if (added.length > 0) spans.push(span(`${plus}${shorten(added, names)}`, 'add'))
  if (added.length > 0 && removed.length > 0) spans.push(span('  '))
  if (removed.length > 0) spans.push(span(`${minus}${shorten(removed, names)}`, 'delete'))
  if (unchanged > 0) spans.push(span(`  (${unchanged} ${same})`, 'dim'))
  return spans
}

function words(value: Shown, names?: number): string {
  if (typeof value === 'string') return value
  return value.length === 0 ? '[]' : shorten(value, names)
}
