import { closest, distance } from 'fastest-levenshtein'

/**
 * At most three letters off, and never more than half of the word; or two letters in the wrong order.
 * @param letters how many of the word count for the half
 */
export function isSimilar(word: string, other: string, letters: number = word.length): boolean {
  return distance(word, other) <= Math.min(3, Math.floor(letters / 2)) || isSwapped(word, other)
}

function isSwapped(word: string, other: string): boolean {
  if (word.length !== other.length) return false
  const differ = [...word].flatMap((letter, place) => (letter === other[place] ? [] : [place]))
  const [first = 0, second = 0, ...more] = differ
  return second === first + 1 && more.length === 0 && word[first] === other[second] && word[second] === other[first]
}

/** The known word that is spelt most like a word, the first of several; undefined where none is similar. */
export function similarTo(word: string, known: readonly string[], letters?: number): string | undefined {
  const best = nearestTo(word, known)
  return best !== undefined && isSimilar(word.toLowerCase(), best.toLowerCase(), letters) ? best : undefined
}

/** The nearest of the known words, at any distance, without case; undefined where there is none. */
export function nearestTo(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const folded = known.map((each) => each.toLowerCase())
  return known[folded.indexOf(closest(word.toLowerCase(), folded))]
}

/** `; did you mean …?` where something there is spelt much like it. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = similarTo(word, known)
  return near === undefined ? '' : `; did you mean \`${near}\`?`
}
