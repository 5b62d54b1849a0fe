import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { schemaText } from '../shipped/schema-text.ts'

/** The part of JSON schema that octoform's own schemas use and the code reads. */
export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly properties?: Readonly<Record<string, Schema | boolean>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly then?: Schema
}

/** The schemas by file name. */
export type Schemas = ReadonlyMap<string, Schema>

const ROOT = 'octoform.json'

/** Reads the root schema and those it refers to. @throws when they cannot be read, which no configuration can cause. */
export async function readSchemas(): Promise<Schemas> {
  const schemas = new Map<string, Schema>()
  const missing = [ROOT]
  for (const name of missing) {
    const text = await schemaText(name)
    const schema: Schema = JSON.parse(text)
    schemas.set(name, schema)
    for (const [, other = ''] of text.matchAll(/"\$ref": "(\w+\.json)#/g)) {
      if (!missing.includes(other)) missing.push(other)
    }
  }
  return schemas
}

/** The check of one file's document. Its errors refer to data, so that they must not be printed as they are. */
export function compileSchemas(schemas: Schemas): ValidateFunction {
  // A check that runs a few times is not worth optimising: that takes longer than all else.
  const code = { optimize: false, process: withoutCopies }
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true, code })
  for (const [name, schema] of schemas) ajv.addSchema(schema, name)
  const validate = ajv.getSchema(ROOT)
  if (validate === undefined) throw new Error(`Bug: there is no schema ${ROOT}`)
  return validate
}

/** For each part of a document that is wrong, the generated code would copy all the errors found before. */
function withoutCopies(code: string): string {
  return code.replace(/: vErrors\.concat\(([\w.$]+)\)/g, ': ($1.forEach((each) => vErrors.push(each)), vErrors)')
}

/** A map that the schemas know: its possible places (`*` for any name or list entry) and its keys. */
export interface KnownMap {
  readonly path: readonly string[]
  readonly keys: readonly string[]
}

/** Every map that the schemas describe by its keys. */
export function knownMaps(schemas: Schemas): readonly KnownMap[] {
  const found: KnownMap[] = []
  const walk = (file: string, schema: Schema, path: readonly string[], denied: readonly string[]): void => {
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
      const target = resolve($ref, file, schemas)
      walk(target.file, target.schema, path, refused)
    }
  }
  const root = schemas.get(ROOT)
  if (root !== undefined) walk(ROOT, root, [], [])
  return join(found)
}

function join(maps: readonly KnownMap[]): readonly KnownMap[] {
  const byPath = new Map<string, KnownMap>()
  for (const { path, keys } of maps) {
    const id = path.join('\n')
    byPath.set(id, { path, keys: [...new Set([...(byPath.get(id)?.keys ?? []), ...keys])] })
  }
  return [...byPath.values()]
}

function resolve(ref: string, from: string, schemas: Schemas): { file: string; schema: Schema } {
  const [file, name] = ref.split('#/$defs/')
  const target = schemas.get(file || from)?.$defs?.[name ?? '']
  if (target === undefined) throw new Error(`Bug: schema ${from} refers to ${ref}, which does not exist`)
  return { file: file || from, schema: target }
}
