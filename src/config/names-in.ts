import type { Json } from '../core/json.ts'

/** `acme/web` within acme is `web`; undefined where it is of another owner. */
export function belowOwner(text: string, owner: string): string | undefined {
  const slash = text.indexOf('/')
  if (slash === -1) return text
  return text.slice(0, slash).toLowerCase() === owner ? text.slice(slash + 1) : undefined
}

/** The texts of one text or of a list of them. */
export function alternatives(value: Json | undefined): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return list.filter((each) => typeof each === 'string')
}
