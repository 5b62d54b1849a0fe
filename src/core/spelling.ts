import type { Field } from './field.ts'
import { type Document, getPath, type Json, withPath } from './json.ts'
import { leafKeys } from './leaf-keys.ts'

type Spelt = Pick<Field, 'spelling'>

/** The text of an entry of the YAML; undefined where it is none. */
export function entryText({ spelling }: Spelt, entry: Json): string | undefined {
  if (spelling !== undefined) return spelling.read(entry)
  return typeof entry === 'string' ? entry : undefined
}

/** The texts of all entries that are some. */
export function entryTexts(field: Spelt, entries: readonly Json[]): readonly string[] {
  return entries.flatMap((entry) => entryText(field, entry) ?? [])
}

/** An entry in the form of a configuration. */
export function entryYaml({ spelling }: Spelt, entry: string): Json {
  return spelling === undefined ? entry : spelling.write(entry)
}

/** A document in the form of a configuration. */
export function spelt(fields: Readonly<Record<string, Spelt>>, document: Document): Document {
  let result = document
  for (const [path, field] of Object.entries(fields)) {
    if (field.spelling === undefined) continue
    for (const key of Object.values(leafKeys(path))) {
      const list = getPath(document, key)
      if (!Array.isArray(list)) continue
      const entries = list.map((entry: Json) => (typeof entry === 'string' ? entryYaml(field, entry) : entry))
      result = withPath(result, key, entries)
    }
  }
  return result
}
