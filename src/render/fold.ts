import { type Address, byText, formatScope, parseAddress } from '../core/address.ts'
import { append } from '../core/append.ts'
import { LADDER, type Scope } from '../core/scope.ts'
import { groupBy } from './group-by.ts'
import { formatName } from './value.ts'

/** The least number of equal rows that become one. */
const FOLDED_FROM = 3

/** The subject of a row: one address, or many with the same content. */
export interface Subject {
  /** An address; of many, their common part: `500 repositories: permissions`. */
  readonly text: string
  /** Of many, the parts that differ: scopes, or the keys in one scope. */
  readonly names: readonly string[]
}

export interface Folded<T> {
  readonly subject: Subject
  readonly items: readonly [T, ...T[]]
}

interface Addressed {
  readonly address: string
}

/**
 * Folds items of equal content where only the scope differs, and then those where only the key in one scope differs.
 * @param content all that a row prints beside the address
 * @returns sorted by the first address of each
 */
export function fold<T extends Addressed>(items: readonly T[], content: (item: T) => string): readonly Folded<T>[] {
  return foldBy(items, ({ address }) => address, content)
}

/** The same for items that have their address elsewhere. */
export function foldBy<T>(
  items: readonly T[],
  addressOf: (item: T) => string,
  content: (item: T) => string,
): readonly Folded<T>[] {
  const sorted = [...items].sort((left, right) => byText(addressOf(left), addressOf(right)))
  // Of each item its number alone is kept: a plan of 10,000 repositories folds 160,000.
  const numberOf = numbering()
  const contents = sorted.map((item) => numberOf(content(item)))
  const parse = openParser()
  const scopes: (Scope | undefined)[] = []
  const placeOf = openPlaces()
  const itemAt = (index: number): T => sorted[index] as T
  const keyedBy = (key: (parsed: Address) => string) => (index: number) => {
    const parsed = parse(addressOf(itemAt(index)))
    scopes[index] = parsed?.scope
    return parsed && `${contents[index]} ${key(parsed)}`
  }
  const byScope = gather(
    [...sorted.keys()],
    keyedBy(({ scope, family, key }) => `${scope.type} ${family.length} ${family} ${key}`),
  )
  const byKey = gather(
    byScope.rest,
    keyedBy(({ scope, family }) => `${placeOf(scope)} ${family}`),
  )
  const addressAt = (index: number): string => addressOf(itemAt(index))
  const placeAt = (index: number): string => {
    const scope = scopes[index]
    return scope ? placeOf(scope) : addressAt(index)
  }
  const itemsAt = ([first, ...others]: Indexes): readonly [T, ...T[]] => [itemAt(first), ...others.map(itemAt)]
  const folded = [
    ...byScope.groups.map((group) => ({ subject: scopesSubject(group, addressAt, placeAt), items: itemsAt(group) })),
    ...byKey.groups.map((group) => ({ subject: keysSubject(group.map(addressAt)), items: itemsAt(group) })),
    ...byKey.rest.map((index): Folded<T> => {
      return { subject: { text: addressAt(index), names: [] }, items: [itemAt(index)] }
    }),
  ]
  return folded.sort((left, right) => byText(addressOf(left.items[0]), addressOf(right.items[0])))
}

/**
 * Reads addresses. Those that come one after the other in the order of their texts are mostly of one scope, whose path is
 * taken apart once.
 */
function openParser(): typeof parseAddress {
  let last: Address | undefined
  let place = ''
  let section = ''
  return (text) => {
    const slash = text.lastIndexOf('/')
    const name = text.slice(slash + 1)
    if (last !== undefined && name !== '' && !name.includes('%')) {
      const { scope, family } = last
      if (slash === place.length && text.startsWith(place)) return { scope, family: name, key: '' }
      if (slash === section.length && text.startsWith(section)) return { scope, family, key: name }
    }
    last = parseAddress(text)
    section = last?.key === '' ? text : text.slice(0, slash)
    place = section.slice(0, section.lastIndexOf('/'))
    return last
  }
}

/** The path of each scope, written once. */
function openPlaces(): (scope: Scope) => string {
  const places = new Map<Scope, string>()
  return (scope) => {
    const place = places.get(scope) ?? formatScope(scope)
    places.set(scope, place)
    return place
  }
}

type Indexes = readonly [number, ...number[]]

/** Groups of at least three by key, in the order of the items; an item without a key stays alone. */
function gather(
  items: readonly number[],
  keyOf: (item: number) => string | undefined,
): { readonly groups: readonly Indexes[]; readonly rest: readonly number[] } {
  const groups: Indexes[] = []
  const rest: number[] = []
  const byKey = groupBy(items, (item) => keyOf(item) ?? item)
  for (const group of byKey.values()) {
    if (group.length < FOLDED_FROM) append(rest, group)
    else groups.push(group)
  }
  return { groups, rest: rest.sort((left, right) => left - right) }
}

/** A number for each text, the same for equal ones: long contents are compared once. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>()
  return (text) => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
}

function scopesSubject(
  [first, ...others]: Indexes,
  addressAt: (index: number) => string,
  placeAt: (index: number) => string,
): Subject {
  const count = others.length + 1
  const parsed = parseAddress(addressAt(first))
  if (!parsed) return { text: `${count} addresses`, names: [first, ...others].map(addressAt) }
  const key = parsed.key === '' ? '' : `/${encodeURIComponent(parsed.key)}`
  return {
    text: `${count} ${LADDER[parsed.scope.type].key}: ${parsed.family}${key}`,
    names: [first, ...others].map(placeAt),
  }
}

function keysSubject(addresses: readonly string[]): Subject {
  const [address = ''] = addresses
  const first = parseAddress(address)
  const section = first ? `${formatScope(first.scope)}/${first.family}` : address
  const names = addresses.map((each) => formatName(parseAddress(each)?.key ?? each))
  return { text: `${addresses.length} members of ${section}`, names }
}
