import { SetupError } from '../core/setup-error.ts'

/**
 * The words of an input such as `args`: separated by blanks and line ends; quotes keep blanks together. Nothing is
 * expanded.
 * @throws SetupError for a quote that is not closed
 */
export function splitWords(text: string): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  let quote: string | undefined
  for (const character of text) {
    if (quote !== undefined) {
      if (character === quote) quote = undefined
      else word = `${word ?? ''}${character}`
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = `${word ?? ''}${character}`
    }
  }
  if (quote !== undefined) throw new SetupError(`a quote ${quote} in an input of the action is not closed`)
  return word === undefined ? words : [...words, word]
}
