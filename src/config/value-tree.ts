import type { Json } from '../core/json.ts'

/** A value with its places. Aliases share one tree, so the place of a shared value is where it is written. */
export interface Tree {
  /** Offset in the text. */
  readonly at: number
  readonly value: Json
  /** Of a map, by key. */
  readonly entries?: ReadonlyMap<string, TreeEntry>
  /** Of a list. */
  readonly items?: readonly Tree[]
  /** Number of values in it with all aliases expanded, itself included. */
  readonly size: number
  readonly depth: number
  /** Set where a problem here is reported already: its value is unknown, and all other rules skip it. */
  readonly faulty?: true
  /** Holds `${{ … }}`, which is reported once it is known to be used. */
  readonly expression?: true
}

export interface TreeEntry {
  readonly keyAt: number
  readonly tree: Tree
}

/** The tree of a value that is neither a map nor a list. */
export function leaf(at: number, value: Json): Tree {
  return { at, value, size: 1, depth: 0 }
}

/** The tree of a list. */
export function listTree(at: number, trees: readonly Tree[]): Tree {
  let size = 1
  let deepest = 0
  for (const tree of trees) {
    size += tree.size
    deepest = Math.max(deepest, tree.depth + 1)
  }
  return { at, value: trees.map((tree) => tree.value), items: trees, size, depth: deepest }
}

/** An entry of a map. A value that is left out has the place of its key. */
export function entryTree(keyAt: number, tree: Tree): TreeEntry {
  return { keyAt, tree: tree.value === null ? { ...tree, at: keyAt } : tree }
}

/** The tree of a map. */
export function mapTree(at: number, entries: ReadonlyMap<string, TreeEntry>): Tree {
  // Made without a prototype from the start, a map would take eight times the memory.
  const value: Record<string, Json> = Object.setPrototypeOf({}, null)
  let size = 1
  let deepest = 0
  for (const [name, { tree }] of entries) {
    value[name] = tree.value
    size += tree.size
    deepest = Math.max(deepest, tree.depth + 1)
  }
  return { at, value, entries, size, depth: deepest }
}
