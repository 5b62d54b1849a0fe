import type { Field } from './field.ts'
import { type Document, getPath, isDocument, type Json, withPath } from './json.ts'
import { leafKeys } from './leaf-keys.ts'
import { escapeBraces } from './placeholders.ts'

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

/** An entry in the form of a configuration, whose braces stand for placeholders where they are not written twice. */
export function entryYaml({ spelling }: Spelt, entry: string): Json {
  const written = spelling === undefined ? entry : spelling.write(entry)
  if (typeof written === 'string') return escapeBraces(written)
  const escaped = (text: Json): Json => (typeof text === 'string' ? escapeBraces(text) : text)
  return isDocument(written)
    ? Object.fromEntries(Object.entries(written).map(([key, text]) => [key, escaped(text)]))
    : written
}

/** A document in the form of a configuration. */
export function spelt(
  fields: Readonly<Record<string, Pick<Field, 'list' | 'spelling'>>>,
  document: Document,
): Document {
  let result = document
  for (const [path, field] of Object.entries(fields)) {
    if (field.list !== 'names') continue
    for (const key of Object.values(leafKeys(path))) {
      const list = getPath(document, key)
      if (!Array.isArray(list)) continue
      const entries = list.map((entry: Json) => (typeof entry === 'string' ? entryYaml(field, entry) : entry))
      result = withPath(result, key, entries)
    }
  }
  return result
}
