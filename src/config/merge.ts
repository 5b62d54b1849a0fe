import { type Diagnostic, formatSource, type Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { type Document, getPath, isDocument, type Json } from '../core/json.ts'
import { type LeafKeys, leafKeys } from '../core/leaf-keys.ts'
import type { Configuration, Layer } from './configuration.ts'
import { type Spend, UNLIMITED } from './limits.ts'
import type { Path } from './parse.ts'
import { rival } from './ranks.ts'

/** Something that the YAML gives, and by whom. */
export interface Given {
  readonly value: Json
  readonly layer: Layer
  readonly path: Path
  /** Looked up when it is asked for: of most it never is. */
  readonly source: Source
}

/** A value with those that it overrides, the strongest last. */
export interface Merged {
  readonly given: Given
  readonly overridden: readonly Given[]
}

export type State = 'present' | 'absent' | 'unmanaged'

/** One address after merging; its lists are still as the YAML has them. */
export interface MergedMember {
  readonly key: string
  readonly state: State
  /** Who had the last word: what a change of it is blamed on. */
  readonly source: Source
  /** All that said something about it, the strongest last. `value` is the state that each asked for. */
  readonly mentions: readonly Given[]
  /** By dotted path. Empty unless it is present. */
  readonly fields: ReadonlyMap<string, Merged>
  readonly adds: ReadonlyMap<string, readonly Given[]>
  readonly removes: ReadonlyMap<string, readonly Given[]>
}

export interface MergedSection {
  readonly family: Family
  /** The family's key where it is strongest. */
  readonly source: Source
  readonly members: readonly MergedMember[]
}

/** Merges what layers say, for one scope after the other. */
export interface Merger {
  /**
   * All that the layers of one scope say of one family; undefined where none mentions it.
   * @param layers weak to strong, as `scopesOf` has them
   */
  merge(layers: readonly Layer[], family: Family): MergedSection | undefined
}

/** What one layer says of a family. What a set says is the same in each repository that it reaches, and is made once. */
interface Speech {
  readonly section: Given
  readonly statements: readonly Statement[]
}

/** What one layer says of one member, by the name that GitHub folds. */
interface Statement {
  readonly key: string
  readonly whole: Given
  /** The same with the state that it asks for as the value. */
  readonly mention: Given
  readonly asks: State
  readonly leaves: readonly { readonly kind: keyof LeafKeys; readonly path: string; readonly given: Given }[]
}

/** @param spend counts what is merged */
export function createMerger(
  configuration: Pick<Configuration, 'place'>,
  diagnostics: Diagnostic[],
  spend: Spend = UNLIMITED,
): Merger {
  const speeches = new Map<Layer, Map<Family, Speech | undefined>>()
  // A member of which nothing else speaks is the same wherever that is so.
  const alone = new Map<Statement, MergedMember>()
  const speechOf = (layer: Layer, family: Family): Speech | undefined => {
    if (layer.match === undefined) return speech(configuration, layer, family)
    const known = speeches.get(layer) ?? new Map<Family, Speech | undefined>()
    speeches.set(layer, known)
    if (!known.has(family)) known.set(family, speech(configuration, layer, family))
    return known.get(family)
  }
  const memberOf = (family: Family, statements: readonly [Statement, ...Statement[]]): MergedMember => {
    const [first, ...others] = statements
    const known = others.length === 0 ? alone.get(first) : undefined
    const member = known ?? mergeMember(statements, family, diagnostics)
    if (others.length === 0 && first.whole.layer.match !== undefined) alone.set(first, member)
    return member
  }
  return {
    merge(layers, family) {
      let strongest: Given | undefined
      const byKey = new Map<string, [Statement, ...Statement[]]>()
      for (const layer of layers) {
        const said = speechOf(layer, family)
        if (said === undefined) continue
        strongest = said.section
        spend('merged', Math.max(said.statements.length, 1), () => said.section.source)
        for (const statement of said.statements) push(byKey, statement.key, statement)
      }
      if (strongest === undefined) return undefined
      const members = [...byKey.values()].map((statements) => memberOf(family, statements))
      return { family, source: strongest.source, members }
    },
  }
}

function speech(configuration: Pick<Configuration, 'place'>, layer: Layer, family: Family): Speech | undefined {
  const value = Object.hasOwn(layer.body, family.name) ? layer.body[family.name] : undefined
  if (value === undefined) return undefined
  const give = (given: Json, path: Path): Given => {
    return {
      value: given,
      layer,
      path,
      get source() {
        return configuration.place(layer.file, path)
      },
    }
  }
  const fields = Object.entries(family.fields).map(([path, { list }]) => ({ path, list, keys: leafKeys(path) }))
  const state = (key: string, whole: Given): Statement => {
    const asks = stateOf(whole.value)
    const leaves: { kind: keyof LeafKeys; path: string; given: Given }[] = []
    for (const { path, list, keys } of isDocument(whole.value) ? fields : []) {
      for (const kind of list === undefined ? EXACT : KINDS) {
        const inner = getPath(whole.value as Document, keys[kind])
        if (inner === undefined) continue
        leaves.push({ kind, path, given: give(inner, [...whole.path, ...keys[kind].split('.')]) })
      }
    }
    return { key, whole, mention: give(asks, whole.path), asks, leaves }
  }
  const path = [...layer.path, family.name]
  const section = give(value, path)
  if (family.shape === 'settings') return { section, statements: [state('', section)] }
  const members = isDocument(value) ? Object.entries(value) : []
  return {
    section,
    statements: members.map(([name, member]) => state(family.fold(name), give(member, [...path, name]))),
  }
}

const EXACT = ['exact'] as const
const KINDS = ['exact', 'add', 'remove'] as const

function mergeMember(
  statements: readonly [Statement, ...Statement[]],
  family: Family,
  diagnostics: Diagnostic[],
): MergedMember {
  const fields = new Map<string, { readonly given: Given; readonly overridden: Given[] }>()
  const adds = new Map<string, [Given, ...Given[]]>()
  const removes = new Map<string, [Given, ...Given[]]>()
  const mentions: Given[] = []
  let state: State = 'present'
  let last = statements[0]
  for (const statement of statements) {
    const { asks, whole, mention, leaves } = statement
    const before = mentions.at(-1)
    mentions.push(mention)
    if (asks !== 'present' || state !== 'present') {
      if (before !== undefined && rival(before.layer, whole.layer)) {
        diagnostics.push(conflict(statement.key || family.name, before, whole))
      }
      for (const map of [fields, adds, removes]) map.clear()
    }
    state = asks
    last = statement
    for (const { kind, path, given } of leaves) {
      if (kind !== 'exact') {
        push(kind === 'add' ? adds : removes, path, given)
        continue
      }
      const weaker = fields.get(path)
      if (weaker !== undefined && rival(weaker.given.layer, given.layer)) {
        diagnostics.push(conflict(path, weaker.given, given))
      }
      const overridden = weaker?.overridden ?? []
      if (weaker !== undefined) overridden.push(weaker.given)
      fields.set(path, { given, overridden })
    }
  }
  return { key: last.key, state, source: last.whole.source, mentions, fields, adds, removes }
}

function stateOf(value: Json): State {
  return value === 'absent' || value === 'unmanaged' ? value : 'present'
}

function conflict(what: string, first: Given, second: Given): Diagnostic {
  const place = formatSource(first.source)
  const message = `\`${what}\` is given here and at ${place}, with the same rank: keep one of them`
  return { severity: 'error', message, source: second.source }
}

function push<Item>(map: Map<string, [Item, ...Item[]]>, key: string, item: Item): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [item])
  else list.push(item)
}
