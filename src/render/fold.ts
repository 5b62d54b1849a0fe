import { type Address, byText, formatScope, parseAddress } from '../core/address.ts'
import { append } from '../core/append.ts'
import { LADDER } from '../core/scope.ts'
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
  const sorted = [...items].sort((left, right) => byText(left.address, right.address))
  // Of each item its number alone is kept: a plan of 10,000 repositories folds 160,000.
  const numberOf = numbering()
  const contents = sorted.map((item) => numberOf(content(item)))
  const keyedBy = (key: (parsed: Address) => readonly string[]) => (index: number) => {
    const parsed = parseAddress(sorted[index]?.address ?? '')
    return parsed && JSON.stringify([...key(parsed), contents[index]])
  }
  const byScope = gather(
    [...sorted.keys()],
    keyedBy(({ scope, family, key }) => [scope.type, family, key]),
  )
  const byKey = gather(
    byScope.rest,
    keyedBy(({ scope, family }) => [formatScope(scope), family]),
  )
  const itemsAt = ([first, ...others]: readonly [number, ...number[]]): readonly [T, ...T[]] => {
    return [sorted[first] as T, ...others.map((index) => sorted[index] as T)]
  }
  const folded = [
    ...byScope.groups.map(itemsAt).map((group) => ({ subject: scopesSubject(group), items: group })),
    ...byKey.groups.map(itemsAt).map((group) => ({ subject: keysSubject(group), items: group })),
    ...byKey.rest.map((index): Folded<T> => {
      const item = sorted[index] as T
      return { subject: { text: item.address, names: [] }, items: [item] }
    }),
  ]
  return folded.sort((left, right) => byText(left.items[0].address, right.items[0].address))
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

function scopesSubject(items: readonly [Addressed, ...Addressed[]]): Subject {
  const first = parseAddress(items[0].address)
  if (!first) return { text: `${items.length} addresses`, names: items.map(({ address }) => address) }
  const key = first.key === '' ? '' : `/${encodeURIComponent(first.key)}`
  return {
    text: `${items.length} ${LADDER[first.scope.type].key}: ${first.family}${key}`,
    names: items.map(({ address }) => scopeOf(address)),
  }
}

function keysSubject(items: readonly [Addressed, ...Addressed[]]): Subject {
  const first = parseAddress(items[0].address)
  const section = first ? `${formatScope(first.scope)}/${first.family}` : items[0].address
  const names = items.map(({ address }) => formatName(parseAddress(address)?.key ?? address))
  return { text: `${items.length} members of ${section}`, names }
}

function scopeOf(address: string): string {
  const parsed = parseAddress(address)
  return parsed ? formatScope(parsed.scope) : address
}
