import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, Scalar } from 'yaml'
import type { Json } from '../core/json.ts'
import { shownKey } from '../core/shown-key.ts'
import { holdsExpression, UNEXPANDED } from './expressions.ts'
import { MAX_DEPTH } from './tokens.ts'
import { entryTree, leaf, listTree, mapTree, type Tree, type TreeEntry } from './value-tree.ts'

/** How much aliases may add: an anchor of a thousand names can be used a thousand times; a bomb cannot go off. */
const MAX_ALIASED = 1_000_000

/** Called for each problem; a message has no text from under a key `value`. */
export type Report = (at: number, message: string) => void

interface Context {
  readonly report: Report
  readonly holdsExpression: (node: ParsedNode) => boolean
  readonly anchors: Map<string, Tree | 'open'>
  aliased: number
  stopped: boolean
}

/**
 * Turns a composed document into plain values: aliases followed, `<<` merged, keys as text just as they are written.
 * Undefined when aliases expand beyond the limit. Maps have no prototype, so any key is safe.
 */
export function plantTree(contents: ParsedNode | null, text: string, report: Report): Tree | undefined {
  const any = holdsExpression(text)
  const context: Context = {
    report,
    holdsExpression: ({ range: [from, to] }) => any && holdsExpression(text.slice(from, to)),
    anchors: new Map(),
    aliased: 0,
    stopped: false,
  }
  const tree = plant(contents, context, 0, 'shown')
  if (context.stopped) return undefined
  if (any) reportExpressions(tree, report)
  return tree
}

/**
 * Reports each expression at its place, once for all of its aliases; one that is below an unused key `x-` is skipped.
 */
function reportExpressions(root: Tree, report: Report): void {
  const seen = new Set<Tree>()
  const stack = [...(root.entries ?? [])].filter(([key]) => !key.startsWith('x-')).map(([, { tree }]) => tree)
  if (root.expression === true) stack.push(root)
  while (stack.length > 0) {
    const tree = stack.pop()
    if (tree === undefined || seen.has(tree)) continue
    seen.add(tree)
    if (tree.expression) report(tree.at, UNEXPANDED)
    for (const { tree: below } of tree.entries?.values() ?? []) stack.push(below)
    for (const below of tree.items ?? []) stack.push(below)
  }
}

/** Whether messages may show the texts of keys: not under `value`. */
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
      : plantLeaf(node, at, context)
  const planted: Tree = isKnownTag(node.tag) ? tree : { ...tree, faulty: true }
  if (node.anchor !== undefined) context.anchors.set(node.anchor, planted)
  return planted
}

function plantLeaf(node: ParsedNode, at: number, context: Context): Tree {
  const tree = leaf(at, isScalar(node) ? plain(node.value) : null)
  return context.holdsExpression(node) ? { ...tree, faulty: true, expression: true } : tree
}

/** The parser reports any other tag, but not its intended meaning. */
function isKnownTag(tag: string | undefined): boolean {
  return tag === undefined || tag === '!' || /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(tag)
}

function plantList(items: readonly ParsedNode[], at: number, context: Context, depth: number, secrecy: Secrecy): Tree {
  return listTree(
    at,
    items.map((item) => plant(item, context, depth + 1, secrecy)),
  )
}

function plantMap(
  pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
  at: number,
  context: Context,
  depth: number,
  secrecy: Secrecy,
): Tree {
  const own = new Map<string, TreeEntry>()
  let merged: Map<string, TreeEntry> | undefined
  for (const { key, value } of pairs) {
    if (context.stopped) break
    const keyAt = key.range[0]
    const name = keyText(key, context, depth)
    if (name === undefined) {
      // The reason is reported already.
    } else if (isMergeKey(key)) {
      if (merged !== undefined) context.report(keyAt, '`<<` stands twice in the same map: write `<<: [*a, *b]`')
      else merged = merge(plant(value, context, depth + 1, secrecy), keyAt, context)
    } else if (own.has(name)) {
      context.report(
        keyAt,
        secrecy === 'hidden' ? 'a key stands twice' : `\`${shownKey(name)}\` stands twice in the same map`,
      )
    } else {
      const tree = plant(value, context, depth + 1, name === 'value' ? 'hidden' : secrecy)
      own.set(name, entryTree(keyAt, tree))
    }
  }
  return mapTree(at, merged === undefined || merged.size === 0 ? own : new Map([...merged, ...own]))
}

/** Merges the value of `<<`: a map, or a list of maps of which the earlier wins. */
function merge(source: Tree, at: number, context: Context): Map<string, TreeEntry> {
  const into = new Map<string, TreeEntry>()
  const maps = context.stopped ? [] : (source.items ?? [source])
  for (const { entries, size, faulty, expression } of maps) {
    if (faulty) {
      if (expression) context.report(at, UNEXPANDED)
      return into
    }
    if (entries === undefined) {
      context.report(at, '`<<` takes a map (`*anchor`), or a list of maps')
      return into
    }
    if (!spend(size, at, context)) return into
    for (const [name, entry] of entries) if (!into.has(name)) into.set(name, entry)
  }
  return into
}

function follow(anchor: string, at: number, context: Context, depth: number): Tree {
  const target = context.anchors.get(anchor)
  if (target === undefined || target === 'open') {
    const why =
      target === 'open'
        ? 'an alias stands inside the anchor that it names'
        : 'an alias names no anchor above it; text that starts with `*` belongs in quotes'
    context.report(at, why)
    return { ...leaf(at, null), faulty: true }
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

/** The text of a key; undefined where a problem of it is reported. */
function keyText(key: ParsedNode, context: Context, depth: number): string | undefined {
  const at = key.range[0]
  if (isAlias(key)) {
    const { value, faulty, expression } = follow(key.source, at, context, depth)
    if (typeof value === 'string' && !faulty) return value
    if (!faulty || expression) context.report(at, expression ? UNEXPANDED : 'a key must be text')
    return undefined
  }
  if (!isScalar(key)) {
    context.report(at, 'a key must be text')
    return undefined
  }
  if (!isKnownTag(key.tag)) return undefined
  if (context.holdsExpression(key)) {
    context.report(at, UNEXPANDED)
    return undefined
  }
  const text = key.source ?? String(key.value)
  if (key.anchor !== undefined) context.anchors.set(key.anchor, leaf(at, text))
  return text
}

function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<'
}

function plain(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return null
}
