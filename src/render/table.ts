import stringWidth from 'string-width'
import { type Line, paintLines, span, type TextStyle, type Tone } from './paint.ts'
import { printable } from './printable.ts'

/** One column of a table of texts. */
export interface TableColumn {
  readonly head: string
  readonly align?: 'right' | undefined
  /** Cut before others where a line is too long. */
  readonly gives?: true | undefined
  readonly tone?: ((text: string) => Tone) | undefined
}

const GAP = 2
/** The most columns that shorter texts are padded to. */
const WIDEST = 500
/** No column is cut below this. */
const LEAST = 8
const MARK = '…'
/** Letters that are written from right to left: Hebrew, Arabic, and scripts near them. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A table that is printed in parts, so that its length takes no memory. */
export interface OpenTable {
  /** The lines of further rows; the first ones have the head above them. */
  lines(rows: readonly (readonly string[])[]): string
}

/**
 * A table: aligned by what a terminal shows, cut to its width, one row a line. Columns that give way are cut first, then the
 * widest; what is cut ends with `…`. Without a width (a file, a pipe) nothing is cut.
 * @param width columns of the terminal
 */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  style: TextStyle & { readonly width: number | undefined },
): string {
  return openTable(columns, style).lines(rows)
}

/**
 * The same, part after part. Its columns are as wide as the parts so far need: one that needs more widens them for the rows from
 * there on, since those before are printed.
 */
export function openTable(
  columns: readonly TableColumn[],
  style: TextStyle & { readonly width: number | undefined },
): OpenTable {
  let widths = columns.map(({ head }) => stringWidth(head))
  let isBegun = false
  return {
    lines(rows) {
      const cells = rows.map((row) => row.map(printable))
      widths = widths.map((width, index) =>
        cells.reduce((most, row) => Math.max(most, stringWidth(row[index] ?? '')), width),
      )
      const { width } = style
      // One long text must not lengthen each line of a file.
      const fitted =
        width === undefined ? widths.map((each) => Math.min(each, WIDEST)) : narrowed(columns, widths, width)
      const head = columns.map(({ head, align }, index) =>
        span(padded(width === undefined ? head : cut(head, fitted[index] ?? 0), fitted, index, align), 'dim'),
      )
      const lines = [...(isBegun ? [] : [head]), ...cells.map((row) => rowLine(columns, row, fitted, style))]
      isBegun = true
      return paintLines(lines.map(trimmed), { colour: style.colour })
    },
  }
}

function rowLine(
  columns: readonly TableColumn[],
  row: readonly string[],
  fitted: readonly number[],
  { width }: { readonly width: number | undefined },
): Line {
  return columns.map(({ align, tone }, index) => {
    const text = row[index] ?? ''
    const shown = padded(width === undefined ? text : cut(text, fitted[index] ?? 0), fitted, index, align)
    const cell = span(shown, tone?.(text) ?? 'plain')
    // A file is for programs, too: it has the text alone.
    return width !== undefined && FROM_RIGHT.test(shown) ? { ...cell, ends: 'left to right' as const } : cell
  })
}

/** The widths of columns in a line of so many: of those that give way first, always the widest give, alike. */
function narrowed(columns: readonly TableColumn[], widths: readonly number[], width: number): readonly number[] {
  const fitted = [...widths]
  const room = (): number => width - GAP * (columns.length - 1) - fitted.reduce((sum, each) => sum + each, 0)
  for (const giving of [true, false]) {
    const indexes = columns.flatMap(({ gives }, index) => ((gives ?? false) === giving ? [index] : []))
    while (room() < 0) {
      const most = indexes.reduce((greatest, index) => Math.max(greatest, fitted[index] ?? 0), 0)
      if (most <= LEAST) break
      const widest = indexes.filter((index) => fitted[index] === most)
      const second = indexes.reduce((next, index) => {
        const each = fitted[index] ?? 0
        return each < most ? Math.max(next, each) : next
      }, LEAST)
      const share = Math.ceil(-room() / widest.length)
      for (const index of widest) fitted[index] = Math.max(second, most - share)
    }
  }
  return fitted
}

/** As much of a text as so many columns hold, by whole letters. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  let taken = 0
  for (const { segment } of letters.segment(text)) {
    const next = taken + stringWidth(segment)
    if (next > width - 1) break
    kept += segment
    taken = next
  }
  return `${kept}${MARK}`
}

function padded(text: string, widths: readonly number[], index: number, align: 'right' | undefined): string {
  const blanks = ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(text)))
  const cell = align === 'right' ? blanks + text : text + blanks
  return index === widths.length - 1 ? cell : cell + ' '.repeat(GAP)
}

/** Without blanks at the end of the line. */
function trimmed(line: Line): Line {
  const end = line.findLastIndex(({ text }) => text.trim() !== '')
  return line.slice(0, end + 1).map((each, index) => (index === end ? { ...each, text: each.text.trimEnd() } : each))
}
