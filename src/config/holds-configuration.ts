import { TOP_KEYS } from '../core/scope.ts'

/** Hardly any other JSON file has them. */
const KEYS: ReadonlySet<string> = new Set(TOP_KEYS)

/**
 * Whether the text of a `.json` in a folder is a configuration: whether one of its keys is at the top level. It need
 * not be well-formed, so that a configuration that lacks a bracket is reported, and not passed over.
 */
export function holdsConfiguration(json: string): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at += 1) {
    const letter = json[at]
    if (letter === '{' || letter === '[') depth += 1
    if (letter === '}' || letter === ']') depth -= 1
    if (letter !== '"') continue
    const end = endOfText(json, at + 1)
    const isKey = depth === 1 && /^\s*:/.test(json.slice(end + 1, end + 100))
    if (isKey && KEYS.has(json.slice(at + 1, end))) return true
    at = end
  }
  return false
}

/** The index of the quote that ends the text which begins here. */
function endOfText(json: string, from: number): number {
  let at = from
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
