import { type Line, type Span, span, type TextStyle, type Tone } from './paint.ts'
import { PROGRAMS } from './programs.ts'
import { type NoteRow, noteText, type Section, type SectionName } from './row.ts'
import { changeLines, type RowStyle } from './text-change.ts'
import { folding, painted, type TextPart, textOfParts, titled } from './text-part.ts'
import type { PlanView } from './view.ts'

const TITLE_TONES: { readonly [S in SectionName]?: Tone } = {
  errors: 'error',
  not_read: 'error',
  held_back: 'error',
  refused: 'error',
}

/**
 * How much of a plan is printed. `usual`: long lists are shortened with a count, and what is left alone is counted; `all
 * names`: neither; `end`: errors and the last line.
 */
export type TextDetail = 'usual' | 'all names' | 'end'

/** It is copied, and stays in one line. */
const COMMAND = new RegExp(`\\b(?:${PROGRAMS}) [a-z]`)

/** The sections of a plan that say why it cannot be applied, for those who want no more. */
const ERRORS: readonly SectionName[] = ['errors', 'not_read', 'refused']

/** Sections that a reader of a log opens on demand where they are long: nothing in them is urgent. */
const FOLDS: readonly SectionName[] = ['others', 'values_needed', 'secrets', 'archived', 'left_alone', 'left_out']

/** A plan for a terminal or a log; the last line states the result. */
export function renderText(view: PlanView, style: TextStyle, detail?: TextDetail): string {
  return textOfParts(textParts(view, style, detail))
}

/** The same in parts, for logs that can fold them. */
export function textParts(view: PlanView, style: TextStyle, detail: TextDetail = 'usual'): readonly TextPart[] {
  const limit = detail === 'all names' ? Number.POSITIVE_INFINITY : undefined
  const rows = { wording: view.wording, limit, width: style.width }
  const sections = sectionsIn(view, detail).map((section): TextPart => {
    const title = span(section.title, TITLE_TONES[section.name] ?? 'strong')
    const lines = sectionLines(section, rows)
    if (FOLDS.includes(section.name)) return folding(title, lines, style)
    return painted(titled(title, lines), style)
  })
  const end: Line[] = [
    ...(detail === 'end' ? [] : view.facts.map((fact): Line => [span(fact, 'dim')])),
    ...view.alarms.map((alarm): Line => [span(alarm, 'error')]),
    [span(view.last, 'strong')],
  ]
  return [...sections, painted(end, style)]
}

function sectionsIn(view: PlanView, detail: TextDetail): readonly Section[] {
  if (detail === 'all names') return view.allNames()
  const { sections } = view
  if (detail === 'end') return sections.filter(({ name }) => ERRORS.includes(name))
  return sections.map((section) =>
    section.name === 'left_alone'
      ? { name: section.name, title: `${section.title} (--verbose names it)`, rows: view.leftAlone() }
      : section,
  )
}

/** Made row by row: with all names, those of a large plan take more than the plan. */
function sectionLines({ rows }: Section, style: RowStyle): Iterable<Line> {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) yield* row.kind === 'change' ? changeLines(row, style) : noteLines(row, style.limit)
    },
  }
}

function noteLines(row: NoteRow, limit?: number): readonly Line[] {
  return [
    [span(`  ${noteText(row, limit)}`)],
    ...(row.hint === null ? [] : [[span('      ', 'plain'), ...hintSpans(row.hint)]]),
    ...(row.lines ?? []).map((text): Line => [{ ...span(text, 'strong'), keeps: 'together' }]),
  ]
}

function hintSpans(hint: string): readonly Span[] {
  const at = hint.search(COMMAND)
  if (at === -1) return [span(hint, 'strong')]
  return [span(hint.slice(0, at), 'strong'), { ...span(hint.slice(at), 'strong'), keeps: 'together' }]
}
