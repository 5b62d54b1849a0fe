import { columnsOf } from './columns.ts'

/** Below so many columns nothing is wrapped: the terminal does no worse. */
const LEAST_COLUMNS = 20
const HANG = 4
/** Names and code may have blanks in them: between quotes, as JSON writes them, or back quotes, up to the length of names. */
const WORDS = / +|\(?(?:"(?:[^"\\]|\\.){0,100}"|`[^`]{1,100}`)[^ ]*|[^ ]+/g
const PARTS = / +|[^ ]+/g
/** A sign that belongs to the word behind it, such as `→`, or the `#` of a remark. */
const SIGN = /^[^\p{L}\p{N}"]$/u

/** A piece of a line, already escaped. */
interface Wrappable {
  readonly text: string
  /** No line ends inside it. */
  readonly keeps?: 'together'
}

/** Pieces between which no line may end, and the blanks before them. */
interface Unit<Piece> {
  readonly blanks: readonly Piece[]
  readonly pieces: readonly Piece[]
  readonly columns: number
}

/**
 * A line as several, none wider than the terminal: it ends at blanks alone, never inside a name, an address or a command,
 * and the rest hangs below its beginning. A word that is wider than the terminal stays whole.
 * @param width in columns
 * @param blank makes the piece that a line hangs by
 */
export function wrapSpans<Piece extends Wrappable>(
  line: readonly Piece[],
  width: number,
  blank: (text: string) => Piece,
): readonly (readonly Piece[])[] {
  const text = line.map((each) => each.text).join('')
  if (width < LEAST_COLUMNS || text.length * 2 <= width || columnsOf(text) <= width) return [line]
  const lead = /^ */.exec(text)?.[0].length ?? 0
  const indent = lead + HANG > width / 2 ? lead : lead + HANG
  const lines: Piece[][] = [[]]
  let used = 0
  for (const { blanks, pieces, columns } of unitsOf(line, width - indent)) {
    const gap = columnsIn(blanks)
    if (used > indent && used + gap + columns > width) {
      lines.push([blank(' '.repeat(indent)), ...pieces])
      used = indent + columns
    } else {
      lines.at(-1)?.push(...[...blanks, ...pieces])
      used += gap + columns
    }
  }
  return lines
}

function unitsOf<Piece extends Wrappable>(line: readonly Piece[], most: number): readonly Unit<Piece>[] {
  const units: Unit<Piece>[] = []
  let blanks: Piece[] = []
  let pieces: Piece[] = []
  const end = (): void => {
    if (pieces.length > 0) units.push({ blanks, pieces, columns: columnsIn(pieces) })
    if (pieces.length > 0) blanks = []
    pieces = []
  }
  const endsWithSign = (): boolean => SIGN.test(pieces.map(({ text }) => text).join(''))
  for (const each of line) {
    for (const text of each.keeps === undefined ? wordsOf(each.text, most) : [each.text]) {
      const piece = { ...each, text }
      if (!/^ +$/.test(text)) pieces.push(piece)
      else if (text.length === 1 && units.length > 0 && endsWithSign()) pieces.push(piece)
      else {
        end()
        blanks.push(piece)
      }
    }
  }
  end()
  return units
}

/** The words of a text: a part between quotes is one, unless no line has room for it. */
function wordsOf(text: string, most: number): readonly string[] {
  return (text.match(WORDS) ?? []).flatMap((word) =>
    word.includes(' ') && columnsOf(word) > most ? (word.match(PARTS) ?? []) : [word],
  )
}

function columnsIn(spans: readonly Wrappable[]): number {
  let sum = 0
  for (const { text } of spans) sum += columnsOf(text)
  return sum
}
