import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { described, type Product } from '../../src/github/endpoints.ts'
import { memoize } from './memoize.ts'
import { COMPONENTS, componentOf, isSchema, type Schema, toJsonSchema } from './openapi-schema.ts'

/** One of test/descriptions/*.json: GitHub's OpenAPI description of some operations of a product. */
export interface Description {
  readonly product: Product
  readonly source: string
  readonly operations: Readonly<Record<string, Operation>>
  readonly schemas: Readonly<Record<string, Schema>>
}

export interface Operation {
  readonly parameters: readonly Parameter[]
  readonly body?: { readonly required: boolean; readonly schema: Schema }
  /** By status; null where the answer has no body, or none that is described. */
  readonly responses: Readonly<Record<string, Schema | null>>
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
}

/** A value's deviation from a schema: its place in the value, the keyword, and the text. */
interface SchemaProblem {
  readonly at: string
  readonly keyword: string
  readonly message: string
}

type Validate = (schema: Schema, value: unknown) => readonly SchemaProblem[]

/** The description that stands for the product, or undefined where none does. Read once in a process. */
export function descriptionOf(product: Product): Description | undefined {
  const name = described(product)
  return name === undefined ? undefined : readDescription(name)
}

const readDescription = memoize((product: Product): Description => {
  return JSON.parse(readFileSync(new URL(`../descriptions/${product}.json`, import.meta.url), 'utf8'))
})

/**
 * Checks values against schemas of this description; each schema is compiled when it is first needed. Compiling takes
 * longer than all checks do, so that a schema that products share is compiled once for all of them.
 */
export const validatorOf = memoize((description: Description): Validate => {
  const addressed = addressing(description)
  const compiled = memoize((schema: Schema) => compile(addressed(JSON.stringify(toJsonSchema(schema)))))
  return (schema, value) => {
    const validate = compiled(schema)
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, keyword, message }) => ({
      at: instancePath,
      keyword,
      message: message ?? keyword,
    }))
  }
})

const compiler = memoize((_: 'of all products'): Ajv2020 => {
  // Each check runs a few times: optimising it would take longer than all else.
  const code = { optimize: false }
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false, logger: false, code })
  formats.default(ajv)
  for (const format of ['timestamp', 'repo.nwo', 'ssh-key', 'base64']) ajv.addFormat(format, true)
  return ajv
})

const compile = memoize((text: string) => compiler('of all products').compile(JSON.parse(text)))

const REFERENCE = new RegExp(`"\\$ref":"${COMPONENTS}#/\\$defs/([^"]+)"`, 'g')

/** Turns the names of components in a schema's text into addresses by content, under which the compiler knows them. */
function addressing({ source, schemas }: Description): (text: string) => string {
  const textOf = memoize((name: string): string => {
    const schema = schemas[name]
    if (schema === undefined) throw new Error(`${source} has no schema ${name}; run npm run descriptions.`)
    return JSON.stringify(toJsonSchema(schema))
  })
  const addressOf = memoize((name: string): string => {
    const reached = new Set([name])
    for (const each of reached) for (const [, inner = ''] of textOf(each).matchAll(REFERENCE)) reached.add(inner)
    const content = [...reached].sort().map((each) => `${each} ${textOf(each)}`)
    return `octoform:${createHash('sha256')
      .update([name, ...content].join('\n'))
      .digest('hex')}`
  })
  const known = memoize((name: string): string => {
    const address = addressOf(name)
    const ajv = compiler('of all products')
    if (ajv.schemas[address] === undefined) {
      const text = textOf(name).replace(REFERENCE, (_, inner: string) => `"$ref":"${addressOf(inner)}"`)
      ajv.addSchema(JSON.parse(text), address)
      for (const [, inner = ''] of textOf(name).matchAll(REFERENCE)) known(inner)
    }
    return address
  })
  return (text) => text.replace(REFERENCE, (_, name: string) => `"$ref":"${known(name)}"`)
}

/** The names that an object may have by this schema, or undefined where the schema leaves them open. */
export function fieldsOf(description: Description, schema: Schema): ReadonlySet<string> | undefined {
  const resolved = resolve(description, schema)
  if (typeof resolved === 'boolean') return undefined
  const { properties, additionalProperties } = resolved
  const open = isSchema(additionalProperties) && additionalProperties !== false
  const names = new Set(isSchema(properties) ? Object.keys(properties) : [])
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    for (const part of listOf(resolved[keyword])) {
      if (!isSchema(part)) continue
      for (const name of fieldsOf(description, part) ?? []) names.add(name)
    }
  }
  return open || (names.size === 0 && additionalProperties !== false) ? undefined : names
}

/** The schema of a list's items, and the key that the list stands under in its envelope (null for a bare array). */
export function itemsOf(
  description: Description,
  schema: Schema,
): { readonly key: string | null; readonly items: Schema } | undefined {
  const resolved = resolve(description, schema)
  if (typeof resolved === 'boolean') return undefined
  if (resolved.type === 'array' && isSchema(resolved.items)) return { key: null, items: resolved.items }
  const properties = resolved.properties
  if (!isSchema(properties) || typeof properties === 'boolean' || !('total_count' in properties)) return undefined
  for (const [key, property] of Object.entries(properties)) {
    const list = isSchema(property) ? resolve(description, property) : false
    if (typeof list !== 'boolean' && list.type === 'array' && isSchema(list.items)) return { key, items: list.items }
  }
  return undefined
}

function resolve(description: Description, schema: Schema): Schema {
  if (typeof schema === 'boolean' || typeof schema.$ref !== 'string') return schema
  const name = componentOf(schema.$ref)
  const found = description.schemas[name]
  if (found === undefined) throw new Error(`${description.source} has no schema ${name}; run npm run descriptions.`)
  return resolve(description, found)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
