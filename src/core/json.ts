export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A document of fields, in the shape that the YAML has. */
export type Document = { readonly [key: string]: Json }

/** The value at a dotted path such as `selected_actions.patterns_allowed`; undefined where any step is missing. */
export function getPath(document: object, path: string): Json | undefined {
  let value: unknown = document
  for (const step of path.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
    value = Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined
  }
  return value as Json | undefined
}

/** A copy of the document with the value at the dotted path set, or taken out when it is undefined. */
export function withPath(document: Document, path: string, value: Json | undefined): Document {
  const [step = '', ...rest] = path.split('.')
  const copy: Record<string, Json> = { ...document }
  if (rest.length === 0) {
    if (value === undefined) delete copy[step]
    else copy[step] = value
    return copy
  }
  const inner = copy[step]
  const nested = withPath(isDocument(inner) ? inner : {}, rest.join('.'), value)
  if (Object.keys(nested).length === 0) delete copy[step]
  else copy[step] = nested
  return copy
}

export function isDocument(value: unknown): value is Document {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** Deep equality of plain JSON; the order of keys does not matter, the order of arrays does. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item, right[index]))
  }
  if (!isDocument(left) || !isDocument(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
}
