import { jsonSchema, operationOf, resolve } from './resolve.mjs'

/** Keywords that say nothing about which documents are valid. */
const PROSE = new Set(['description', 'title', 'example', 'examples', 'externalDocs', 'deprecated', 'default', 'xml'])
/** Keywords whose value maps names that a schema's author chose, so that `description` may be one of them. */
const NAMED = new Set(['properties', 'patternProperties'])

/**
 * What a description says about the given routes and nothing else: parameters, body and responses of each
 * operation, and the schemas they refer to. Prose and examples are left out; schemas stay OpenAPI 3.0.
 */
export function trim(description, routes) {
  const operations = {}
  for (const route of [...routes].sort()) {
    const operation = operationOf(description, route)
    if (operation !== undefined) operations[route] = trimOperation(description, operation)
  }
  return { operations, schemas: referenced(description.components.schemas, operations) }
}

/** Answers whose status is not described are checked against this schema. */
const ERROR = { $ref: '#/components/schemas/basic-error' }

function trimOperation(description, operation) {
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(description, parameter)).map(trimParameter)
  const body = jsonSchema(description, operation.requestBody)
  const responses = {}
  for (const [status, response] of Object.entries(operation.responses)) {
    const schema = jsonSchema(description, response)
    responses[status] = schema === undefined ? null : trimSchema(schema)
  }
  return {
    parameters,
    ...(body === undefined
      ? {}
      : {
          body: { required: resolve(description, operation.requestBody).required === true, schema: trimSchema(body) },
        }),
    responses,
  }
}

/** The greatest value of a number stands in the prose ("max 100"); here it becomes part of the schema. */
function trimParameter({ name, in: place, required, description: prose, schema }) {
  const maximum = /\(max (\d+)\)/.exec(prose ?? '')?.[1]
  return {
    name,
    in: place,
    ...(required ? { required } : {}),
    schema: { ...trimSchema(schema), ...(maximum === undefined ? {} : { maximum: Number(maximum) }) },
  }
}

function trimSchema(schema) {
  if (Array.isArray(schema)) return schema.map(trimSchema)
  if (schema === null || typeof schema !== 'object') return schema
  const trimmed = {}
  for (const [key, value] of Object.entries(schema)) {
    if (PROSE.has(key) || key.startsWith('x-')) continue
    trimmed[key] = NAMED.has(key) ? mapValues(value, trimSchema) : key === 'enum' ? value : trimSchema(value)
  }
  return trimmed
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}

/** The component schemas that operations and errors need, directly or through one another, by name. */
export function referenced(schemas, operations) {
  const found = {}
  const waiting = [operations, ERROR]
  while (waiting.length > 0) {
    const thing = waiting.pop()
    if (thing === null || typeof thing !== 'object') continue
    if (typeof thing.$ref === 'string') {
      const name = thing.$ref.slice('#/components/schemas/'.length)
      if (name in found) continue
      found[name] = trimSchema(schemas[name])
      waiting.push(found[name])
    } else waiting.push(...Object.values(thing))
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}
