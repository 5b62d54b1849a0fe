import { type Line, paintLines, type Span, type TextStyle } from './paint.ts'

/** A part of a plan's or an outcome's text. */
export interface TextPart {
  /** Its lines, each with its end; made anew each time that they are gone through. */
  readonly lines: Iterable<string>
  /** The heading of a long part that a log may fold; it is in the text, too. */
  readonly folds?: string
}

const LONG = 15

/** Lines as they are printed. */
export function painted(lines: Iterable<Line>, style: TextStyle): TextPart {
  return {
    lines: {
      *[Symbol.iterator]() {
        for (const line of lines) yield paintLines([line], style)
      },
    },
  }
}

/** A titled part that a reader of a log opens on demand where it is long. */
export function folding(title: Span, lines: Iterable<Line>, style: TextStyle): TextPart {
  const part = painted(titled(title, lines), style)
  let many = 0
  for (const _ of lines) many += 1
  return many > LONG ? { ...part, folds: `${title.text} (${many} lines)` } : part
}

/** A title, the lines below it, and a blank one. */
export function titled(title: Span, lines: Iterable<Line>): Iterable<Line> {
  return {
    *[Symbol.iterator]() {
      yield [title]
      yield* lines
      yield []
    },
  }
}

/** The parts as one text. */
export function textOfParts(parts: readonly TextPart[]): string {
  return parts.map(({ lines }) => [...lines].join('')).join('')
}
