import { type CST, Lexer, LineCounter, Parser } from 'yaml'

/** How deep maps and lists may nest, also through aliases. A configuration needs about ten levels. */
export const MAX_DEPTH = 64

/**
 * The largest weight of the words and signs of all files together: those of 10,000 repositories with an entry each, and
 * 200 sets, weigh some 800,000. More would take more than 400 MB and 5 s.
 */
const MAX_WEIGHT = 1_000_000

/** Lines in all files together: ten times the lines of 10,000 repositories with three each. An empty one costs most. */
const MAX_LINES = 300_000

// Numbers in words of a language take 20 ms at their first use.
const tooMuch = (): string =>
  `with this, the configuration holds more than ${MAX_WEIGHT.toLocaleString('en')} words and signs, or ` +
  `${MAX_LINES.toLocaleString('en')} lines: let sets say what many repositories have, or split it into several configurations`

/** How much may still be read, in all files of a configuration. */
export interface Lexemes {
  weight: number
  lines: number
}

export function startLexemes(): Lexemes {
  return { weight: MAX_WEIGHT, lines: MAX_LINES }
}

/** Whether a text passed the limits, so that no other is read. */
export function isSpent({ weight, lines }: Lexemes): boolean {
  return weight < 0 || lines < 0
}

/** Signs that begin something of which the parser keeps more than of a word. */
const SIGNS: Readonly<Record<string, number>> = { '[': 4, '{': 4, ',': 4, '-': 4, '---': 10 }
const ALIAS = 6

/** The end of a line behind a colon: a map, a list or nothing follows, which takes as much as a bracket. */
export const OPENED = 4

/** Of text in double quotes the parser keeps each character by itself. */
const QUOTED_PER_UNIT = 6

/** By the memory that a word or sign takes until it is a value. */
export function weightOf(lexeme: string): number {
  switch (lexeme[0]) {
    case '"':
      return 2 + Math.floor(lexeme.length / QUOTED_PER_UNIT)
    case "'":
      return 2
    case '*':
      return ALIAS
    case '[':
    case '{':
    case ',':
    case '-':
      return SIGNS[lexeme] ?? 1
    default:
      return 1
  }
}

export function countLines(text: string): number {
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
