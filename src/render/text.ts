import { type Line, paintLines, span, type TextStyle, type Tone } from './paint.ts'
import { type ChangeRow, type NoteRow, noteText, type Section, type SectionName } from './row.ts'
import { accessText, originText } from './row-text.ts'
import { shorten } from './shorten.ts'
import { FOLDED_NAMES, SYMBOL_TONES } from './symbols.ts'
import { fieldSpans } from './text-field.ts'
import type { PlanView } from './view.ts'
import type { Wording } from './wording.ts'

const TITLE_TONES: { readonly [S in SectionName]?: Tone } = {
  errors: 'error',
  not_read: 'error',
  held_back: 'error',
  refused: 'error',
}

/**
 * A plan for a terminal or a log. Long lists are shortened with a count, unless this is the only place with all names;
 * the last line states the result.
 */
export function renderText(view: PlanView, style: TextStyle, named: 'some names' | 'all names' = 'some names'): string {
  const names = named === 'all names' ? Number.POSITIVE_INFINITY : undefined
  const lines: Line[] = []
  for (const section of view.sections) {
    const title = span(section.title, TITLE_TONES[section.name] ?? 'strong')
    lines.push([title], ...sectionLines(section, view.wording, names), [])
  }
  for (const fact of view.facts) lines.push([span(fact, 'dim')])
  for (const alarm of view.alarms) lines.push([span(alarm, 'error')])
  lines.push([span(view.last, 'strong')])
  return paintLines(lines, style)
}

/** @param limit the number of names shown of each row; the usual number where it is left out */
function sectionLines(section: Section, wording: Wording, limit?: number): readonly Line[] {
  return section.rows.flatMap((row) =>
    row.kind === 'change' ? changeLines(row, wording, limit) : noteLines(row, limit),
  )
}

function noteLines(row: NoteRow, limit?: number): readonly Line[] {
  return [
    [span(`  ${noteText(row, limit)}`)],
    ...(row.hint === null ? [] : [[span(`      ${row.hint}`, 'strong')]]),
    ...(row.lines ?? []).map((text) => [span(text, 'strong')]),
  ]
}

function changeLines(row: ChangeRow, wording: Wording, limit?: number): readonly Line[] {
  const fields = row.fields.map((field) => fieldSpans(field, wording, limit))
  const [only] = fields
  const inline = only && fields.length === 1 ? only : undefined
  const lines: Line[] = [headLine(row, inline, limit)]
  if (!inline) for (const field of fields) lines.push([span('      '), ...field])
  if (row.access) lines.push([span(`      ${accessText(row.access, wording, limit)}`)])
  for (const consequence of row.consequences) lines.push([span(`      also: ${consequence}`)])
  for (const text of row.notes) lines.push([span(`      note: ${text}`)])
  return lines
}

function headLine(row: ChangeRow, field: Line | undefined, limit: number = FOLDED_NAMES): Line {
  const { names } = row.subject
  return [
    span('  '),
    span(row.symbol, SYMBOL_TONES[row.symbol]),
    span(` ${row.subject.text}`),
    ...(field ? [span('  '), ...field] : []),
    ...(names.length > 0 ? [span(`   (${shorten(names, limit)})`)] : []),
    span(originText(row), 'dim'),
  ]
}
