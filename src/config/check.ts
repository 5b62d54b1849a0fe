import type { Diagnostic } from '../core/diagnostic.ts'
import { shownKey } from '../core/shown-key.ts'
import { similarTo } from '../core/similar.ts'
import type { KnownMap, SchemaError, Validate } from '../shipped/validators.js'
import { describeUnknownKey, fits, mapAt } from './unknown-key.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/**
 * Checks a file against the schemas: one message for each wrong place. No message holds data, only keys, and below a
 * secret's `value` not even these.
 */
export function checkFile(file: YamlFile, validate: Validate, maps: readonly KnownMap[]): readonly Diagnostic[] {
  if (validate(file.value)) return []
  const byPlace = new Map<string, SchemaError[]>()
  for (const error of validate.errors ?? []) {
    if (error.keyword === 'if') continue
    const errors = byPlace.get(error.instancePath)
    if (errors === undefined) byPlace.set(error.instancePath, [error])
    else errors.push(error)
  }
  const problems: Diagnostic[] = []
  const values = new Set<string>()
  for (const [pointer, errors] of byPlace) {
    const { path, data } = find(pointer, file)
    if (file.isFaulty(path)) continue
    const value = valueAbove(path, maps)
    if (value !== undefined) {
      const id = JSON.stringify(value)
      const message = path.at(value.length) === 'version' ? VERSION : VALUE
      if (!values.has(id)) problems.push({ severity: 'error', message, source: file.place(value) })
      values.add(id)
      continue
    }
    // For a value of a wrong type, the choices help more than the type, and either more than errors that follow from
    // it.
    const best = errors.find(({ keyword }) => keyword === 'enum') ?? errors.find(({ keyword }) => keyword === 'type')
    for (const error of best === undefined ? withoutMisspelt(errors) : [best]) {
      if (problems.length === MOST_PROBLEMS) return problems
      // Finding the meant key costs more than all other checks, so that only the first problems get a hint.
      problems.push(diagnose(error, path, data, file, problems.length < MOST_HINTS ? maps : []))
    }
  }
  return problems
}

const MOST_HINTS = 5000
/** Far more than are printed; the others of a file would take a fifth of the memory that a configuration may. */
const MOST_PROBLEMS = 150_000

const VALUE =
  '`value` takes exactly one of `{ env: NAME }`, `{ file: PATH }` and `{ sealed: { key_id, encrypted_value } }`, as ' +
  '`octoform seal` prints it; a value itself never stands here'

const VERSION = '`version` takes one word beside `env` or `file`, such as a date: letters, digits and `_ . : + -`'

/** Drops the error about a missing key where a misspelt form of it is already reported. */
function withoutMisspelt(errors: readonly SchemaError[]): readonly SchemaError[] {
  if (!errors.some(({ keyword }) => keyword === 'required')) return errors
  const unknown = errors.flatMap(({ keyword, params }) =>
    keyword === 'additionalProperties' ? [String(params.additionalProperty)] : [],
  )
  return errors.filter(({ keyword, params }) => {
    return keyword !== 'required' || !unknown.some((key) => similarTo(key, [params.missingProperty]) !== undefined)
  })
}

function diagnose(
  error: SchemaError,
  path: Path,
  data: unknown,
  file: YamlFile,
  maps: readonly KnownMap[],
): Diagnostic {
  const unknown = unknownKey(error, path)
  if (unknown !== undefined) {
    const { key, within } = unknown
    const message = describeUnknownKey(key, within, maps)
    return { severity: 'error', message, source: file.place([...within, key]) }
  }
  const source = error.keyword === 'required' ? file.place(path) : file.valuePlace(path)
  return { severity: 'error', message: `${nameOf(path)} ${complaint(error, path, data, maps)}`, source }
}

function unknownKey(error: SchemaError, path: Path): { key: string; within: Path } | undefined {
  if (error.keyword === 'additionalProperties') return { key: String(error.params.additionalProperty), within: path }
  if (error.keyword === 'false schema') return { key: String(path.at(-1)), within: path.slice(0, -1) }
  return undefined
}

function complaint({ keyword, params }: SchemaError, path: Path, data: unknown, maps: readonly KnownMap[]): string {
  const map = mapAt(path, maps)
  switch (keyword) {
    case 'type':
      return wrongType([params.type].flat(), data, path, map)
    case 'enum':
      if (map !== undefined && data === 'absent') {
        const what = map.path.at(-1) === '*' ? 'GitHub has no way to delete it' : 'settings are always there'
        return `cannot be absent: ${what}. Take it out to leave it alone`
      }
      if (map !== undefined && typeof data === 'string' && /^\w+:\S/.test(data)) {
        return 'must be a map; a blank follows the colon of a key'
      }
      return `must be ${map !== undefined ? 'a map or ' : ''}${oneOf(params.allowedValues)}`
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`
    case 'required':
      return `lacks \`${params.missingProperty}\`${params.missingProperty === 'match' ? '; `match: {}` is everything' : ''}`
    case 'minimum':
    case 'maximum':
      return `must be at ${keyword === 'minimum' ? 'least' : 'most'} ${params.limit}`
    case 'maxProperties':
      return 'must be empty: it is not supported yet'
    default:
      return 'must not be empty'
  }
}

function wrongType(expected: readonly string[], data: unknown, path: Path, map: KnownMap | undefined): string {
  if (typeof data === 'string' && expected.includes('object') && /^\w+:\S/.test(data)) {
    return 'must be a map; a blank follows the colon of a key'
  }
  const textOrMap = expected.includes('string') && expected.includes('object')
  if (textOrMap && typeof path.at(-1) === 'number') {
    return 'must be a name, a glob, or a selector such as `{ topic: java }`; a name of digits goes in quotes'
  }
  if (data === null && textOrMap) {
    return map?.path.at(-1) === '*'
      ? 'has no value: write `{}` to leave it as it is, or `absent` to delete it'
      : 'has no value: write its fields, or `unmanaged`'
  }
  if (textOrMap) return 'must be a map'
  if (data === null) return `has no value; it must be ${nounOf(expected)}`
  const quotes = expected.includes('string') && typeof data !== 'object' ? '; put it in quotes' : ''
  return `must be ${nounOf(expected)}${quotes}`
}

const NOUNS: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
}

function nounOf(types: readonly string[]): string {
  return types.map((type) => NOUNS[type] ?? type).join(' or ')
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => `\`${value}\``)
  return words.length === 1 ? String(words[0]) : `one of ${words.join(', ')}`
}

/** How a place is called in a message. */
function nameOf(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  return typeof last === 'string'
    ? `\`${shownKey(last)}\``
    : `entry ${last + 1} of \`${shownKey(path.findLast((step) => typeof step === 'string') ?? '')}\``
}

/** The path of the secret's `value` at or above a path. */
function valueAbove(path: Path, maps: readonly KnownMap[]): Path | undefined {
  if (!path.includes('value')) return undefined
  const found = maps.find((map) => map.path.at(-1) === 'value' && fits(map.path, path))
  return found === undefined ? undefined : path.slice(0, found.path.length)
}

/** A JSON pointer as a path, with an index where the document has a list, and what stands there. */
function find(pointer: string, file: YamlFile): { readonly path: Path; readonly data: unknown } {
  const path: (string | number)[] = []
  let data: unknown = file.value
  for (const escaped of pointer.split('/').slice(1)) {
    const step = escaped.includes('~') ? escaped.replaceAll('~1', '/').replaceAll('~0', '~') : escaped
    if (Array.isArray(data)) {
      path.push(Number(step))
      data = data[Number(step)]
    } else {
      path.push(step)
      data = (data as Record<string, unknown>)[step]
    }
  }
  return { path, data }
}
