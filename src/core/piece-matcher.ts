import type { Matcher } from './token-matcher.ts'

/**
 * Matches a text against a glob whose only wildcard is `*`, which stays within a segment: the pieces between the stars
 * are looked for from left to right. The first place that fits is as good as any later one, so that each letter is
 * passed once.
 * @param glob without `**`, `?` and halves of surrogate pairs
 */
export function compilePieces(glob: string): Matcher {
  const segments = glob.split('/').map(segmentOf)
  const [only] = segments
  if (segments.length === 1 && only !== undefined) {
    return (text) => isWithin(only, text, 0, text.length) && !text.includes('/')
  }
  return (text) => {
    let from = 0
    for (const [index, segment] of segments.entries()) {
      const slash = text.indexOf('/', from)
      const isLast = index === segments.length - 1
      if (isLast !== (slash === -1)) return false
      if (!isWithin(segment, text, from, isLast ? text.length : slash)) return false
      from = slash + 1
    }
    return true
  }
}

interface Segment {
  readonly first: string
  readonly inner: readonly string[]
  /** Undefined where the segment has no star. */
  readonly last: string | undefined
  /** The longest of `inner`: it alone rules out most texts. */
  readonly longest: string
  /** Letters that it has at least. */
  readonly letters: number
}

function segmentOf(glob: string): Segment {
  const pieces = glob.split('*')
  const [first = '', ...others] = pieces
  const last = others.pop()
  const inner = others.filter((piece) => piece !== '')
  const longest = inner.reduce((most, piece) => (piece.length > most.length ? piece : most), '')
  return { first, inner, last, longest, letters: glob.length - pieces.length + 1 }
}

function isWithin({ first, inner, last, longest, letters }: Segment, text: string, from: number, to: number): boolean {
  if (to - from < letters || !text.startsWith(first, from)) return false
  if (last === undefined) return to - from === letters
  const end = to - last.length
  if (!text.startsWith(last, end)) return false
  if (inner.length > 1 && longest.length > SHORT && !text.includes(longest, from + first.length)) return false
  let at = from + first.length
  for (const piece of inner) {
    const found = piece.length > SHORT ? text.indexOf(piece, at) : findShort(piece, text, at, end)
    if (found === -1 || found + piece.length > end) return false
    at = found + piece.length
  }
  return at <= end
}

/** For so few letters, a call into the engine's search takes longer than the search. */
const SHORT = 3

function findShort(piece: string, text: string, from: number, end: number): number {
  const first = piece.charCodeAt(0)
  for (let at = from; at <= end - piece.length; at++) {
    if (text.charCodeAt(at) !== first) continue
    let letter = 1
    while (letter < piece.length && text.charCodeAt(at + letter) === piece.charCodeAt(letter)) letter += 1
    if (letter === piece.length) return at
  }
  return -1
}
