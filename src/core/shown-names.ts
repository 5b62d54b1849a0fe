import type { Family } from './family.ts'
import type { Field } from './field.ts'
import { type Document, getPath, isDocument, type Json, withPath } from './json.ts'
import { leafKeys } from './leaf-keys.ts'
import { entryText, entryYaml } from './spelling.ts'

/** A repository, an organization or an entry of a list as GitHub shows it, by its folded name. */
export type ShownAs = (name: string) => string

/** The same of names of which only those are known that differ. */
export function shownIn(names: Readonly<Record<string, string>>): ShownAs {
  return (name) => (Object.hasOwn(names, name) ? (names[name] ?? name) : name)
}

/** A name as it is compared, with the one that GitHub shows where that is another. */
export function foldedName(name: string): { readonly name: string; readonly shown?: string } {
  const folded = name.toLowerCase()
  return folded === name ? { name } : { name: folded, shown: name }
}

/** Those of the names that are not folded, by their folded ones; nothing where there is none. */
export function shownNames(names: readonly string[]): { readonly shown?: Readonly<Record<string, string>> } {
  const differing = names.filter((name) => name !== name.toLowerCase())
  return differing.length === 0
    ? {}
    : { shown: Object.fromEntries(differing.map((name) => [name.toLowerCase(), name])) }
}

/** A scope's settings in the form of a configuration, by family, with the names in their lists as GitHub shows them. */
export function shownBody(families: readonly Family[], body: Document, shown: ShownAs): Document {
  const entries = Object.entries(body).map(([name, value]): readonly [string, Json] => {
    const family = families.find((each) => each.name === name)
    if (family === undefined || !isDocument(value)) return [name, value]
    if (family.shape === 'settings') return [name, shownSpec(family, value, shown)]
    const members = Object.entries(value).map(([key, member]) => {
      return [key, isDocument(member) ? shownSpec(family, member, shown) : member] as const
    })
    return [name, Object.fromEntries(members)]
  })
  return Object.fromEntries(entries)
}

/** The same of one document of a family. */
export function shownSpec(family: Pick<Family, 'fields'>, document: Document, shown: ShownAs): Document {
  let result = document
  for (const [path, field] of Object.entries(family.fields)) {
    if (!isFolded(field)) continue
    for (const key of Object.values(leafKeys(path))) {
      const list = getPath(document, key)
      if (!Array.isArray(list)) continue
      const entries = list.map((entry: Json) => {
        const text = entryText(field, entry)
        return text === undefined || shown(text) === text ? entry : entryYaml(field, shown(text))
      })
      result = withPath(result, key, entries)
    }
  }
  return result
}

/** GitHub compares names of owners, repositories, persons, teams and Apps without case; all else is kept as it is. */
export function isFolded({ list, identity }: Field): boolean {
  return list !== undefined && (list !== 'names' || identity !== undefined)
}
