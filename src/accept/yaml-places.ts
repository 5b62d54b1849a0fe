import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  Scalar,
  visit,
  type YAMLMap,
} from 'yaml'
import { readTokens } from '../config/tokens.ts'
import { plantTree } from '../config/tree.ts'
import type { Path } from '../config/yaml-file.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import { CannotTake } from './cannot-take.ts'

export type MapNode = YAMLMap.Parsed
export type Entry = Pair<ParsedNode, ParsedNode | null>

/** The text of a file together with its syntax. */
export interface YamlText {
  readonly text: string
  readonly root: ParsedNode
  /** The file as plain values: aliases followed, `<<` merged. */
  readonly value: Json
  /** The entry of a map that is written out under a key; found quickly, because a map may have thousands. */
  entryOf(map: ParsedNode, key: string): Entry | undefined
  /** Names of the anchors that an alias uses: a node with such an anchor is shared. */
  readonly used: ReadonlySet<string>
  /** As the file ends its lines. */
  readonly eol: '\n' | '\r\n'
}

/** The part of a path that is written out at that very place, not by aliases and merges. */
export interface Place {
  /** From the file's root to the last node that was reached. */
  readonly nodes: readonly (ParsedNode | null)[]
  /** The entry that holds each of `nodes` but the root; undefined in a list. */
  readonly entries: readonly (Entry | undefined)[]
  /** How many steps of the path were found. */
  readonly found: number
}

/** Reads a text that the configuration was loaded from. @throws CannotTake where it is no YAML after all */
export function openYaml(text: string): YamlText {
  const { tokens } = readTokens(text)
  const composer = new Composer<ParsedNode>({ schema: 'core', resolveKnownTags: false, uniqueKeys: false })
  const [document] = [...composer.compose(tokens, true, text.length)]
  const root = document?.contents
  const tree = plantTree(root ?? null, text, () => undefined)
  if (!document || !root || !tree) throw new CannotTake('its file cannot be read any more')
  const used = new Set<string>()
  visit(document, { Alias: (_, { source }) => void used.add(source) })
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  return { text, root, value: tree.value, entryOf: indexed(), used, eol }
}

function indexed(): YamlText['entryOf'] {
  const indexes = new Map<ParsedNode, ReadonlyMap<string, Entry>>()
  return (map, key) => {
    let index = indexes.get(map)
    if (index === undefined) {
      const entries = isMap<ParsedNode, ParsedNode | null>(map) ? map.items : []
      const named = entries.map((entry) => [isMergeKey(entry.key) ? undefined : keyText(entry.key), entry] as const)
      index = new Map(named.filter((each): each is [string, Entry] => each[0] !== undefined))
      indexes.set(map, index)
    }
    return index.get(key)
  }
}

/** Follows a path as far as it is written out. */
export function placeOf({ root, entryOf }: YamlText, path: Path): Place {
  const nodes: (ParsedNode | null)[] = [root]
  const entries: (Entry | undefined)[] = []
  for (const step of path) {
    const node = nodes.at(-1) ?? null
    if (isMap(node) && typeof step === 'string') {
      const entry = entryOf(node, step)
      if (entry === undefined) break
      entries.push(entry)
      nodes.push(entry.value)
    } else if (isSeq<ParsedNode>(node) && typeof step === 'number' && node.items[step] !== undefined) {
      entries.push(undefined)
      nodes.push(node.items[step])
    } else break
  }
  return { nodes, entries, found: entries.length }
}

/** The value at a path with aliases followed and `<<` merged. */
export function valueAt({ value }: YamlText, path: Path): Json | undefined {
  let found: Json | undefined = value
  for (const step of path) {
    if (Array.isArray(found) && typeof step === 'number') found = found[step]
    else if (isDocument(found) && Object.hasOwn(found, step)) found = (found as Document)[step]
    else return undefined
  }
  return found
}

/** The anchor that makes any of these nodes shared; undefined where a change of them has no effect elsewhere. */
export function sharedAnchor({ used }: YamlText, nodes: readonly (ParsedNode | null)[]): string | undefined {
  for (const node of nodes) {
    if (node !== null && !isAlias(node) && node.anchor !== undefined && used.has(node.anchor)) return node.anchor
  }
  return undefined
}

/** The same for a node with all nodes below it. */
export function sharedAnchorBelow(yaml: YamlText, node: ParsedNode | null): string | undefined {
  if (node === null) return undefined
  let shared: string | undefined
  visit(node, {
    Node: (_, inner) => {
      shared ??= sharedAnchor(yaml, [inner as ParsedNode])
      return shared === undefined ? undefined : visit.BREAK
    },
  })
  return shared
}

export function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<'
}

export function keyText(key: ParsedNode): string | undefined {
  return isScalar(key) ? (key.source ?? String(key.value)) : undefined
}
