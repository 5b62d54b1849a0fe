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
  return [...stableJsonParts(value)].join('')
}

/**
 * The same text in parts, one for each entry of a list at the top and one for all else: a plan may come to more than one
 * text can hold.
 */
export function* stableJsonParts(value: object): Iterable<string> {
  const entries = sortedEntries(value).filter(([, inner]) => inner !== undefined)
  if (Array.isArray(value) || entries.length === 0) return yield `${textOf(value, '')}\n`
  let before = '{\n  '
  for (const [key, inner] of entries) {
    yield `${before}${textOf(key, '')}: `
    before = ',\n  '
    if (!Array.isArray(inner) || inner.length === 0) {
      yield textOf(inner, '  ')
      continue
    }
    for (const [index, item] of inner.entries()) yield `${index === 0 ? '[' : ','}\n    ${textOf(item, '    ')}`
    yield '\n  ]'
  }
  yield '\n}\n'
}

/** Texts of JSON hold no line break, so that each one begins a line. An entry of a list that JSON cannot hold is null. */
function textOf(value: unknown, indent: string): string {
  return printableJson(JSON.stringify(ordered(value), undefined, 2) ?? 'null').replaceAll('\n', `\n${indent}`)
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(sortedEntries(value).map(([key, inner]) => [key, ordered(inner)]))
}

function sortedEntries(value: object): [string, unknown][] {
  return Object.entries(value).sort(([left], [right]) => rank(left) - rank(right) || byText(left, right))
}

function rank(key: string): number {
  return RANKS.get(key) ?? FIRST.length
}
