import { byText } from '../core/address.ts'
import { printableJson } from './printable.ts'

/** The keys that readers look for come first; every other key follows in order. */
const FIRST = [
  'format_version',
  'host',
  'complete',
  'digest',
  'counts',
  'section',
  'scope',
  'severity',
  'guard',
  'repository',
  'address',
  'action',
  'op',
  'path',
  'before',
  'after',
  'patch',
  'message',
]
const RANKS: ReadonlyMap<string, number> = new Map(FIRST.map((key, index) => [key, index]))

/** Plain data as indented JSON: the same data gives the same text, and no character of it is unseen. */
export function stableJson(value: object): string {
  return `${printableJson(JSON.stringify(ordered(value), undefined, 2))}\n`
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([left], [right]) => rank(left) - rank(right) || byText(left, right))
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]))
}

function rank(key: string): number {
  return RANKS.get(key) ?? FIRST.length
}
