import { schemaText } from './schema-text.ts'

/** The schema of a configuration, whose `$ref`s lead to the files beside it. */
const ROOT = 'octoform.json'

/** Where the documentation publishes it: a page of the project, so that no other owner can come to answer for it. */
const ID = 'https://octoform.github.io/octoform/schemas/octoform.json'

type Schema = { readonly [key: string]: unknown }

/**
 * The schema of a configuration in one file, so that it can lie anywhere: referenced schemas are below its `$defs`, by
 * the names of their files.
 */
export async function bundledSchema(): Promise<string> {
  const files = new Map<string, Schema>()
  const take = async (name: string): Promise<void> => {
    if (files.has(name)) return
    const schema = JSON.parse(await schemaText(name)) as Schema
    files.set(name, schema)
    for (const other of filesIn(schema)) await take(other)
  }
  await take(ROOT)
  const root = pointed(files.get(ROOT), '') as Schema & { readonly $defs?: object }
  files.delete(ROOT)
  const others = [...files].map(([name, { $defs }]) => [name, pointed({ $defs }, `/$defs/${name}`)])
  const { $schema, ...rest } = root
  return `${JSON.stringify({ $schema, $id: ID, ...rest, $defs: { ...root.$defs, ...Object.fromEntries(others) } }, null, 2)}\n`
}

/** The files that a schema refers to. */
function filesIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key !== '$ref' || typeof value !== 'string') return filesIn(value)
    const [file = ''] = value.split('#')
    return file === '' ? [] : [file]
  })
}

/** The same with each `$ref` led to its target in the one file. */
function pointed(schema: unknown, own: string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => pointed(each, own))
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key !== '$ref' || typeof value !== 'string') return [key, pointed(value, own)]
      const [file = '', pointer = ''] = value.split('#')
      const place = file === '' ? own : file === ROOT ? '' : `/$defs/${file}`
      return [key, `#${place}${pointer}`]
    }),
  )
}
