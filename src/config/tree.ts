import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, Scalar } from 'yaml'
import type { Json } from '../core/json.ts'
import { shownKey } from './shown-key.ts'
import { MAX_DEPTH } from './tokens.ts'

/** How much aliases may add: an anchor of a thousand names can be used a thousand times; a bomb cannot go off. */
const MAX_ALIASED = 1_000_000

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
}

export interface TreeEntry {
  readonly keyAt: number
  readonly tree: Tree
}

/** Called for each problem; a message has no text from under a key `value`. */
export type Report = (at: number, message: string) => void

interface Context {
  readonly report: Report
  readonly anchors: Map<string, Tree | 'open'>
  aliased: number
  stopped: boolean
}

/**
 * Turns a composed document into plain values: aliases followed, `<<` merged, keys as text just as they are written.
 * Undefined when aliases expand to more than anybody could mean. Maps have no prototype, so any key is safe.
 */
export function plantTree(contents: ParsedNode | null, report: Report): Tree | undefined {
  const context: Context = { report, anchors: new Map(), aliased: 0, stopped: false }
  const tree = plant(contents, context, 0, 'shown')
  return context.stopped ? undefined : tree
}

/** Whether the texts of keys may be told: not under `value`. */
type Secrecy = 'shown' | 'hidden'

function plant(node: ParsedNode | null, context: Context, depth: number, secrecy: Secrecy): Tree {
  if (node === null) return leaf(0, null)
  const at = node.range[0]
  if (isAlias(node)) return follow(node.source, at, context, depth)
  if (node.anchor !== undefined) context.anchors.set(node.anchor, 'open')
  const tree = isMap<ParsedNode, ParsedNode | null>(node)
    ? plantMap(node.items, at, context, depth, secrecy)
    : isSeq<ParsedNode>(node)
      ? plantList(node.items, at, context, depth, secrecy)
      : leaf(at, isScalar(node) ? plain(node.value) : null)
  if (node.anchor !== undefined) context.anchors.set(node.anchor, tree)
  return tree
}

function plantList(items: readonly ParsedNode[], at: number, context: Context, depth: number, secrecy: Secrecy): Tree {
  const trees = items.map((item) => plant(item, context, depth + 1, secrecy))
  return { at, value: trees.map((tree) => tree.value), items: trees, ...measure(trees) }
}

function plantMap(
  pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
  at: number,
  context: Context,
  depth: number,
  secrecy: Secrecy,
): Tree {
  const own = new Map<string, TreeEntry>()
  const merged = new Map<string, TreeEntry>()
  for (const { key, value } of pairs) {
    if (context.stopped) break
    const keyAt = key.range[0]
    const name = keyText(key, context, depth)
    if (name === undefined) {
      context.report(keyAt, 'a key must be text')
    } else if (isMergeKey(key)) {
      merge(plant(value, context, depth + 1, secrecy), keyAt, merged, context)
    } else if (own.has(name)) {
      context.report(
        keyAt,
        secrecy === 'hidden' ? 'a key stands twice' : `\`${shownKey(name)}\` stands twice in the same map`,
      )
    } else {
      const tree = plant(value, context, depth + 1, name === 'value' ? 'hidden' : secrecy)
      own.set(name, { keyAt, tree: tree.value === null ? { ...tree, at: keyAt } : tree })
    }
  }
  const entries = new Map([...merged, ...own])
  const value: Record<string, Json> = Object.create(null)
  for (const [name, { tree }] of entries) value[name] = tree.value
  return { at, value, entries, ...measure([...entries.values()].map(({ tree }) => tree)) }
}

/** What stands under `<<`: a map, or a list of maps of which the earlier wins. */
function merge(source: Tree, at: number, into: Map<string, TreeEntry>, context: Context): void {
  const maps = source.items ?? [source]
  for (const { entries, size } of maps) {
    if (entries === undefined) {
      context.report(at, '`<<` takes a map (`*anchor`), or a list of maps')
      return
    }
    if (!spend(size, at, context)) return
    for (const [name, entry] of entries) if (!into.has(name)) into.set(name, entry)
  }
}

function follow(anchor: string, at: number, context: Context, depth: number): Tree {
  const target = context.anchors.get(anchor)
  if (target === undefined || target === 'open') {
    const why =
      target === 'open' ? 'an alias stands inside the anchor that it names' : 'an alias names no anchor above it'
    context.report(at, why)
    return leaf(at, null)
  }
  if (!spend(target.size, at, context)) return leaf(at, null)
  if (depth + target.depth > MAX_DEPTH) {
    context.stopped = true
    context.report(at, `nested deeper than ${MAX_DEPTH} levels through aliases`)
  }
  return target
}

function spend(size: number, at: number, context: Context): boolean {
  if (context.stopped) return false
  context.aliased += size
  if (context.aliased <= MAX_ALIASED) return true
  context.stopped = true
  context.report(at, `aliases expand to more than ${MAX_ALIASED} values`)
  return false
}

function keyText(key: ParsedNode, context: Context, depth: number): string | undefined {
  if (isAlias(key)) {
    const { value } = follow(key.source, key.range[0], context, depth)
    return typeof value === 'string' ? value : undefined
  }
  if (!isScalar(key)) return undefined
  const text = key.source ?? String(key.value)
  if (key.anchor !== undefined) context.anchors.set(key.anchor, leaf(key.range[0], text))
  return text
}

function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<'
}

function plain(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return null
}

function leaf(at: number, value: Json): Tree {
  return { at, value, size: 1, depth: 0 }
}

function measure(trees: readonly Tree[]): { readonly size: number; readonly depth: number } {
  let size = 1
  let depth = 0
  for (const tree of trees) {
    size += tree.size
    depth = Math.max(depth, tree.depth + 1)
  }
  return { size, depth }
}
