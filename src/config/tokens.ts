import { type CST, Lexer, Parser } from 'yaml'
import { countLines, isSpent, type Lexemes, OPENED, startLexemes, tooMuch, weightOf } from './lexemes.ts'
import { type Lines, startLines } from './lines.ts'

/** How deep maps and lists may nest, also through aliases. A configuration needs about ten levels. */
export const MAX_DEPTH = 64

/** A file's syntax, before it is composed into values. */
export interface Tokens {
  readonly tokens: readonly CST.Token[]
  readonly lines: Lines
  /** Why and where reading stopped early; there are no tokens then. */
  readonly stopped: { readonly at: number; readonly why: string } | undefined
}

/**
 * Splits a file into syntax tokens, and stops where it nests too deep. The composer recurses: a few thousand `[` make it
 * abort the whole process, which cannot be caught, so nothing deep may ever reach it. The parser used here does not.
 */
export function readTokens(text: string, lexemes: Lexemes = startLexemes()): Tokens {
  const lines = startLines()
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  const stop = (why: string): Tokens => ({ tokens: [], lines, stopped: { at: parser.offset, why } })
  lexemes.lines -= countLines(text)
  if (isSpent(lexemes)) return stop(tooMuch())
  let isOpen = false
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    lexemes.weight -= weightOf(lexeme)
    if (lexeme === ':') isOpen = true
    else if (isOpen && !/^[ \t#]/.test(lexeme)) {
      if (/^\r?\n$/.test(lexeme)) lexemes.weight -= OPENED
      isOpen = false
    }
    if (parser.stack.length > MAX_DEPTH) return stop(`nested deeper than ${MAX_DEPTH} levels`)
    if (isSpent(lexemes)) return stop(tooMuch())
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens, lines, stopped: undefined }
}
