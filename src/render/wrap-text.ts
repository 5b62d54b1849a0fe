import { printable, withoutCommand } from './printable.ts'
import { PROGRAMS } from './programs.ts'
import { wrapSpans } from './wrap-spans.ts'

/** A command that is a line, or stands at its end: it is copied, and stays in one. */
const COMMAND = new RegExp(`(?:^\\s*|: )(?:${PROGRAMS}) [a-z].*$`)

/**
 * Text of several lines for a terminal, each wrapped at words to its width, and escaped as every text that comes from
 * elsewhere.
 * @param width in columns; undefined for a log or a pipe, whose lines stay whole
 */
export function wrapText(text: string, width: number | undefined): string {
  return text
    .split('\n')
    .flatMap((line) => wrappedLines(printable(line), width))
    .map(withoutCommand)
    .join('\n')
}

function wrappedLines(line: string, width: number | undefined): readonly string[] {
  if (width === undefined) return [line]
  const [command = ''] = COMMAND.exec(line) ?? []
  const kept = command.replace(/^[:\s]+/, '')
  const before: Piece = { text: line.slice(0, line.length - kept.length) }
  const pieces = kept === '' ? [before] : [before, { text: kept, keeps: 'together' as const }]
  return wrapSpans<Piece>(pieces, width, (text) => ({ text })).map((each) => each.map(({ text }) => text).join(''))
}

interface Piece {
  readonly text: string
  readonly keeps?: 'together'
}
