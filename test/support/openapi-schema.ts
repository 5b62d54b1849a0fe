/** A schema as GitHub's descriptions have it (OpenAPI 3.0), or a JSON Schema. */
export type Schema = boolean | { readonly [keyword: string]: unknown }

/** Name under which `components.schemas` of a description are known to the validator. */
export const COMPONENTS = 'components'

/** OpenAPI 3.0 keywords that JSON Schema 2020-12 lacks; `nullable` is rewritten. */
const DROPPED = new Set(['nullable', 'discriminator', 'readOnly', 'writeOnly'])
const MAPS = new Set(['properties', 'patternProperties'])
const NESTED = new Set(['items', 'additionalProperties', 'not', 'allOf', 'anyOf', 'oneOf'])

/** The JSON Schema 2020-12 that accepts the same values as an OpenAPI 3.0 schema. */
export function toJsonSchema(schema: Schema): Schema {
  if (typeof schema === 'boolean') return schema
  if (typeof schema.$ref === 'string') return { $ref: `${COMPONENTS}#/$defs/${componentOf(schema.$ref)}` }
  const converted: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (DROPPED.has(keyword)) continue
    if (MAPS.has(keyword)) converted[keyword] = convertMap(value)
    else converted[keyword] = NESTED.has(keyword) ? convertNested(value) : value
  }
  return schema.nullable === true ? orNull(converted) : converted
}

/** `basic-error` of `#/components/schemas/basic-error`. */
export function componentOf(reference: string): string {
  return reference.slice('#/components/schemas/'.length)
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
}

function convertMap(value: unknown): unknown {
  if (!isSchema(value) || typeof value === 'boolean') return value
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, convertNested(schema)]))
}

function convertNested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convertNested)
  return isSchema(value) ? toJsonSchema(value) : value
}

function orNull(schema: { readonly [keyword: string]: unknown }): Schema {
  const { type, enum: choices } = schema
  if (type === undefined) return { anyOf: [schema, { type: 'null' }] }
  const withNull = { ...schema, type: [type, 'null'].flat() }
  return Array.isArray(choices) && !choices.includes(null) ? { ...withNull, enum: [...choices, null] } : withNull
}
