/** A field of a GraphQL request, with its arguments and subfields. */
export interface Field {
  readonly name: string
  /** The field's key in the answer: its alias, or its name. */
  readonly key: string
  readonly arguments: Readonly<Record<string, Value>>
  readonly fields: readonly Field[]
}

/** One operation (https://spec.graphql.org/October2021/#sec-Language.Operations). */
export interface Operation {
  readonly kind: 'query' | 'mutation'
  /** Names of the variables whose type ends in `!` and that have no default. */
  readonly requires: readonly string[]
  readonly fields: readonly Field[]
}

/** A word of an enumeration is distinguished from text, as in GraphQL itself. */
export type Value =
  | { readonly kind: 'text' | 'word' | 'variable'; readonly value: string }
  | { readonly kind: 'object'; readonly value: Readonly<Record<string, Value>> }

/** A syntax error in a document. */
export class DocumentError extends Error {}

const TOKEN = /\s+|,|#[^\n]*|([A-Za-z_]\w*|"(?:[^"\\\n]|\\.)*"|[{}():!$[\]=])/y

/**
 * Reads a document of one operation, without fragments, directives and lists: as much of GraphQL as the sandbox
 * answers.
 * @throws DocumentError telling where it cannot go on.
 */
export function parseDocument(source: string): Operation {
  const tokens = tokensOf(source)
  const reader = { tokens, at: 0 }
  const kind = tokens[0] === '{' ? 'query' : take(reader, /^(?:query|mutation)$/)
  if (tokens[0] !== '{' && isName(peek(reader))) take(reader, NAME)
  const requires = peek(reader) === '(' ? variables(reader) : []
  const fields = selection(reader)
  if (reader.at < tokens.length) throw unexpected(reader)
  return { kind: kind === 'mutation' ? 'mutation' : 'query', requires, fields }
}

interface Reader {
  readonly tokens: readonly string[]
  at: number
}

const NAME = /^[A-Za-z_]\w*$/

function tokensOf(source: string): string[] {
  const tokens: string[] = []
  const pattern = new RegExp(TOKEN)
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex
    const match = pattern.exec(source)
    if (!match) throw new DocumentError(`Expected one of SCHEMA, SCALAR, TYPE, ENUM, INPUT, actual: "${source[at]}"`)
    if (match[1] !== undefined) tokens.push(match[1])
  }
  return tokens
}

function selection(reader: Reader): Field[] {
  const fields: Field[] = []
  take(reader, /^\{$/)
  while (peek(reader) !== '}') fields.push(field(reader))
  take(reader, /^\}$/)
  if (fields.length === 0) throw new DocumentError('A selection cannot be empty.')
  return fields
}

function field(reader: Reader): Field {
  const key = take(reader, NAME)
  const isAliased = peek(reader) === ':'
  if (isAliased) take(reader, /^:$/)
  const name = isAliased ? take(reader, NAME) : key
  const given = peek(reader) === '(' ? pairs(reader, '(', ')') : {}
  return { name, key, arguments: given, fields: peek(reader) === '{' ? selection(reader) : [] }
}

function pairs(reader: Reader, open: string, close: string): Record<string, Value> {
  const found: Record<string, Value> = {}
  if (take(reader, /^[({]$/) !== open) throw unexpected(reader)
  while (peek(reader) !== close) {
    const name = take(reader, NAME)
    take(reader, /^:$/)
    found[name] = value(reader)
  }
  reader.at += 1
  return found
}

function value(reader: Reader): Value {
  const next = peek(reader)
  if (next === '{') return { kind: 'object', value: pairs(reader, '{', '}') }
  const token = take(reader, /^(?:\$|".*"|[A-Za-z_]\w*)$/)
  if (token === '$') return { kind: 'variable', value: take(reader, NAME) }
  if (token.startsWith('"')) return { kind: 'text', value: unquoted(token) }
  return { kind: 'word', value: token }
}

/** The definitions of variables, of which only it matters which ones must be given. */
function variables(reader: Reader): string[] {
  const required: string[] = []
  take(reader, /^\($/)
  while (peek(reader) !== ')') {
    take(reader, /^\$$/)
    const name = take(reader, NAME)
    take(reader, /^:$/)
    take(reader, NAME)
    const isRequired = peek(reader) === '!'
    if (isRequired) take(reader, /^!$/)
    if (peek(reader) === '=') {
      take(reader, /^=$/)
      value(reader)
    } else if (isRequired) required.push(name)
  }
  take(reader, /^\)$/)
  return required
}

function unquoted(token: string): string {
  try {
    return JSON.parse(token)
  } catch {
    throw new DocumentError(`Bad escape in ${token}`)
  }
}

function peek(reader: Reader): string {
  return reader.tokens[reader.at] ?? ''
}

function isName(token: string): boolean {
  return NAME.test(token)
}

function take(reader: Reader, fits: RegExp): string {
  const token = peek(reader)
  if (!fits.test(token)) throw unexpected(reader)
  reader.at += 1
  return token
}

function unexpected(reader: Reader): DocumentError {
  const token = reader.tokens[reader.at]
  if (token === undefined) return new DocumentError('Unexpected end of document')
  return new DocumentError(`Parse error on ${JSON.stringify(token)}`)
}
