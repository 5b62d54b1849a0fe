import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Json } from '../core/json.ts'
import type { Lines } from './lines.ts'
import type { Tree } from './value-tree.ts'

/** Keys and list indexes from the top of a file. */
export type Path = readonly (string | number)[]

/** A file as plain values, each with its place. */
export interface YamlFile {
  /** As it is shown to people. */
  readonly name: string
  readonly value: Json
  /** The place of a key, or of a list's entry; of the nearest one above where the path leads nowhere. */
  place(path: Path): Source
  /** The place of the value under a key. */
  valuePlace(path: Path): Source
  /** Whether a problem at the path, or on the way to it, is reported already, so that later checks skip it. */
  isFaulty(path: Path): boolean
}

/** A file as far as it could be understood. */
export interface ParsedYaml {
  /** Undefined where its structure cannot be relied upon. */
  readonly file: YamlFile | undefined
  readonly problems: readonly Diagnostic[]
}

/** The file of a tree. @param name as it is shown to people */
export function yamlFile(name: string, root: Tree, lines: Lines): YamlFile {
  const at = (offset: number): Source => placeIn(name, lines, offset)
  const find = (path: Path): { readonly key: number; readonly value: number; readonly faulty: boolean } => {
    let key = root.at
    let tree = root
    let faulty = root.faulty === true
    for (const step of path) {
      const entry = typeof step === 'string' ? tree.entries?.get(step) : undefined
      const below: Tree | undefined = typeof step === 'string' ? entry?.tree : tree.items?.[step]
      if (below === undefined) break
      key = entry === undefined ? below.at : entry.keyAt
      tree = below
      faulty ||= below.faulty === true
    }
    return { key, value: tree.at, faulty }
  }
  return {
    name,
    value: root.value,
    place: (path) => at(find(path).key),
    valuePlace: (path) => at(find(path).value),
    isFaulty: (path) => find(path).faulty,
  }
}

/** The place of an offset in a file. */
export function placeIn(name: string, lines: Lines, offset: number): Source {
  return { file: name, ...lines.place(offset) }
}
