export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A document of fields, in the shape that the YAML has. */
export type Document = { readonly [key: string]: Json }

/** The value at a dotted path such as `selected_actions.patterns_allowed`; undefined where any step is missing. */
export function getPath(document: object, path: string): Json | undefined {
  // Nearly all paths have one step, and are read a hundred thousand times.
  if (!path.includes('.')) return within(document, path)
  let value: Json | undefined
  for (let from = 0, dot = 0; dot !== -1; from = dot + 1) {
    dot = path.indexOf('.', from)
    value = within(from === 0 ? document : value, dot === -1 ? path.slice(from) : path.slice(from, dot))
    if (value === undefined) return undefined
  }
  return value
}

function within(value: unknown, step: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return Object.hasOwn(value, step) ? (value as Record<string, Json>)[step] : undefined
}

/** A copy of the document with the value at the dotted path set, or taken out when it is undefined. */
export function withPath(document: Document, path: string, value: Json | undefined): Document {
  if (!path.includes('.')) {
    // A spread that gets another key after it gives each document a shape of its own, which takes more than the document.
    if (value !== undefined) return Object.assign({}, document, { [path]: value })
    const { [path]: _, ...others } = document
    return others
  }
  const [step = '', ...rest] = path.split('.')
  const copy: Record<string, Json> = { ...document }
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

/** Whether a document or another plain object has a key. */
export function hasAny(entries: object): boolean {
  for (const _ in entries) return true
  return false
}
