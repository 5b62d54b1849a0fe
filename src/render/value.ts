import { isDocument, type Json } from '../core/json.ts'

/** A value in words: a scalar, or the members of a list, each already in words. */
export type Shown = string | readonly string[]

/** Text that needs no quotes: it can be taken neither for another value nor for a part of the sentence around it. */
const BARE = /^[A-Za-z0-9_./@*{][A-Za-z0-9_./@*{}:?!+~^-]*$/
const LOOKS_LIKE_ANOTHER_TYPE = /^(?:true|false|null|[+-]?\d+(?:\.\d+)?)$/

/** A name or a text, quoted as JSON where it is not plain. */
export function formatName(name: string): string {
  return BARE.test(name) ? name : JSON.stringify(name)
}

/** One value on one line; a text that looks like a number or a switch is quoted. */
export function formatScalar(value: Json): string {
  if (typeof value === 'string') return LOOKS_LIKE_ANOTHER_TYPE.test(value) ? JSON.stringify(value) : formatName(value)
  return JSON.stringify(sortKeys(value))
}

/** A value as it is shown: lists keep their members apart, so that a renderer can shorten them. */
export function formatValue(value: Json): Shown {
  return Array.isArray(value) ? value.map(formatScalar) : formatScalar(value)
}

/** A copy whose keys are in order, so that the same document always reads the same. */
function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isDocument(value)) return value
  const sorted: [string, Json][] = []
  for (const key of Object.keys(value).sort()) sorted.push([key, sortKeys(value[key] ?? null)])
  return Object.fromEntries(sorted)
}
