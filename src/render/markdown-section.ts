import { type Names, rowLines } from './markdown-rows.ts'
import { details, fenced } from './markdown-text.ts'
import { FOREMOST, type Row, type Section, type SectionName } from './row.ts'
import type { Wording } from './wording.ts'

/** The sections that a reader must not have to unfold: problems, gained access, and access taken away. */
const ABOVE_THE_FOLD: ReadonlySet<SectionName> = new Set([
  ...FOREMOST,
  'gains',
  'gains_matched',
  'gains_beside',
  'wider',
  'overwrites',
  'taken_away',
])

export function isAboveTheFold({ name }: Pick<Section, 'name'>): boolean {
  return ABOVE_THE_FOLD.has(name)
}

/** A section as markdown: its title, and its rows in a code block. */
export function sectionBlock(section: Section, wording: Wording, names: Names): string {
  return `### ${section.title}\n\n${rowsBlock(section.rows, wording, names)}`
}

/** A section that a reader unfolds. */
export function foldedBlock(section: Section, wording: Wording, names: Names): string {
  return details(`${section.title} (${countRows(section.rows)})`, rowsBlock(section.rows, wording, names))
}

/** Rows in one code block: a diff where they are changes. */
export function rowsBlock(rows: readonly Row[], wording: Wording, names: Names): string {
  const language = rows.some(({ kind }) => kind === 'change') ? 'diff' : 'text'
  return fenced(
    rows.flatMap((row) => rowLines(row, wording, names)),
    language,
  )
}

/** A folded row counts for as many as it names. */
function countRows(rows: readonly Row[]): number {
  let found = 0
  for (const row of rows) found += row.kind === 'change' ? Math.max(1, row.subject.names.length) : 1
  return found
}
