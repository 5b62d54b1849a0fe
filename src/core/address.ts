import { LADDER, LEVELS, namesOf, ownerNamed, type Scope, type ScopeType, scopeNamed, scopeOwned } from './scope.ts'

/** The place of a change: scope, family and key. A settings document has the key `''`. */
export interface Address {
  readonly scope: Scope
  readonly family: string
  readonly key: string
}

/** The path of a scope, such as `orgs/acme` or `repos/acme/web/environments/prod`; names are percent-encoded. */
export function formatScope(scope: Scope): string {
  const { address, above, rooted, params } = LADDER[scope.type]
  const named: Readonly<Record<string, string | undefined>> = scope
  if (!rooted) {
    return joined([formatScope(scopeNamed(above, namesOf(scope))), address, encodeName(namesOf(scope).at(-1) ?? '')])
  }
  const parts: string[] = [address]
  for (const param of params) parts.push(encodeName(named[param] ?? ''))
  return joined(parts)
}

/** The path of a level with these names, which are encoded already, or globs. */
export function pathOf(type: ScopeType, names: readonly string[]): string {
  const { address, above, rooted } = LADDER[type]
  return rooted ? `${address}/${names.join('/')}` : `${pathOf(above, names.slice(0, -1))}/${address}/${names.at(-1)}`
}

/** The text of an address, such as `orgs/acme/secrets/NPM_TOKEN`. It is the plan's key and its sort key. */
export function formatAddress(scope: Scope, family: string, key: string): string {
  const place = formatScope(scope)
  return joined(key === '' ? [place, family] : [place, family, encodeName(key)])
}

/** One flat text: what `+` gives keeps each of its parts alive until it is read, and addresses are kept by the 100,000. */
function joined(parts: readonly string[]): string {
  return parts.join('/')
}

const PLAIN = /^[\w.~!*'()-]*$/

/** A name as it stands in an address. Half of a surrogate pair, which is no text, becomes the replacement character. */
export function encodeName(name: string): string {
  if (PLAIN.test(name)) return name
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd'))
}

/** The levels whose addresses begin with their own word, and what each is the parent of, by word. */
const ROOTS = byWord(LEVELS.filter((type) => LADDER[type].rooted))
const BELOW = new Map(
  LEVELS.map((above) => [above, byWord(LEVELS.filter((type) => !LADDER[type].rooted && LADDER[type].above === above))]),
)

function byWord(types: readonly ScopeType[]): ReadonlyMap<string, ScopeType> {
  return new Map(types.map((type) => [LADDER[type].address, type]))
}

interface ParsedScope {
  readonly scope: Scope
  readonly rest: readonly string[]
}

/** Reads a scope's path and the parts after it; undefined when the text starts with no scope. */
function parseScope(text: string): ParsedScope | undefined {
  const [root = '', ...parts] = text.split('/').map(decode)
  const type = ROOTS.get(root)
  if (type === undefined) return undefined
  const count = LADDER[type].params.length
  const names = parts.slice(0, count)
  if (names.length < count || names.includes('')) return undefined
  return descend(type, names, parts.slice(count))
}

/**
 * The narrowest scope that the parts lead to. The last ones are always a family and its key, even if they equal the
 * word of a level.
 */
function descend(type: ScopeType, names: readonly string[], rest: readonly string[]): ParsedScope {
  const [word = '', name = '', ...further] = rest
  const below = BELOW.get(type)?.get(word)
  if (below === undefined || name === '' || further.length === 0) return { scope: scopeNamed(type, names), rest }
  return descend(below, [...names, name], further)
}

/** Reads the path of a scope alone, as {@link formatScope} writes it; undefined when it is none. */
export function scopeAt(path: string): Scope | undefined {
  const parsed = parseScope(path)
  return parsed?.rest.length === 0 ? parsed.scope : undefined
}

/** Reads the text of an address; undefined when it names no scope and family. The key's case is kept. */
export function parseAddress(text: string): Address | undefined {
  const parsed = parseScope(text)
  if (!parsed) return undefined
  const [family, ...key] = parsed.rest
  if (!family || key.length > 1) return undefined
  return { scope: parsed.scope, family, key: key[0] ?? '' }
}

/**
 * The owner at the beginning of an address, a section or a scope, as {@link ownerOf} has it; undefined where there is
 * none.
 */
export function ownerOfPlace(place: string): string | undefined {
  const [root = '', name = ''] = place.split('/')
  return ROOTS.has(root) && name !== '' ? ownerWritten(root, name.toLowerCase()) : undefined
}

/** The level that an address begins with; undefined where it begins with none. */
export function rootLevel(address: string): ScopeType | undefined {
  return ROOTS.get(address.split('/')[0] ?? '')
}

/** The owner whose name follows the first word of an address. */
export function ownerWritten(root: string, name: string): string {
  const type = ROOTS.get(root)
  return type === undefined ? name : ownerNamed(type, name)
}

/** The place of an owner in words of addresses: where it is called an organization, an enterprise, or neither. */
export function ownerPlace({ name, by }: { readonly name: string; readonly by: ScopeType }): string {
  return pathOf(by, namesOf(scopeOwned(by, name)).slice(0, 1))
}

/** Sorts by code units, so that the order depends on no locale. */
export function byText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
