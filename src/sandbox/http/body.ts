import { invalidRequest } from './errors.ts'

/** The fields of a request's body. Fields that GitHub does not document are ignored, as GitHub ignores them. */
export type Body = Readonly<Record<string, unknown>>

/** @throws Refusal 422 when the body is JSON but not an object. No body at all is an empty object. */
export function fieldsOf(body: unknown): Body {
  if (body === undefined) return {}
  if (!isObject(body)) throw invalidRequest(`${shown(body)} is not an object.`)
  return body
}

export function text(body: Body, field: string): string | undefined {
  return typed(body, field, 'a string', (value) => typeof value === 'string')
}

export function flag(body: Body, field: string): boolean | undefined {
  return typed(body, field, 'a boolean', (value) => typeof value === 'boolean')
}

/** The integers of a list. A string of digits is none: `For 'items', "12345" is not an integer.` */
export function integers(body: Body, field: string): number[] | undefined {
  return list(body, field, 'an integer', (item) => Number.isInteger(item))
}

export function texts(body: Body, field: string): string[] | undefined {
  return list(body, field, 'a string', (item) => typeof item === 'string')
}

/** One of the words that GitHub documents: `x is not a member of ["all", "local_only", "selected"].` */
export function choice<Word extends string>(body: Body, field: string, words: readonly Word[]): Word | undefined {
  const value = text(body, field)
  if (value === undefined) return undefined
  const word = words.find((each) => each === value)
  if (word !== undefined) return word
  throw invalidRequest(`${value} is not a member of [${words.map((each) => `"${each}"`).join(', ')}].`)
}

/** @throws Refusal 422 when a field that GitHub requires was not sent. */
export function required<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) throw invalidRequest(`"${field}" wasn't supplied.`)
  return value
}

function list<Item>(body: Body, field: string, kind: string, fits: (item: unknown) => boolean): Item[] | undefined {
  const items = typed<unknown[]>(body, field, 'an array', Array.isArray)
  for (const item of items ?? []) {
    if (!fits(item)) throw invalidRequest(`For 'items', ${shown(item)} is not ${kind}.`)
  }
  return items as Item[] | undefined
}

function typed<Value>(body: Body, field: string, kind: string, fits: (value: unknown) => boolean): Value | undefined {
  const value = body[field]
  if (value === undefined) return undefined
  if (!fits(value)) throw invalidRequest(`For 'properties/${field}', ${shown(value)} is not ${kind}.`)
  return value as Value
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** GitHub prints null as Ruby does. */
function shown(value: unknown): string {
  return value === null ? 'nil' : JSON.stringify(value)
}
