import { encodeName } from './address.ts'
import { compilePieces } from './piece-matcher.ts'
import { compileTokens, type Matcher } from './token-matcher.ts'

/** `/**` that fills whole segments or none; `**`, `*` and `?` elsewhere; else one letter. */
const TOKENS = /\/\*\*+(?=\/|$)|\*\*+|./gsu

/**
 * A glob over names or addresses: `*` and `?` stay within a segment, `**` does not; nothing else is special. It follows all
 * ways at once, where a regular expression would try one after the other.
 * @param glob such as `service-*`, or `orgs/acme/**`, which means `orgs/acme` too
 * @param letters `fold` ignores case, as GitHub does for owners, repositories and secrets; `folded` is the same where the
 * texts are in lower case already
 */
export function compileGlob(glob: string, letters: 'fold' | 'folded' | 'exact' = 'fold'): Matcher {
  const fold = letters === 'fold' ? (text: string) => text.toLowerCase() : (text: string) => text
  const folded = letters === 'exact' ? glob : glob.toLowerCase()
  if (!isGlob(folded)) return (text) => fold(text) === folded
  if (!NOT_IN_PIECES.test(folded)) {
    const matches = compilePieces(folded)
    return letters === 'fold' ? (text) => matches(text.toLowerCase()) : matches
  }
  const matches = compileTokens(tokenize(folded))
  return (text) => matches(`/${fold(text)}`)
}

/** Wildcards other than `*`, and characters that {@link compilePieces} does not handle. */
const NOT_IN_PIECES = /\*\*|\?|\p{Surrogate}/u

/** The most steps that trying a glob once takes: in the order of a tenth of a microsecond each. */
export function globCost(glob: string): number {
  if (NOT_IN_PIECES.test(glob)) return 30 + 10 * Math.ceil(glob.length / 32)
  return glob.split('*').length + Math.ceil(glob.length / 64)
}

/** A glob over addresses, whose names are percent-encoded: a name that is written plain means the same. */
export function compileAddressGlob(glob: string): Matcher {
  return compileGlob(encoded(glob))
}

/**
 * Matches an address where any of the globs does; nothing where there are none. Globs with another beginning are not
 * tried.
 * @param tried called with the cost of the globs that were tried for one address
 */
export function matchAny(globs: readonly string[], tried: (cost: number) => void = () => undefined): Matcher {
  const byStart = new Map<string, { readonly matchers: Matcher[]; cost: number }>()
  for (const glob of globs) {
    const start = plainStart(encoded(glob).toLowerCase())
    const there = byStart.get(start) ?? { matchers: [], cost: 0 }
    there.matchers.push(compileAddressGlob(glob))
    there.cost += globCost(glob)
    byStart.set(start, there)
  }
  const matches = (text: string, start: string): boolean => {
    const there = byStart.get(start)
    if (there === undefined) return false
    tried(there.cost)
    return there.matchers.some((each) => each(text))
  }
  return (text) => {
    if (byStart.size === 0) return false
    const folded = text.toLowerCase()
    if (matches(text, '')) return true
    for (let at = folded.indexOf('/'); at !== -1; at = folded.indexOf('/', at + 1)) {
      if (at > 0 && matches(text, folded.slice(0, at))) return true
    }
    return matches(text, folded)
  }
}

/** The whole segments before the first that is more than itself. */
function plainStart(glob: string): string {
  const wild = glob.search(/[*?]/)
  return wild === -1 ? glob : glob.slice(0, Math.max(glob.lastIndexOf('/', wild), 0))
}

/**
 * Whether every address that a glob of one scope and family can match is matched by the outer glob too. Where that
 * cannot be seen from the two texts, it is not.
 * @param inner such as `orgs/acme/secrets/PAY_*`; a `**` means one segment, because below a family there is only one
 */
export function coversGlob(outer: string, inner: string): boolean {
  const tokens = tokenize(encoded(outer).toLowerCase())
  let places = withSkips(tokens, [0])
  for (const letter of `/${encoded(inner).toLowerCase().replace(/\*+/g, '*')}`) {
    places = withSkips(tokens, isGlob(letter) ? cover(tokens, places, letter) : advance(tokens, places, letter))
  }
  return places.has(tokens.length)
}

/** Whether an address glob can match anything that begins so, such as `repos/acme/`. */
export function reachesBelow(glob: string, start: string): boolean {
  const tokens = tokenize(encoded(glob).toLowerCase())
  let places = withSkips(tokens, [0])
  for (const letter of `/${start.toLowerCase()}`) places = withSkips(tokens, advance(tokens, places, letter))
  return [...places].some((place) => place < tokens.length)
}

/** Any one name, as a part of an address. */
export const ANY_NAME = Symbol('any name')

/** One part of an address, between slashes: a word, or any name. */
export type Part = string | typeof ANY_NAME

/** Where in an address glob some parts of an address can end. */
export interface Met {
  /** Behind one more part; undefined where no address goes on so. */
  after(part: Part): Met | undefined
  /** Whether the whole glob can match the parts so far. */
  readonly isWhole: boolean
}

/** Follows the parts of an address through an address glob: parts that many addresses begin with are tried once. */
export function meetParts(glob: string): Met {
  const tokens = tokenize(encoded(glob).toLowerCase())
  const met = (here: ReadonlySet<number>): Met => ({
    isWhole: here.has(tokens.length),
    after(part) {
      let places = withSkips(tokens, advance(tokens, here, '/'))
      if (part === ANY_NAME) places = afterAnyName(tokens, places)
      else {
        for (const letter of part) {
          if (places.size === 0) return undefined
          places = withSkips(tokens, advance(tokens, places, letter))
        }
      }
      return places.size === 0 ? undefined : met(places)
    },
  })
  return met(withSkips(tokens, [0]))
}

/** The places after one letter or more of a name that can be any. */
function afterAnyName(tokens: readonly string[], from: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>()
  let front: readonly number[] = [...from]
  while (front.length > 0) {
    const next = front.flatMap((place) => {
      const token = tokens[place]
      if (token === undefined || token === '/' || token === '/**') return []
      return token === '*' || token === '**' ? [place, place + 1] : [place + 1]
    })
    front = [...withSkips(tokens, next)].filter((place) => !found.has(place))
    for (const place of front) found.add(place)
  }
  return found
}

/** Whether a text is a glob rather than a name. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text)
}

function encoded(glob: string): string {
  return glob.replace(/[^\w/%*?.!~'()-]+|%(?![\da-f]{2})/gi, encodeName)
}

/** A slash before the whole lets `**` at the beginning be one like any other. */
function tokenize(glob: string): readonly string[] {
  // A second `/**` right behind the first adds nothing.
  const plain = `/${glob}`.replace(/(?:\/\*\*+){2,}(?=\/|$)/g, '/**')
  return [...plain.matchAll(TOKENS)].flatMap(([token]) => {
    if (!token.endsWith('**')) return [token]
    return token.startsWith('/') ? ['/**', '**'] : ['**']
  })
}

/** The places with those that follow because a star may stand for nothing. */
function withSkips(tokens: readonly string[], from: readonly number[]): ReadonlySet<number> {
  const places = new Set(from)
  for (const place of places) {
    const token = tokens[place]
    if (token === '*' || token === '**') places.add(place + 1)
    if (token === '/**') places.add(place + 2)
  }
  return places
}

function advance(tokens: readonly string[], places: ReadonlySet<number>, letter: string): number[] {
  const next: number[] = []
  for (const place of places) {
    const token = tokens[place]
    if (token === '**' || (token === '*' && letter !== '/')) next.push(place)
    else if (token === letter || (token === '?' && letter !== '/') || (token === '/**' && letter === '/')) {
      next.push(place + 1)
    }
  }
  return next
}

/** The places after a wildcard of another glob: only a star covers all texts of a star. */
function cover(tokens: readonly string[], places: ReadonlySet<number>, wildcard: string): number[] {
  return [...places].flatMap((place) => {
    const token = tokens[place]
    if (token === '*' || token === '**') return [place]
    return token === '?' && wildcard === '?' ? [place + 1] : []
  })
}
