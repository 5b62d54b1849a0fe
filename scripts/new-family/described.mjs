import { resolve } from '../descriptions/resolve.mjs'
import { propertiesOf } from '../descriptions/schema.mjs'

/** A product's description of the routes to come, in the form of the packages. */
export function descriptionOf(coming, product) {
  return {
    product,
    operations: ofProduct(coming.operations, product),
    components: { schemas: ofProduct(coming.schemas, product) },
  }
}

function ofProduct(entries, product) {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, variants]) => {
      const variant = variants.find(({ products }) => products.includes(product))
      return variant === undefined ? [] : [[name, variant.is]]
    }),
  )
}

/** The fields of a route's answer, of an item where it answers a list, with their schemas. */
export function answerOf(description, route, envelope) {
  const { responses = {} } = description.operations[route] ?? {}
  const status = Object.keys(responses).find((code) => code.startsWith('2'))
  const schema = status === undefined ? undefined : responses[status]
  if (!schema) return { status: Number(status), fields: [] }
  const whole = resolve(description, schema)
  const list = envelope === null ? whole : resolve(description, propertiesOf(description, whole).properties[envelope])
  const { properties, required } = propertiesOf(description, list.items ?? list)
  const fields = Object.entries(properties).map(([name, property]) => ({
    name,
    isRequired: required.includes(name),
    ...typeOf(description, property),
  }))
  return { status: Number(status), fields }
}

/** The fields of a route's request that the description requires. */
export function requiredOf(description, route) {
  const schema = description.operations[route]?.body?.schema
  return schema === undefined ? [] : propertiesOf(description, schema).required
}

/** The type of a value: `boolean`, `integer`, `text`, `words` (one of a few), `names` (a list of texts), `ids`, or `other`. */
export function typeOf(description, property) {
  const resolved = resolve(description, property)
  const [whole] = resolved.allOf ?? resolved.oneOf ?? resolved.anyOf ?? []
  const schema = { ...(whole === undefined ? {} : resolve(description, whole)), ...resolved }
  const isNullable = schema.nullable === true
  if (schema.enum !== undefined)
    return { type: 'words', words: schema.enum.filter((each) => each !== null), isNullable }
  if (schema.type === 'array')
    return { type: { string: 'names', integer: 'ids' }[schema.items?.type] ?? 'other', isNullable }
  return {
    type: { boolean: 'boolean', integer: 'integer', string: 'text' }[schema.type] ?? 'other',
    isNullable,
    format: schema.format,
  }
}
