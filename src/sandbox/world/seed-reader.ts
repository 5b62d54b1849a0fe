/** A map in a seed, with its path. */
export interface Entry {
  readonly path: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** A problem of a seed, with its path. */
export class SeedError extends Error {
  constructor(path: string, problem: string) {
    super(`Seed: ${path === '' ? 'the top level' : path} ${problem}`)
  }
}

/** A map whose keys are fixed; nothing at all is an empty one. @throws SeedError naming an unknown key. */
export function entry(value: unknown, path: string, keys: readonly string[]): Entry {
  const fields = mapping(value, path)
  for (const key of Object.keys(fields)) {
    if (!keys.includes(key)) throw new SeedError(path, `has the unknown key "${key}". It takes: ${keys.join(', ')}.`)
  }
  return { path, fields }
}

/** A map from names to entries. */
export function named(parent: Entry, key: string, keys: readonly string[]): Map<string, Entry> {
  const path = join(parent.path, key)
  const entries = Object.entries(mapping(parent.fields[key], path))
  return new Map(entries.map(([name, value]) => [name, entry(value, join(path, name), keys)]))
}

/** A map with fixed keys inside another one. */
export function inner(parent: Entry, key: string, keys: readonly string[]): Entry {
  return entry(parent.fields[key], join(parent.path, key), keys)
}

/** A map inside another one whose keys are for the seed's author to choose. */
export function openMap(parent: Entry, key: string): Entry {
  const path = join(parent.path, key)
  return { path, fields: mapping(parent.fields[key], path) }
}

/** A list of maps whose keys are fixed. */
export function listed(parent: Entry, key: string, keys: readonly string[]): Entry[] {
  const items = typed<unknown[]>(parent, key, 'must be a list', Array.isArray) ?? []
  return items.map((item, index) => entry(item, `${join(parent.path, key)}.${index}`, keys))
}

export function textAt(parent: Entry, key: string): string | undefined {
  return typed(parent, key, 'must be text; put it in quotes', (value) => typeof value === 'string')
}

export function flagAt(parent: Entry, key: string): boolean | undefined {
  return typed(parent, key, 'must be true or false', (value) => typeof value === 'boolean')
}

/** An id of GitHub: a whole number from 1. */
export function idAt(parent: Entry, key: string): number | undefined {
  return typed(
    parent,
    key,
    'must be a whole number from 1',
    (value) => Number.isSafeInteger(value) && Number(value) > 0,
  )
}

export function textsAt(parent: Entry, key: string): string[] | undefined {
  return typed(
    parent,
    key,
    'must be a list of texts',
    (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  )
}

/** A moment as GitHub writes it, such as `2024-01-01T00:00:00Z`. */
export function momentAt(parent: Entry, key: string): string | undefined {
  return typed(
    parent,
    key,
    'must be a moment such as 2024-01-01T00:00:00Z',
    (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value),
  )
}

export function wordAt<Word extends string>(parent: Entry, key: string, words: readonly Word[]): Word | undefined {
  const problem = `must be one of ${words.join(', ')}`
  return typed(parent, key, problem, (value) => words.some((word) => word === value))
}

/** The place of a key below another place. */
export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function typed<Value>(
  parent: Entry,
  key: string,
  problem: string,
  fits: (value: unknown) => boolean,
): Value | undefined {
  const value = parent.fields[key]
  if (value === undefined) return undefined
  if (!fits(value)) throw new SeedError(join(parent.path, key), `${problem}.`)
  return value as Value
}

function mapping(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw new SeedError(path, 'must be a map.')
  return value as Readonly<Record<string, unknown>>
}
