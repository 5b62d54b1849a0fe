import { printable, withoutCommand } from './printable.ts'
import { wrapSpans } from './wrap-spans.ts'

export type Tone = 'plain' | 'strong' | 'dim' | 'add' | 'change' | 'delete' | 'again' | 'error' | 'public'

export interface TextStyle {
  readonly colour: 'ansi' | 'plain'
  /** The columns at which lines are wrapped; left out for logs and pipes, whose lines stay whole, for programs that search them. */
  readonly width?: number | undefined
}

/** A piece of a line, not yet escaped. */
export interface Span {
  readonly text: string
  readonly tone: Tone
  /** Ended by a mark without width, so that a number behind text from right to left is not shown before it. */
  readonly ends?: 'left to right'
  /** No line ends inside it: it is copied as it is, such as a command. */
  readonly keeps?: 'together'
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
  public: '30;43',
}

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone }
}

/** The pieces of one line. */
export type Line = readonly Span[]

/** Lines of output, each with its line end. */
export function paintLines(lines: readonly Line[], style: TextStyle): string {
  return lines.map((line) => paintLine(line, style)).join('')
}

/**
 * Everything that reaches a terminal passes here, and here alone it is escaped, so that no name or value can bring a
 * control sequence or a workflow command of its own.
 */
function paintLine(line: Line, { colour, width }: TextStyle): string {
  const shown = line.map((each): Span => {
    const text = printable(each.text)
    return each.ends === undefined ? { ...each, text } : { ...each, text: text + LEFT_TO_RIGHT }
  })
  const lines = width === undefined ? [shown] : wrapSpans(shown, width, span)
  return lines.map((each) => `${paintSpans(each, colour)}\n`).join('')
}

function paintSpans(line: Line, colour: TextStyle['colour']): string {
  let plain = ''
  let painted = ''
  let [tone, same]: [Tone, string] = ['plain', '']
  const paint = (): void => {
    painted += tone === 'plain' || same === '' ? same : `\u001b[${CODES[tone]}m${same}\u001b[0m`
  }
  for (const each of line) {
    plain += each.text
    if (each.tone !== tone) {
      paint()
      ;[tone, same] = [each.tone, '']
    }
    same += each.text
  }
  paint()
  const safe = withoutCommand(plain)
  return colour === 'plain' || safe !== plain ? safe : painted
}
