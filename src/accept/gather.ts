import { isAlias, isMap, isSeq, type YAMLSeq } from 'yaml'
import type { Path } from '../config/yaml-file.ts'
import { append } from '../core/append.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import { CannotTake } from './cannot-take.ts'
import type { Edit } from './edit.ts'
import {
  type Entry,
  isMergeKey,
  keyText,
  type MapNode,
  placeOf,
  sharedAnchor,
  sharedAnchorBelow,
  valueAt,
  type YamlText,
} from './yaml-places.ts'

export type ListNode = YAMLSeq.Parsed

/** The edits of one map that is written out. */
export interface MapEdit {
  /** The entry that holds the map; undefined at the root. */
  readonly holder: Entry | undefined
  readonly removed: Set<Entry>
  readonly added: Map<string, Json>
}

/** The edits of one list. */
export interface ListEdit {
  readonly holder: Entry | undefined
  readonly removed: Set<number>
  readonly added: Json[]
}

/** All edits of one file, by the nodes that they change. */
export interface Gathered {
  readonly maps: Map<MapNode, MapEdit>
  readonly lists: Map<ListNode, ListEdit>
  /** Entries whose value is replaced. */
  readonly values: Map<Entry, Json>
  /** Entries whose alias becomes a map: the alias merged, and these keys beside it. */
  readonly aliases: Map<Entry, Map<string, Json>>
}

/**
 * Groups the edits of one file by the maps and lists that they change. Content that is shared through an anchor is left
 * as it is: a key beside `<<` overrides the merged one, and a key that must go takes the `<<` apart.
 * @throws CannotTake where an edit would change shared content
 */
export function gatherEdits(yaml: YamlText, edits: readonly Edit[]): Gathered {
  const gathered: Gathered = { maps: new Map(), lists: new Map(), values: new Map(), aliases: new Map() }
  for (const edit of edits) {
    if (edit.kind === 'set') set(yaml, gathered, edit.path, edit.value)
    else if (edit.kind === 'remove') remove(yaml, gathered, edit.path)
    else changeList(yaml, gathered, edit)
  }
  return gathered
}

function set(yaml: YamlText, gathered: Gathered, path: Path, value: Json): void {
  const { nodes, entries, found } = placeOf(yaml, path)
  const entry = entries.at(-1)
  if (found === path.length) {
    refuseShared(yaml, nodes, nodes.at(-1) ?? null)
    if (entry === undefined) throw new CannotTake('its place in the file cannot be rewritten')
    gathered.values.set(entry, value)
    return
  }
  const node = nodes.at(-1) ?? null
  const above = valueAt(yaml, path.slice(0, found))
  refuseShared(yaml, nodes, null)
  if (isMap(node)) {
    addBelow(mapEdit(gathered, node as MapNode, entry).added, path.slice(found), value, above)
  } else if (isAlias(node) && entry !== undefined) {
    const added = gathered.aliases.get(entry) ?? new Map<string, Json>()
    gathered.aliases.set(entry, added)
    addBelow(added, path.slice(found), value, above)
  } else throw new CannotTake('its place in the file cannot be rewritten')
}

function remove(yaml: YamlText, gathered: Gathered, path: Path): void {
  const { nodes, entries, found } = placeOf(yaml, path)
  const last = path.at(-1)
  if (found === path.length) {
    const [map, entry] = [nodes.at(-2), entries.at(-1)]
    refuseShared(yaml, nodes.slice(0, -1), nodes.at(-1) ?? null)
    if (!isMap(map) || entry === undefined) throw new CannotTake('its place in the file cannot be rewritten')
    mapEdit(gathered, map as MapNode, entries.at(-2)).removed.add(entry)
    return
  }
  const node = nodes.at(-1) ?? null
  const rest = valueAt(yaml, path.slice(0, -1))
  if (typeof last !== 'string' || !isDocument(rest)) return
  if (found === path.length - 1 && isMap(node)) {
    refuseShared(yaml, nodes, null)
    takeApart(gathered, node as MapNode, entries.at(-1), rest, last)
  } else set(yaml, gathered, path.slice(0, -1), without(rest, last))
}

/** Writes out the values of `<<` but one key, in place of the `<<`. */
function takeApart(gathered: Gathered, map: MapNode, holder: Entry | undefined, whole: Document, key: string): void {
  const edit = mapEdit(gathered, map, holder)
  for (const entry of map.items) {
    const name = keyText(entry.key)
    if (isMergeKey(entry.key)) edit.removed.add(entry)
    else if (name !== undefined && edit.added.has(name)) edit.added.delete(name)
  }
  const written = new Set(map.items.flatMap((entry) => (isMergeKey(entry.key) ? [] : (keyText(entry.key) ?? []))))
  for (const [name, value] of Object.entries(whole)) {
    if (name !== key && !written.has(name) && !edit.added.has(name)) edit.added.set(name, value)
  }
  edit.added.delete(key)
}

function changeList(yaml: YamlText, gathered: Gathered, edit: Edit & { kind: 'list' }): void {
  const { nodes, entries, found } = placeOf(yaml, edit.path)
  const node = nodes.at(-1) ?? null
  if (found < edit.path.length || !isSeq(node)) throw new CannotTake('its list is not written out in its own place')
  refuseShared(yaml, nodes, node)
  const list = gathered.lists.get(node as ListNode) ?? { holder: entries.at(-1), removed: new Set(), added: [] }
  gathered.lists.set(node as ListNode, list)
  for (const index of edit.remove) list.removed.add(index)
  append(list.added, edit.add)
}

function mapEdit(gathered: Gathered, map: MapNode, holder: Entry | undefined): MapEdit {
  const edit = gathered.maps.get(map) ?? { holder, removed: new Set(), added: new Map() }
  gathered.maps.set(map, edit)
  return edit
}

/**
 * Adds a value below a map. Values from an alias or `<<` on the way are copied: a key that is written out hides all of
 * them.
 */
function addBelow(added: Map<string, Json>, path: Path, value: Json, above: Json | undefined): void {
  const [key, ...rest] = path
  if (typeof key !== 'string') throw new CannotTake('its place in the file cannot be rewritten')
  const given = isDocument(above) && Object.hasOwn(above, key) ? above[key] : undefined
  added.set(key, rest.length === 0 ? value : withValue(added.get(key) ?? given, rest, value))
}

function withValue(document: Json | undefined, [key, ...rest]: Path, value: Json): Json {
  if (typeof key !== 'string') throw new CannotTake('its place in the file cannot be rewritten')
  const copy: Record<string, Json> = isDocument(document) ? { ...document } : {}
  const inner = Object.hasOwn(copy, key) ? copy[key] : undefined
  copy[key] = rest.length === 0 ? value : withValue(inner, rest, value)
  return copy
}

function without(document: Document, key: string): Document {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key))
}

function refuseShared(
  yaml: YamlText,
  onTheWay: Parameters<typeof sharedAnchor>[1],
  gone: Parameters<typeof sharedAnchorBelow>[1],
): void {
  const anchor = sharedAnchor(yaml, onTheWay) ?? sharedAnchorBelow(yaml, gone)
  if (anchor !== undefined) throw new CannotTake(`its entry carries the anchor &${anchor}, which other places use`)
}
