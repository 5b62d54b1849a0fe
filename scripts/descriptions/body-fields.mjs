import { jsonSchema, operationOf, resolve } from './resolve.mjs'
import { propertiesOf } from './schema.mjs'

const KEPT = ['type', 'enum', 'default', 'minimum', 'maximum', 'nullable']

/** By route, the fields of its request as the newest product that has it describes them, with their prose. */
export function bodyFieldsOf(described, routes) {
  const newestFirst = [...described].reverse()
  const bodies = routes.flatMap((route) => {
    const { description } = newestFirst.find((each) => operationOf(each.description, route) !== undefined)
    const schema = jsonSchema(description, operationOf(description, route).requestBody)
    if (schema === undefined) return []
    const { properties } = propertiesOf(description, schema)
    const fields = Object.entries(properties).map(([name, property]) => [name, fieldOf(description, property)])
    return [[route, Object.fromEntries(fields)]]
  })
  return Object.fromEntries(bodies)
}

function fieldOf(description, property) {
  const resolved = resolve(description, property)
  const [whole] = resolved.allOf ?? resolved.oneOf ?? resolved.anyOf ?? []
  const schema = { ...(whole === undefined ? {} : resolve(description, whole)), ...resolved }
  const prose = schema.description?.trim()
  return {
    ...Object.fromEntries(KEPT.filter((key) => key in schema).map((key) => [key, schema[key]])),
    ...(schema.items === undefined ? {} : { items: fieldOf(description, schema.items) }),
    ...(prose ? { description: prose } : {}),
  }
}
