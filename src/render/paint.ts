import { printable, withoutCommand } from './printable.ts'

export type Tone = 'plain' | 'strong' | 'dim' | 'add' | 'change' | 'delete' | 'again' | 'error'

export interface TextStyle {
  readonly colour: 'ansi' | 'plain'
}

/** A piece of a line, not yet escaped. */
export interface Span {
  readonly text: string
  readonly tone: Tone
  /** Ended by a mark without width, so that a number behind text from right to left is not shown before it. */
  readonly ends?: 'left to right'
}

/** https://www.unicode.org/reports/tr9/#Implicit_Directional_Marks */
const LEFT_TO_RIGHT = '\u200e'

/** Select Graphic Rendition codes (ECMA-48). */
const CODES: Readonly<Record<Exclude<Tone, 'plain'>, string>> = {
  strong: '1',
  dim: '2',
  add: '32',
  change: '33',
  delete: '31',
  again: '35',
  error: '1;31',
}

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone }
}

/** The pieces of one line. */
export type Line = readonly Span[]

/** Lines of output, each with its line end. */
export function paintLines(lines: readonly Line[], style: TextStyle): string {
  return lines.map((line) => `${paintLine(line, style)}\n`).join('')
}

/**
 * Everything that reaches a terminal passes here, and here alone it is escaped, so that no name or value can bring a
 * control sequence or a workflow command of its own.
 */
function paintLine(line: Line, style: TextStyle): string {
  let plain = ''
  let painted = ''
  for (const { text, tone, ends } of line) {
    const shown = ends === undefined ? printable(text) : printable(text) + LEFT_TO_RIGHT
    plain += shown
    painted += tone === 'plain' || shown === '' ? shown : `\u001b[${CODES[tone]}m${shown}\u001b[0m`
  }
  const safe = withoutCommand(plain)
  return style.colour === 'plain' || safe !== plain ? safe : painted
}
