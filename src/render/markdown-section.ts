import { type Names, rowLines } from './markdown-rows.ts'
import { details, fenced, fenceFor, longestRun } from './markdown-text.ts'
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

/**
 * A section as markdown: its title, and its rows in a code block.
 * @param most characters: what has more fits nowhere, and is not made to its end
 */
export function sectionBlock(section: Section, wording: Wording, names: Names, most?: number): string {
  return `### ${section.title}\n\n${rowsBlock(section.rows, wording, names, most)}`
}

/** A section that a reader unfolds. */
export function foldedBlock(section: Section, wording: Wording, names: Names, most?: number): string {
  return details(foldTitle(section), rowsBlock(section.rows, wording, names, most))
}

/** The words beside the fold. */
export function foldTitle({ title, rows }: Pick<Section, 'title' | 'rows'>): string {
  return `${title} (${countRows(rows)})`
}

/** Rows in one code block: a diff where they are changes. */
export function rowsBlock(
  rows: readonly Row[],
  wording: Wording,
  names: Names,
  most: number = Number.POSITIVE_INFINITY,
): string {
  const lines: string[] = []
  let length = 0
  for (const row of rows) {
    if (length > most) break
    for (const line of rowLines(row, wording, names)) {
      length += line.length + 1
      lines.push(line)
    }
  }
  return fenced(lines, languageOf(rows))
}

/** The same in parts, each of whole lines and with its end. */
export function* rowsParts(rows: readonly Row[], wording: Wording, names: Names): Iterable<string> {
  let longest = 0
  // Lines are made twice, so that they are never there all at once.
  for (const row of rows) longest = Math.max(longest, longestRun(rowLines(row, wording, names)))
  const fence = fenceFor(longest)
  yield `${fence}${languageOf(rows)}\n`
  for (const row of rows)
    yield rowLines(row, wording, names)
      .map((line) => `${line}\n`)
      .join('')
  yield `${fence}\n`
}

function languageOf(rows: readonly Row[]): 'diff' | 'text' {
  return rows.some(({ kind }) => kind === 'change') ? 'diff' : 'text'
}

/** A folded row counts for as many as it names. */
function countRows(rows: readonly Row[]): number {
  let found = 0
  for (const row of rows) found += row.kind === 'change' ? Math.max(1, row.subject.names.length) : 1
  return found
}
