import { distance } from 'fastest-levenshtein'
import { byText } from '../core/address.ts'
import { once } from '../core/once.ts'
import { didYouMean, nearestTo } from '../core/similar.ts'

/**
 * The most pairs of names that are compared letter by letter; then no more are suggested. Each takes about a
 * microsecond.
 */
const MOST_COMPARED = 1_000_000

/** A name of another spelling is at most three letters longer or shorter. */
const FURTHEST = 3

/** `; did you mean …?` where something is spelt much like a text. */
export type Nearest = (text: string) => string

/**
 * Suggests one of the known names, which are computed only then; for a glob that ends in `*`, also one with a similar
 * beginning. Comparing thousands with thousands comes to an end.
 */
export function nearestAmong(names: () => readonly string[]): Nearest {
  const known = once(names)
  const found = new Map<string, string>()
  let left = MOST_COMPARED
  const search = (text: string): string => {
    if (left <= 0) return ''
    const plain = text.replace(/[*?]/g, '')
    const near = known().filter((name) => Math.abs(name.length - plain.length) <= FURTHEST)
    left -= near.length * Math.ceil(plain.length / 32) ** 2
    const words = didYouMean(plain, near)
    const [, start = ''] = /^([^*?]{4,})\*+$/.exec(text.toLowerCase()) ?? []
    if (words !== '' || start === '') return words
    left -= known().length * Math.ceil(start.length / 32) ** 2
    const beginning = known().filter(
      (name) => distance(start, name.slice(0, start.length)) <= Math.min(2, start.length / 3),
    )
    const begins = nearestTo(start, [...beginning].sort(byText))
    return begins === undefined ? '' : `; did you mean \`${begins}\`?`
  }
  return (text) => {
    const there = found.get(text) ?? search(text)
    found.set(text, there)
    return there
  }
}
