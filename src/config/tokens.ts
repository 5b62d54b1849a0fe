import { type CST, Lexer, LineCounter, Parser } from 'yaml'

/** How deep maps and lists may nest, also through aliases. A configuration needs about ten levels. */
export const MAX_DEPTH = 64

/** Words and signs in one file: some two hundred thousand lines. Many more would take more memory than there is. */
const MAX_LEXEMES = 2_000_000

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
export function readTokens(text: string): Tokens {
  const lines = new LineCounter()
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  const stop = (why: string): Tokens => ({ tokens: [], lines, stopped: { at: parser.offset, why } })
  let lexemes = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    lexemes += 1
    if (parser.stack.length > MAX_DEPTH) return stop(`nested deeper than ${MAX_DEPTH} levels`)
    if (lexemes > MAX_LEXEMES) return stop('the file holds too much; split it into several')
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens, lines, stopped: undefined }
}
