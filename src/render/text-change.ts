import { columnsOf } from './columns.ts'
import { type Line, type Span, span } from './paint.ts'
import { printable } from './printable.ts'
import type { ChangeRow } from './row.ts'
import { accessPieces, originText } from './row-text.ts'
import { shorten } from './shorten.ts'
import { FOLDED_NAMES, SYMBOL_TONES } from './symbols.ts'
import { fieldSpans } from './text-field.ts'
import type { Wording } from './wording.ts'

/** A change of so many fields is one line where they fit in it. */
const BESIDE = 2
/** Where no terminal has a width, two fields stand in one line up to so many columns; one always does. */
const LOG_COLUMNS = 120
const INDENT = '      '

/** The words of the terminal for what everybody can read. */
export const PUBLIC = 'PUBLIC'

/** How a row is written. */
export interface RowStyle {
  readonly wording: Wording
  /** So many names are shown of each list; the usual number where it is left out. */
  readonly limit: number | undefined
  /** The columns of the terminal; undefined where there is none. */
  readonly width: number | undefined
}

/** A change in one line where its fields fit beside it, else with a line for each; and what comes of it. */
export function changeLines(row: ChangeRow, style: RowStyle): readonly Line[] {
  const { wording, limit } = style
  const fields = row.fields.map((field) => fieldSpans(field, wording, limit))
  const head: Line = [span('  '), span(row.symbol, SYMBOL_TONES[row.symbol]), span(` ${row.subject.text}`)]
  const beside = fields.flatMap((field): readonly Span[] => [span('  '), ...field])
  const isOne = fitsBeside([...head, ...beside], fields.length, style)
  return [
    [...head, ...(isOne ? beside : []), ...namesSpans(row, limit), ...originSpans(row, style)],
    ...(isOne ? [] : fields.map((field): Line => [span(INDENT), ...field])),
    ...(row.access ? [accessSpans(row.access, style)] : []),
    ...row.consequences.map((consequence) => consequenceSpans(consequence, row)),
    ...row.notes.map((text): Line => [span(`${INDENT}note: ${text}`)]),
  ]
}

function fitsBeside(line: Line, fields: number, { width }: RowStyle): boolean {
  if (fields > BESIDE) return false
  if (width === undefined && fields === 1) return true
  return columnsOf(printable(line.map(({ text }) => text).join(''))) <= (width ?? LOG_COLUMNS)
}

function namesSpans({ subject: { names } }: ChangeRow, limit: number = FOLDED_NAMES): Line {
  return names.length > 0 ? [span(`   (${shorten(names, limit)})`)] : []
}

/** The remark goes to the next line whole where there is room for it. */
function originSpans(row: ChangeRow, { width = 0 }: RowStyle): Line {
  const origin = originText(row)
  const text = origin.trimStart()
  if (text.length + INDENT.length > width) return [span(origin, 'dim')]
  return [span(origin.slice(0, origin.length - text.length)), { ...span(text, 'dim'), keeps: 'together' }]
}

function accessSpans(access: NonNullable<ChangeRow['access']>, { wording, limit }: RowStyle): Line {
  const opens = access.direction === 'gains'
  const pieces = accessPieces(access, wording, limit).map(({ text, is }): Span => {
    if (is === 'name') return { ...span(text), keeps: 'together' }
    return is === 'public' && opens ? span(PUBLIC, 'public') : span(text)
  })
  return [span(INDENT), ...pieces]
}

function consequenceSpans(consequence: string, { opens }: ChangeRow): Line {
  const mark = opens.includes(consequence) ? [span(PUBLIC, 'public'), span(' ')] : []
  return [span(`${INDENT}also: `), ...mark, span(consequence)]
}
