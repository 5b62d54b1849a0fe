import { distance } from 'fastest-levenshtein'
import type { Family } from './family.ts'
import { ANY_NAME, isGlob, type Met, meetParts, type Part } from './glob.ts'
import { LADDER, levelWords, type ScopeType, LEVELS as WIDE_FIRST } from './scope.ts'
import { isSimilar } from './similar.ts'

/** In the order in which messages name them: an enterprise is named last, because few have one. */
const LEVELS = [...WIDE_FIRST.slice(1), ...WIDE_FIRST.slice(0, 1)]

/** The parts that the addresses of each scope begin with. */
const SCOPES = Object.fromEntries(LEVELS.map((level) => [level, partsOf(level)])) as Readonly<
  Record<ScopeType, readonly [string, ...Part[]]>
>

function partsOf(level: ScopeType): readonly [string, ...Part[]] {
  const { address, above, rooted, params } = LADDER[level]
  return rooted ? [address, ...params.map((): Part => ANY_NAME)] : [...partsOf(above), address, ANY_NAME]
}

/** A longer glob is no slip of the pen, and every word would be compared with each of its parts. */
const LONGEST_SLIP = 200

/** No address is nearly that long. */
const LONGEST = 4000

/**
 * Explains why a glob can match no address in any state of GitHub; undefined where it can. A glob with a misspelt
 * family would otherwise silently protect, prune or target nothing.
 * @returns such as ``there is no family `secret`; did you mean `orgs/acme/secrets/*`?``
 */
export function whyNoAddress(glob: string, families: readonly Family[]): string | undefined {
  if (glob.length > LONGEST) return `matches no address: it is longer than ${LONGEST} letters`
  const misplaced = misplacedIn(glob, families)
  if (misplaced === undefined && matchesSome(glob, families)) return undefined
  const near = nearestGlob(glob, families)
  const why = misplaced ?? reasonOf(glob, families)
  if (near !== undefined) return `${why}; did you mean \`${near}\`?`
  const level = levelOf(glob.split('/'))
  if (level === undefined) return `${why}; write one such as \`orgs/acme/${families[0]?.name}\``
  return `${why}; ${levelWords(level)} has ${namesAt(level, families).join(', ')}`
}

/**
 * Finds a misspelt family behind a `**`, where it could be the name of an owner or a repository, too. A part that is
 * spelt much like a family, and has none beside it, counts as misspelt: a name can be written in its own place, as in
 * `repos/acme/web/**`.
 */
function misplacedIn(glob: string, families: readonly Family[]): string | undefined {
  const parts = glob.toLowerCase().split('/')
  const level = levelOf(parts)
  const place = level === undefined ? parts.length : SCOPES[level].length
  if (
    glob.length > LONGEST_SLIP ||
    (level !== undefined && !parts.slice(0, place).some((part) => part.includes('**')))
  ) {
    return undefined
  }
  const names = families.map(({ name }) => name)
  const last = parts.at(-1) ?? ''
  if (families.some(({ name, shape }) => name === last && shape === 'members')) {
    return `matches no address: \`${last}\` alone is none`
  }
  if (parts.some((part) => names.includes(part))) return undefined
  const wrong = parts.slice(level === undefined ? 0 : 1, -1).find((part) => names.some((name) => isNear(part, name)))
  return wrong === undefined ? undefined : `matches no address: there is no family \`${wrong}\``
}

function isNear(part: string, word: string): boolean {
  return !part.includes('**') && isSimilar(part, word)
}

function rootOf(level: ScopeType): string {
  return SCOPES[level][0]
}

/** Whether a glob can match the address of a family at some scope. */
function matchesSome(glob: string, families: readonly Family[]): boolean {
  const beginning = meetParts(glob)
  return LEVELS.some((level) => {
    const scope = SCOPES[level].reduce<Met | undefined>((met, part) => met?.after(part), beginning)
    return scope !== undefined && families.some((family) => existsAt(family, level, families) && meets(scope, family))
  })
}

function meets(scope: Met, { name, shape }: Family): boolean {
  const met = scope.after(name)
  return (shape === 'members' ? met?.after(ANY_NAME) : met)?.isWhole ?? false
}

/** Of a scope at which nothing is managed yet it is not known which families it has: any name of one may be right. */
function existsAt(family: Family, level: ScopeType, families: readonly Family[]): boolean {
  return family.scopes[level] !== undefined || families.every(({ scopes }) => scopes[level] === undefined)
}

function namesAt(level: ScopeType, families: readonly Family[]): readonly string[] {
  return families.filter((family) => existsAt(family, level, families)).map(({ name }) => name)
}

/** The scope that the parts of a glob begin with; undefined where it is ambiguous. */
function levelOf(parts: readonly string[]): ScopeType | undefined {
  return LEVELS.filter((level) => {
    return SCOPES[level].every((part, place) => typeof part !== 'string' || parts[place]?.toLowerCase() === part)
  }).at(-1)
}

function reasonOf(glob: string, families: readonly Family[]): string {
  const parts = glob.split('/')
  const [root = ''] = parts
  const roots = [...new Set(LEVELS.map(rootOf))]
  if (!isGlob(root) && !roots.includes(root.toLowerCase())) {
    const [last, ...others] = roots.map((word) => `\`${word}/\``).reverse()
    return `matches no address: each begins with ${others.reverse().join(', ')} or ${last}`
  }
  const level = levelOf(parts)
  const place = level === undefined ? -1 : SCOPES[level].length
  if (level === undefined || parts.slice(0, place).some((part) => part.includes('**'))) {
    return 'matches no address: there is no such family'
  }
  const [name, ...below] = parts.slice(place)
  if (name === undefined) return `matches no address: ${levelWords(level)} alone is none`
  const family = families.find((each) => each.name === name.toLowerCase())
  if (isGlob(name)) return `matches no address: no family of ${levelWords(level)} is named like \`${name}\``
  if (family === undefined) return `matches no address: there is no family \`${name}\``
  if (!existsAt(family, level, families)) {
    return `matches no address: \`${family.name}\` is not a family of ${levelWords(level)}`
  }
  if (family.shape === 'settings') return `matches no address: \`${family.name}\` has no names below it`
  if (below.length === 0) return `matches no address: \`${family.name}\` alone is none`
  return 'matches no address: a name is one part, and a `/` in it is %2F'
}

/** The glob with one word spelt otherwise, or with an end or a beginning, that can match: the least changed one. */
function nearestGlob(glob: string, families: readonly Family[]): string | undefined {
  if (glob.length > LONGEST_SLIP) return undefined
  const parts = glob.replace(/\/+$/, '').split('/')
  const words = [...new Set([...LEVELS.map(rootOf), ...families.map(({ name }) => name)])]
  const changed = parts.flatMap((part, place) =>
    words
      .filter((word) => isNear(part.toLowerCase(), word))
      .map((word) => ({ parts: parts.with(place, word), cost: distance(part.toLowerCase(), word) })),
  )
  // Of another scope it may be right as it is.
  const isMoved = isScope(parts) && parts.some((part) => families.some(({ name }) => name === part.toLowerCase()))
  const moved = isMoved ? LEVELS.map((level) => ({ parts: parts.with(0, rootOf(level)), cost: 4 })) : []
  const candidates = [{ parts, cost: 0 }, ...changed, ...moved].flatMap(({ parts: some, cost }) => {
    const text = some.join('/')
    return [
      { text, cost },
      { text: `${text}/**`, cost: cost + 0.5 },
      { text: `orgs/OWNER/${text}`, cost: cost + 2 },
      { text: `repos/OWNER/NAME/${text}`, cost: cost + 2 },
      { text: some.slice(0, -1).join('/'), cost: cost + 3.5 },
    ]
  })
  const isRight = (text: string): boolean => misplacedIn(text, families) === undefined && matchesSome(text, families)
  return candidates.sort((left, right) => left.cost - right.cost).find(({ text }) => text !== glob && isRight(text))
    ?.text
}

function isScope([root = '', , ...below]: readonly string[]): boolean {
  return below.length > 0 && LEVELS.some((level) => rootOf(level) === root.toLowerCase())
}
