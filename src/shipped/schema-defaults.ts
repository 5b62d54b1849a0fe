import { bundledSchema } from './bundled-schema.ts'

type Schema = { readonly [key: string]: unknown }

/** GitHub's documented default of a field of settings or of a member, by family, level and dotted path; undefined where the schema has none. */
export type DefaultOf = (family: string, level: string, path: string) => unknown

/** The defaults in `schemas/`. */
export async function schemaDefaults(): Promise<DefaultOf> {
  const root = JSON.parse(await bundledSchema()) as Schema
  return (family, level, path) => {
    let schema = at(root, ['$defs', `${family}.json`, '$defs', level])
    // Members are the values of a map.
    const member = at(schema, ['additionalProperties'])
    if (isSchema(member)) schema = target(root, member)
    for (const step of path.split('.')) {
      schema = at(schema, ['properties', step]) ?? at(target(root, schema), ['properties', step])
    }
    return isSchema(schema) ? (schema.default ?? target(root, schema)?.default) : undefined
  }
}

function target(root: Schema, schema: unknown): Schema | undefined {
  if (!isSchema(schema)) return undefined
  const { $ref: pointer } = schema
  return typeof pointer === 'string' ? (at(root, pointer.split('/').slice(1)) as Schema | undefined) : schema
}

function at(schema: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, step) => (isSchema(inner) ? inner[step] : undefined), schema)
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
