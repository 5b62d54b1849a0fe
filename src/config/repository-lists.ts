import type { Family } from '../core/family.ts'
import { listsOwned } from '../core/field.ts'
import { getPath, isDocument, type Json } from '../core/json.ts'
import { leafKeys } from '../core/leaf-keys.ts'
import type { PlaceholderNames } from '../core/placeholders.ts'
import type { Layer } from './configuration.ts'
import { namesOfLayer } from './layers.ts'
import { fillTemplate, holdsTemplate } from './templates.ts'

/** A list of repositories, and its path in the body. */
interface RepositoryList {
  readonly path: readonly string[]
  readonly entries: readonly Json[]
}

/**
 * Finds all lists of repositories in a layer, the `add_` and `remove_` ones too, with names in place of their placeholders. The
 * keys are made once for all layers.
 */
export function repositoryLists(families: readonly Family[]): (layer: Layer) => readonly RepositoryList[] {
  const known = families.flatMap((family) => {
    const { fields } = family
    const paths = Object.keys(fields).filter((path) => listsOwned(fields[path] ?? {}))
    return paths.map((path) => ({ family, keys: Object.values(leafKeys(path)) }))
  })
  return (layer) => {
    const { body } = layer
    const lists: RepositoryList[] = []
    for (const { family, keys } of known) {
      const { name, shape } = family
      const section = Object.hasOwn(body, name) ? body[name] : undefined
      if (!isDocument(section)) continue
      const look = (document: Json, member: readonly string[]): void => {
        const of = member.map((each) => family.fold(each)).join()
        for (const key of keys) {
          const entries = isDocument(document) ? getPath(document, key) : undefined
          if (!Array.isArray(entries)) continue
          const path = [name, ...member, ...key.split('.')]
          lists.push({
            path,
            entries: holdsTemplate(entries) ? filled(entries, namesOfLayer(layer, family, of)) : entries,
          })
        }
      }
      if (shape === 'settings') look(section, [])
      else for (const member in section) look(section[member] ?? null, [member])
    }
    return lists
  }
}

function filled(entries: readonly Json[], names: PlaceholderNames): readonly Json[] {
  const all = fillTemplate(entries as Json[], names)
  return Array.isArray(all) ? all : []
}
