import { resolve } from './resolve.mjs'

/** All properties that an object may have by this schema, through `$ref`, `allOf`, `oneOf` and `anyOf`. */
export function propertiesOf(description, schema) {
  const resolved = resolve(description, schema)
  const properties = { ...resolved.properties }
  const required = new Set(resolved.required)
  for (const key of ['allOf', 'oneOf', 'anyOf']) {
    for (const part of resolved[key] ?? []) {
      const inner = propertiesOf(description, part)
      Object.assign(properties, inner.properties)
      // A field that one alternative alone requires, the whole does not.
      if (key === 'allOf') for (const name of inner.required) required.add(name)
    }
  }
  return { properties, required: [...required] }
}

/** The values that a string property may have, or null where the description does not list them. */
export function choicesOf(description, property) {
  return resolve(description, property).enum ?? null
}
