import { byText } from '../core/address.ts'
import { type Diagnostic, formatSource, type Source } from '../core/diagnostic.ts'
import type { Allowance, Grants } from './grants.ts'

/** Something that a file declares and may not. */
export interface Disallowed {
  readonly file: string
  readonly source: Source
  /** The kind of the declaration: an address, the members that a glob of `prune` matches, or the source of a value. */
  readonly kind: 'address' | 'prune' | 'value'
  /** The address, address glob or value source. */
  readonly what: string
}

/** One error for each place: a set can declare thousands of addresses at one. */
export function disallowedProblems(
  disallowed: readonly Disallowed[],
  grants: Grants,
  allowance: (file: string) => Allowance,
): readonly Diagnostic[] {
  const places = new Map<string, Disallowed[]>()
  for (const each of disallowed) {
    const place = `${each.kind} ${formatSource(each.source)}`
    const there = places.get(place)
    if (there === undefined) places.set(place, [each])
    else there.push(each)
  }
  return [...places.values()].map((there): Diagnostic => {
    const [first, ...others] = [...there].sort((left, right) => byText(left.what, right.what))
    if (!first) throw new Error('bug: a place without denials')
    const more = new Set(others.map(({ what }) => what).filter((what) => what !== first.what)).size
    const also = more === 0 ? '' : ` (and ${more} more)`
    const message = `this file may not ${VERBS[first.kind]} ${first.what}${also}: ${needed(first, grants, allowance)}`
    const address = first.kind === 'address' ? { address: first.what } : {}
    return { severity: 'error', message, source: first.source, ...address }
  })
}

const VERBS: Readonly<Record<Disallowed['kind'], string>> = { address: 'declare', prune: 'prune', value: 'take' }

function needed({ kind, what, file }: Disallowed, grants: Grants, allowance: (file: string) => Allowance): string {
  const key = kind === 'value' ? 'values' : 'addresses'
  const glob = kind === 'value' ? what.slice(what.indexOf(':') + 1) : what
  const place = formatSource(grants.source)
  const { names } = allowance(file)
  const [first] = names
  if (first === undefined)
    return `it lies outside of the folder of ${grants.source.file}, so no entry of \`files\` at ${place} matches it`
  // By which name it may not, a reader sees from the entries sooner than from words.
  if (names.length > 1) {
    const both = names.map(({ name }) => `"${name}"`).join(' and ')
    return `a link leads to it, so that takes "${glob}" among the ${key} of each of ${both} in \`files\` at ${place}`
  }
  const [entry] = first.entries
  if (entry) return `that takes "${glob}" among the ${key} of "${entry.files}" at ${formatSource(entry.source)}`
  return `no entry of \`files\` at ${place} matches it; that takes "${first.name}": { ${key}: ["${glob}"] } there`
}
