import { countPublic } from './changes.ts'
import { type Line, paintLines, span, type TextStyle, type Tone } from './paint.ts'
import { type AccessView, type ChangeRow, count, type NoteRow, type Section, type SectionName } from './row.ts'
import { shorten } from './shorten.ts'
import { FOLDED_NAMES, SYMBOL_TONES } from './symbols.ts'
import { fieldSpans } from './text-field.ts'
import { formatName } from './value.ts'
import type { PlanView, Wording } from './view.ts'

const TITLE_TONES: { readonly [S in SectionName]?: Tone } = { errors: 'error', not_read: 'error', refused: 'error' }

/** A plan for a terminal or a log. Long lists are shortened with a count; the last line is the one to look for. */
export function renderText(view: PlanView, style: TextStyle): string {
  const lines: Line[] = []
  for (const section of view.sections) {
    const title = span(section.title, TITLE_TONES[section.name] ?? 'strong')
    lines.push([title], ...sectionLines(section, view.wording), [])
  }
  for (const fact of view.facts) lines.push([span(fact, 'dim')])
  for (const alarm of view.alarms) lines.push([span(alarm, 'error')])
  lines.push([span(view.last, 'strong')])
  return paintLines(lines, style)
}

function sectionLines(section: Section, wording: Wording): readonly Line[] {
  return section.rows.flatMap((row) => (row.kind === 'change' ? changeLines(row, wording) : noteLines(row)))
}

function noteLines(row: NoteRow): readonly Line[] {
  const names = row.names.length === 0 ? '' : ` (${shorten(row.names)})`
  const line = [span(`  ${row.text}${names}`)]
  return row.hint === null ? [line] : [line, [span(`      ${row.hint}`, 'strong')]]
}

function changeLines(row: ChangeRow, wording: Wording): readonly Line[] {
  const fields = row.fields.map((field) => fieldSpans(field, wording))
  const [only] = fields
  const inline = only && fields.length === 1 ? only : undefined
  const lines: Line[] = [headLine(row, inline)]
  if (!inline) for (const field of fields) lines.push([span('      '), ...field])
  if (row.access) lines.push([span(`      ${accessWords(row.access, wording)}`)])
  for (const consequence of row.consequences) lines.push([span(`      also: ${consequence}`)])
  for (const text of row.notes) lines.push([span(`      note: ${text}`)])
  return lines
}

function headLine(row: ChangeRow, field: Line | undefined): Line {
  const { names } = row.subject
  return [
    span('  '),
    span(row.symbol, SYMBOL_TONES[row.symbol]),
    span(` ${row.subject.text}`),
    ...(field ? [span('  '), ...field] : []),
    ...(names.length > 0 ? [span(`   (${shorten(names, FOLDED_NAMES)})`)] : []),
    span(originWords(row), 'dim'),
  ]
}

function originWords(row: ChangeRow): string {
  if (row.detail === 'brief') return '  # see above'
  const others = row.source && row.source.others > 0 ? ` and ${count(row.source.others, 'other place')}` : ''
  const parts = [row.reason, row.source ? `${row.source.first}${others}` : ''].filter((part) => part !== '')
  return parts.length === 0 ? '' : `  # ${parts.join(', ')}`
}

function accessWords(access: AccessView, wording: Wording): string {
  const { repositories, direction } = access
  const verb = ACCESS_WORDS[wording][direction]
  const opened = countPublic(access)
  if (access.of === 'itself' && repositories.length === 1) {
    return `${verb} the repository itself${opened > 0 ? ', which is public' : ''}`
  }
  const names = repositories.map(({ repository, visibility }) => {
    return `${formatName(repository)}${visibility === 'public' ? ' (public)' : ''}`
  })
  const publicly = opened > 0 && repositories.length > 1 ? `, ${opened} of them public` : ''
  return `${verb} ${count(repositories.length, 'repository', 'repositories')}${publicly}: ${shorten(names)}`
}

const ACCESS_WORDS = {
  plan: { gains: 'access for', loses: 'no more access for' },
  drift: { gains: 'should give access to', loses: 'should give no access to' },
} as const
