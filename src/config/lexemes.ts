/**
 * The largest weight of the words and signs of all files together: those of 10,000 repositories with an entry each, and
 * 200 sets, weigh some 800,000. More would take more than 400 MB and 5 s.
 */
const MAX_WEIGHT = 1_000_000

/**
 * The words and signs of a file without anchors, tags and such become values at once, and so many weigh as much as one of
 * which the parser keeps tokens. Ten settings of each of 10,000 repositories, written out, are 2,660,000.
 */
export const SIMPLE_SHARE = 3

/** Lines in all files together: ten times the lines of 10,000 repositories with three each. An empty one costs most. */
const MAX_LINES = 300_000

/** Why no more is read. Made when it is asked for: numbers in words of a language take 20 ms at their first use. */
export const tooMuch = (): string =>
  `with this, the configuration holds more than ${MAX_WEIGHT.toLocaleString('en')} words and signs ` +
  `(${SIMPLE_SHARE} of plain YAML count as one), or ${MAX_LINES.toLocaleString('en')} lines: let sets say what many repositories have, or split it into several configurations`

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
