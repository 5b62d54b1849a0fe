/** The types of a value in an answer, in GitHub's terms. */
export type Type =
  | 'boolean'
  /** Any text, also an empty one. */
  | 'text'
  | 'words'
  /** A whole number above 0, exact as a number of JavaScript's. */
  | 'id'
  /** A whole number from 0 on. */
  | 'count'
  | 'repository name'
  | 'full name'
  | 'login'
  | 'secret name'
  | 'variable name'
  | 'time'
  | 'public key'
  /** A text, or a list of texts. */
  | 'text or texts'
  /** An object with arbitrary keys, each with a text. */
  | 'texts by key'
  /** One of these words. */
  | readonly string[]
  | { readonly list: Type }
  | { readonly fields: Fields }

/** By name: `name?` may be missing, `name|null` may be null. */
export type Fields = Readonly<Record<string, Type>>

interface Problem {
  /** Such as `has no name`, or `has an id that is not a whole number above 0`. */
  readonly says: string
}

export type Shaped = { readonly value: unknown } | Problem

/**
 * Reads the described fields of an object; all other fields are dropped.
 * @param lacks whether the product's answer never has this field
 */
export type ShapeOf = (fields: Fields, value: unknown, lacks?: (field: string) => boolean) => Shaped

/** Makes a reader that takes the keys of each {@link Fields} apart once, for the many answers that have it. */
export function openShapes(): ShapeOf {
  const known = new Map<Fields, readonly Field[]>()
  const fieldsOf = (fields: Fields): readonly Field[] => {
    const found = known.get(fields)
    if (found !== undefined) return found
    const read = Object.entries(fields).map(fieldOf)
    known.set(fields, read)
    return read
  }
  const shapeOf: ShapeOf = (fields, value, lacks) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return { says: `is ${article(value)}` }
    const kept: Record<string, unknown> = {}
    for (const { name, optional, nullable, type } of fieldsOf(fields)) {
      const given: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
      if (given === undefined) {
        if (!optional && lacks?.(name) !== true) return { says: `has no ${name}` }
      } else if (given === null && nullable) kept[name] = null
      else if (typeof type === 'string') {
        const says = faultOf(type, given)
        if (says !== undefined) return { says: within(name, says) }
        kept[name] = given
      } else {
        const shaped = composed(type, given, shapeOf)
        if ('says' in shaped) return { says: within(name, shaped.says) }
        kept[name] = shaped.value
      }
    }
    return { value: kept }
  }
  return shapeOf
}

interface Field {
  readonly name: string
  readonly optional: boolean
  readonly nullable: boolean
  readonly type: Type
}

/** Reads an entry of {@link Fields}. */
function fieldOf([key, type]: readonly [string, Type]): Field {
  const optional = key.endsWith('?')
  const rest = optional ? key.slice(0, -1) : key
  const nullable = rest.endsWith('|null')
  return { name: nullable ? rest.slice(0, -'|null'.length) : rest, optional, nullable, type }
}

const PATTERNS = {
  words: [/\S/, 'not text'],
  'repository name': [/^(?!\.{1,2}$)[\w.-]{1,100}$/, 'not the name of a repository'],
  'full name': [/^[\w.-]{1,100}\/(?!\.{1,2}$)[\w.-]{1,100}$/, 'not the full name of a repository'],
  login: [/^[\w.-]{1,100}(?:\[bot\])?$/, 'not the name of an account'],
  'secret name': [/^[A-Za-z_]\w*$/, 'not the name of a secret'],
  'variable name': [/^[A-Za-z_]\w*$/, 'not the name of a variable'],
  time: [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/, 'not a time'],
  'public key': [/^[A-Za-z0-9+/]{43}=$/, 'not a public key of 32 bytes'],
} as const satisfies Readonly<Record<string, readonly [RegExp, string]>>

/** Why a value is not of the type, as the end of a clause; undefined where it is. */
function faultOf(type: Extract<Type, string>, value: unknown): string | undefined {
  const not = (what: string): string => `which is ${value === null ? 'null' : what}`
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : not('neither true nor false')
  if (type === 'id') return isWhole(value, 1) ? undefined : not('not a whole number above 0')
  if (type === 'count') return isWhole(value, 0) ? undefined : not('not a whole number')
  if (type === 'texts by key') {
    const texts = typeof value === 'object' && value !== null && !Array.isArray(value)
    return texts && Object.values(value).every((each) => typeof each === 'string')
      ? undefined
      : not('not an object of texts')
  }
  if (type === 'text or texts') {
    const isEach = [value].flat().every((each) => typeof each === 'string')
    return isEach ? undefined : not('neither text nor a list of texts')
  }
  if (typeof value !== 'string') return not('not text')
  if (type === 'text') return undefined
  const [pattern, what] = PATTERNS[type]
  if (!pattern.test(value)) return not(what)
  return type === 'time' && Number.isNaN(Date.parse(value)) ? not(what) : undefined
}

function typed(type: Type, value: unknown, shapeOf: ShapeOf): Shaped {
  if (typeof type === 'object') return composed(type, value, shapeOf)
  const says = faultOf(type, value)
  return says === undefined ? { value } : { says }
}

function composed(type: Exclude<Type, string>, value: unknown, shapeOf: ShapeOf): Shaped {
  if ('fields' in type) {
    const shaped = shapeOf(type.fields, value)
    return 'says' in shaped ? { says: shaped.says.startsWith('is ') ? `which ${shaped.says}` : shaped.says } : shaped
  }
  if (!('list' in type)) {
    const known = typeof value === 'string' && type.includes(value)
    return known ? { value } : { says: `which is none of ${type.join(', ')}` }
  }
  if (!Array.isArray(value)) return { says: `which is ${article(value)} and not a list` }
  const items: unknown[] = []
  for (const each of value) {
    const shaped = typed(type.list, each, shapeOf)
    if ('says' in shaped) return { says: `whose item ${items.length + 1} ${shaped.says.replace(/^which /, '')}` }
    items.push(shaped.value)
  }
  return { value: items }
}

/** `has no ref` of `base` is `has a base that has no ref`. */
function within(name: string, says: string): string {
  return `has a field ${name} ${/^(?:which|whose) /.test(says) ? says : `that ${says}`}`
}

function isWhole(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
}

/** An own property of an object; undefined where there is none. */
export function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}

/** Names a value's type for messages; never the value itself. */
function article(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : typeof value === 'string' ? 'a text' : `a ${typeof value}`
}
