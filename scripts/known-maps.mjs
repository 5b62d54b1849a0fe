/**
 * Every map that the schemas describe by its keys: its possible places (`*` for any name or list entry) and its keys.
 * @param schemas by file name
 */
export function knownMaps(schemas, root) {
  const found = []
  walk(root, schemas.get(root), [], [])
  return joined(found)

  function walk(file, schema, path, denied) {
    const { $ref, properties = {}, additionalProperties, items, then } = schema
    const here = Object.entries(properties)
    const refused = [...denied, ...here.filter(([, inner]) => inner === false).map(([key]) => key)]
    const keys = here.filter(([key, inner]) => typeof inner === 'object' && !refused.includes(key)).map(([key]) => key)
    if (keys.length > 0) found.push({ path, keys })
    for (const [key, inner] of here) if (typeof inner === 'object') walk(file, inner, [...path, key], [])
    if (typeof additionalProperties === 'object') walk(file, additionalProperties, [...path, '*'], [])
    if (items !== undefined) walk(file, items, [...path, '*'], [])
    if (then !== undefined) walk(file, then, path, refused)
    if ($ref !== undefined) {
      const target = resolve($ref, file)
      walk(target.file, target.schema, path, refused)
    }
  }

  function resolve(ref, from) {
    const [file, name] = ref.split('#/$defs/')
    const schema = schemas.get(file || from)?.$defs?.[name]
    if (schema === undefined) throw new Error(`${from} refers to ${ref}, which does not exist`)
    return { file: file || from, schema }
  }
}

function joined(maps) {
  const byPath = new Map()
  for (const { path, keys } of maps) {
    const id = path.join('\n')
    byPath.set(id, { path, keys: [...new Set([...(byPath.get(id)?.keys ?? []), ...keys])] })
  }
  return [...byPath.values()]
}
