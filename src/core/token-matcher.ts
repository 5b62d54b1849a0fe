import { once } from './once.ts'

/** Whether a text matches. */
export type Matcher = (text: string) => boolean

/** Letters that no name holds: the masks of a letter that the glob does not write out. */
const OTHER = ''

/**
 * Matches a text against the tokens of a glob (core/glob.ts) in one pass. A set of places in the glob is kept as bits, so that
 * each letter costs a few operations for every 32 tokens, however many stars there are
 * (Navarro and Raffinot, Flexible Pattern Matching in Strings, chapter 4).
 * @param tokens one letter each, or `*`, `**`, `?`, `/**`; a `/**` is followed by `**`
 */
export function compileTokens(tokens: readonly string[]): Matcher {
  const passes = prefilter(tokens)
  // Most globs meet no text that gets so far.
  const automaton = once(() => automatonOf(tokens))
  return (text) => passes(text) && automaton()(text)
}

function automatonOf(tokens: readonly string[]): Matcher {
  const words = (tokens.length >> 5) + 1
  const masks = masksOf(tokens, words)
  const start = new Uint32Array(words)
  start[0] = 1
  skip(start, masks, words)
  const last = { word: tokens.length >> 5, bit: 1 << (tokens.length & 31) }
  const places = new Uint32Array(words)
  return (text) => {
    places.set(start)
    for (const letter of text) {
      if (!advance(places, masks, letter, words)) return false
    }
    return ((places[last.word] ?? 0) & last.bit) !== 0
  }
}

/** Bits of the places whose token takes a letter and goes on, stays with any letter, or may be left out. */
interface Masks {
  readonly takes: ReadonlyMap<string, Uint32Array>
  readonly stays: Uint32Array
  readonly staysWithin: Uint32Array
  readonly stars: Uint32Array
  readonly folders: Uint32Array
}

function masksOf(tokens: readonly string[], words: number): Masks {
  const masks = {
    takes: new Map([
      [OTHER, new Uint32Array(words)],
      ['/', new Uint32Array(words)],
    ]),
    stays: new Uint32Array(words),
    staysWithin: new Uint32Array(words),
    stars: new Uint32Array(words),
    folders: new Uint32Array(words),
  }
  const add = (mask: Uint32Array, place: number): void => {
    mask[place >> 5] = (mask[place >> 5] ?? 0) | (1 << (place & 31))
  }
  const literals = tokens.filter((token) => !WILD.has(token))
  for (const letter of literals) if (!masks.takes.has(letter)) masks.takes.set(letter, new Uint32Array(words))
  for (const [place, token] of tokens.entries()) {
    if (token === '**') add(masks.stays, place)
    if (token === '*' || token === '**') add(masks.stars, place)
    if (token === '*') add(masks.staysWithin, place)
    if (token === '/**') add(masks.folders, place)
    for (const [letter, mask] of masks.takes) if (takes(token, letter)) add(mask, place)
  }
  return masks
}

const WILD: ReadonlySet<string> = new Set(['*', '**', '?', '/**'])

function takes(token: string, letter: string): boolean {
  if (token === '?') return letter !== '/'
  return token === letter || (token === '/**' && letter === '/')
}

/** @returns whether any place is left */
function advance(places: Uint32Array, masks: Masks, letter: string, words: number): boolean {
  const taken = masks.takes.get(letter) ?? (masks.takes.get(OTHER) as Uint32Array)
  const isSlash = letter === '/'
  let carry = 0
  let any = 0
  for (let word = 0; word < words; word++) {
    const at = places[word] as number
    const moved = at & (taken[word] as number)
    const stays = (masks.stays[word] as number) | (isSlash ? 0 : (masks.staysWithin[word] as number))
    const next = (moved << 1) | carry | (at & stays)
    carry = moved >>> 31
    places[word] = next
    any |= next
  }
  if (any === 0) return false
  skip(places, masks, words)
  return true
}

/** A star may match nothing, and a `/**` with its `**` too; a `/**` can follow a star, and never the other way. */
function skip(places: Uint32Array, { stars, folders }: Masks, words: number): void {
  let carry = 0
  for (let word = 0; word < words; word++) {
    const moved = (places[word] as number) & (stars[word] as number)
    places[word] = (places[word] as number) | (moved << 1) | carry
    carry = moved >>> 31
  }
  carry = 0
  for (let word = 0; word < words; word++) {
    const moved = (places[word] as number) & (folders[word] as number)
    places[word] = (places[word] as number) | (moved << 2) | carry
    carry = moved >>> 30
  }
}

/** The beginning, the end and a middle piece that a text must have: they alone rule out most texts. */
function prefilter(tokens: readonly string[]): Matcher {
  const first = tokens.findIndex((token) => WILD.has(token))
  if (first < 0) {
    const whole = tokens.join('')
    return (text) => text === whole
  }
  const last = tokens.findLastIndex((token) => WILD.has(token))
  const prefix = tokens.slice(0, first).join('')
  const suffix = tokens.slice(last + 1).join('')
  const inner = longestLiteral(tokens.slice(first, last + 1))
  return (text) => text.startsWith(prefix) && text.endsWith(suffix) && text.includes(inner)
}

function longestLiteral(tokens: readonly string[]): string {
  let longest = ''
  let run = ''
  for (const token of tokens) {
    run = WILD.has(token) ? '' : run + token
    if (run.length > longest.length) longest = run
  }
  return longest
}
