/** The thing behind a `$ref` of a description, or the thing itself. */
export function resolve(description, thing) {
  if (typeof thing?.$ref !== 'string') return thing
  let found = description
  for (const key of thing.$ref.slice(2).split('/')) found = found[key]
  return resolve(description, found)
}

/**
 * The operation behind a route, or undefined where the product does not have it. Version 10.0.0 of the package
 * fills in operations that a product lacks; such a stub has no `x-github`.
 */
export function operationOf(description, route) {
  const [method, path] = route.split(' ')
  const operation = description.paths[path]?.[method.toLowerCase()]
  return operation?.['x-github'] === undefined ? undefined : operation
}

/** The JSON schema of a request body or a response; undefined where it has none. */
export function jsonSchema(description, bodyOrResponse) {
  const content = resolve(description, bodyOrResponse)?.content
  return content?.['application/json']?.schema
}
