import { type CST, Lexer, LineCounter, Parser } from 'yaml'

/** How deep maps and lists may nest, also through aliases. A configuration needs about ten levels. */
export const MAX_DEPTH = 64

/**
 * Words and signs in all files together: those of 10,000 repositories with an entry each, and 200 sets, are some 600,000. More
 * would take more than 400 MB and 5 s.
 */
const MAX_LEXEMES = 750_000

/** Lines in all files together: ten times what 10,000 repositories with three lines each have. An empty one costs most. */
const MAX_LINES = 300_000

const TOO_MUCH =
  `with this, the configuration holds more than ${MAX_LEXEMES.toLocaleString('en')} words and signs, or ` +
  `${MAX_LINES.toLocaleString('en')} lines: let sets say what many repositories have, or split it into several configurations`

/** How many may still be read, in all files of a configuration. */
export interface Lexemes {
  left: number
  lines: number
}

export function startLexemes(): Lexemes {
  return { left: MAX_LEXEMES, lines: MAX_LINES }
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

/** A file's syntax, before it is composed into values. */
export interface Tokens {
  readonly tokens: readonly CST.Token[]
  readonly lines: LineCounter
  /** Why and where reading stopped early; there are no tokens then. */
  readonly stopped: { readonly at: number; readonly why: string } | undefined
}

/**
 * Splits a file into syntax tokens, and stops where it nests too deep. The composer recurses: a few thousand `[` make it
 * abort the whole process, which cannot be caught, so nothing deep may ever reach it. The parser used here does not.
 */
export function readTokens(text: string, lexemes: Lexemes = startLexemes()): Tokens {
  const lines = new LineCounter()
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  const stop = (why: string): Tokens => ({ tokens: [], lines, stopped: { at: parser.offset, why } })
  lexemes.lines -= countLines(text)
  if (lexemes.lines < 0) return stop(TOO_MUCH)
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    lexemes.left -= 1
    if (parser.stack.length > MAX_DEPTH) return stop(`nested deeper than ${MAX_DEPTH} levels`)
    if (lexemes.left < 0) return stop(TOO_MUCH)
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens, lines, stopped: undefined }
}
