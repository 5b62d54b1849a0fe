import { type Line, paintLines, type Span, type TextStyle } from './paint.ts'

/** A part of a plan's or an outcome's text. */
export interface TextPart {
  readonly text: string
  /** The heading of a long part that a log may fold; it is in the text, too. */
  readonly folds?: string
}

const LONG = 15

/** A titled part that a reader of a log opens on demand where it is long. */
export function folding(title: Span, lines: readonly Line[], style: TextStyle): TextPart {
  const text = paintLines([[title], ...lines, []], style)
  return lines.length > LONG ? { text, folds: `${title.text} (${lines.length} lines)` } : { text }
}
