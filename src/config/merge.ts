import { encodeName } from '../core/address.ts'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { Layer } from './configuration.ts'
import type { Given, State } from './given.ts'
import { type Spend, UNLIMITED } from './limits.ts'
import { conflict, rival } from './ranks.ts'
import { type Speech, type Statement, speech, type Words, wordsFor } from './statements.ts'
import { isTemplate } from './templates.ts'

/** A value with those that it overrides, the strongest last. */
export interface Merged {
  readonly given: Given
  readonly overridden: readonly Given[]
}

/** One address after merging; its lists are still as the YAML has them. */
export interface MergedMember {
  readonly key: string
  /** The same as it stands in an address. */
  readonly name: string
  /** The same as its deciding statement spells it. */
  readonly spelling: string
  readonly state: State
  /** The place of the deciding statement, which messages about a change name. */
  readonly source: Source
  /** All its mentions, the strongest last. `value` is the desired state of each. */
  readonly mentions: readonly Given[]
  /** By dotted path. Empty unless it is present. */
  readonly fields: ReadonlyMap<string, Merged>
  readonly adds: ReadonlyMap<string, readonly Given[]>
  readonly removes: ReadonlyMap<string, readonly Given[]>
  /** Statements of one rank that contradict each other. */
  readonly conflicts: readonly Diagnostic[]
  /** Whether any of its values or lists holds placeholders, which mean another name in each scope. */
  readonly isTemplate: boolean
}

export interface MergedSection {
  readonly family: Family
  /** The family's key where it is strongest. */
  readonly source: Source
  readonly members: readonly MergedMember[]
}

/** Merges the statements of layers, for one scope after the other. */
export interface Merger {
  /**
   * The statements of all layers of one scope about one family; undefined where none mentions it.
   * @param layers weak to strong, as `scopesOf` has them
   */
  merge(layers: readonly Layer[], family: Family): MergedSection | undefined
}

/** @param spend counts the merged statements */
export function createMerger(spend: Spend = UNLIMITED): Merger {
  const words = new Map<Family, readonly Words[]>()
  const partsOf = (family: Family): readonly Words[] => {
    const known = words.get(family) ?? wordsFor(family)
    words.set(family, known)
    return known
  }
  const speeches = new Map<Layer, Map<Family, Speech | undefined>>()
  // A member with a single statement is the same everywhere.
  const alone = new Map<Statement, MergedMember>()
  const speechOf = (layer: Layer, family: Family): Speech | undefined => {
    if (layer.match === undefined) return speech(layer, family, partsOf)
    const known = speeches.get(layer) ?? new Map<Family, Speech | undefined>()
    speeches.set(layer, known)
    if (!known.has(family)) known.set(family, speech(layer, family, partsOf))
    return known.get(family)
  }
  const memberOf = (family: Family, said: Said): MergedMember => {
    if (isSeveral(said)) return mergeMember(said, family)
    const known = alone.get(said)
    if (known !== undefined) return known
    const member = mergeMember([said], family)
    if (said.whole.layer.match !== undefined) alone.set(said, member)
    return member
  }
  return {
    merge(layers, family) {
      let strongest: Given | undefined
      let byKey: Map<string, Said> | undefined
      for (const layer of layers) {
        const said = speechOf(layer, family)
        if (said === undefined) continue
        strongest = said.section
        // No map for a family that no layer mentions, as most of a scope's families are.
        byKey ??= new Map()
        spend('merged', Math.max(said.statements.length, 1), () => said.section.source)
        for (const statement of said.statements) {
          const before = byKey.get(statement.key)
          if (before === undefined) byKey.set(statement.key, statement)
          else if (isSeveral(before)) before.push(statement)
          else byKey.set(statement.key, [before, statement])
        }
      }
      if (strongest === undefined || byKey === undefined) return undefined
      const members = [...byKey.values()].map((statements) => memberOf(family, statements))
      return { family, source: strongest.source, members }
    },
  }
}

/** The statements about one member, weak to strong: nearly all members have one statement only. */
type Said = Statement | [Statement, ...Statement[]]

function isSeveral(said: Said): said is [Statement, ...Statement[]] {
  return Array.isArray(said)
}

/** One for all: nearly no member has conflicts. */
const NONE: readonly never[] = Object.freeze([])
const NO_LISTS: MergedMember['adds'] = new Map()

function mergeMember(statements: readonly [Statement, ...Statement[]], family: Family): MergedMember {
  let conflicts: readonly Diagnostic[] = NONE
  const fields = new Map<string, { readonly given: Given; readonly overridden: Given[] }>()
  let adds: Map<string, [Given, ...Given[]]> | undefined
  let removes: Map<string, [Given, ...Given[]]> | undefined
  const mentions: Given[] = []
  let state: State = 'present'
  for (const statement of statements) {
    const { asks, whole, mention, leaves } = statement
    const before = mentions.at(-1)
    mentions.push(mention)
    if (asks !== 'present' || state !== 'present') {
      if (before !== undefined && rival(before.layer, whole.layer)) {
        conflicts = [...conflicts, conflict(statement.key || family.name, before, whole)]
      }
      fields.clear()
      adds = undefined
      removes = undefined
    }
    state = asks
    for (const { kind, path, given } of leaves) {
      if (kind === 'add') {
        adds ??= new Map()
        push(adds, path, given)
        continue
      }
      if (kind === 'remove') {
        removes ??= new Map()
        push(removes, path, given)
        continue
      }
      const weaker = fields.get(path)
      if (weaker !== undefined && rival(weaker.given.layer, given.layer)) {
        conflicts = [...conflicts, conflict(path, weaker.given, given)]
      }
      const overridden = weaker?.overridden ?? []
      if (weaker !== undefined) overridden.push(weaker.given)
      fields.set(path, { given, overridden })
    }
  }
  const { key, whole } = statements.at(-1) ?? statements[0]
  return {
    key,
    name: encodeName(key),
    spelling: key === '' ? key : String(whole.path.at(-1)),
    state,
    source: whole.source,
    mentions,
    fields,
    adds: adds ?? NO_LISTS,
    removes: removes ?? NO_LISTS,
    conflicts,
    isTemplate: holdsTemplates(family, fields) || hasOpenLists(family, adds) || hasOpenLists(family, removes),
  }
}

function holdsTemplates(family: Family, fields: MergedMember['fields']): boolean {
  for (const [path, { given, overridden }] of fields) {
    if (isTemplate(family.fields[path], overridden.length === 0 ? [given] : [given, ...overridden])) return true
  }
  return false
}

function hasOpenLists(family: Family, lists: MergedMember['adds'] = NO_LISTS): boolean {
  for (const [path, all] of lists) if (isTemplate(family.fields[path], all)) return true
  return false
}

function push<Item>(map: Map<string, [Item, ...Item[]]>, key: string, item: Item): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [item])
  else list.push(item)
}
