import { type Diagnostic, formatSource, type Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { getPath, isDocument, type Json } from '../core/json.ts'
import type { Configuration, Layer } from './configuration.ts'
import { leafKeys } from './leaf.ts'
import type { Path } from './parse.ts'
import { rival, sortLayers } from './ranks.ts'

/** Something that the YAML gives, and by whom. */
export interface Given {
  readonly value: Json
  readonly layer: Layer
  readonly path: Path
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

/** Merges all that the layers of one scope say of one family; undefined where none mentions it. */
export function mergeSection(
  configuration: Configuration,
  layers: readonly Layer[],
  family: Family,
  diagnostics: Diagnostic[],
): MergedSection | undefined {
  let strongest: Given | undefined
  const statements = new Map<string, [Given, ...Given[]]>()
  for (const layer of sortLayers(layers)) {
    const value = Object.hasOwn(layer.body, family.name) ? layer.body[family.name] : undefined
    if (value === undefined) continue
    const give = (given: Json, path: Path): Given => {
      return { value: given, layer, path, source: configuration.place(layer.file, path) }
    }
    const path = [...layer.path, family.name]
    strongest = give(value, path)
    if (family.shape === 'settings') {
      push(statements, '', strongest)
    } else if (isDocument(value)) {
      for (const [name, member] of Object.entries(value)) {
        push(statements, family.fold(name), give(member, [...path, name]))
      }
    }
  }
  if (strongest === undefined) return undefined
  const { source } = strongest
  const members = [...statements].map(([key, given]) => mergeMember(configuration, key, given, family, diagnostics))
  return { family, source, members }
}

function mergeMember(
  configuration: Configuration,
  key: string,
  statements: readonly [Given, ...Given[]],
  family: Family,
  diagnostics: Diagnostic[],
): MergedMember {
  const fields = new Map<string, Merged>()
  const adds = new Map<string, [Given, ...Given[]]>()
  const removes = new Map<string, [Given, ...Given[]]>()
  const mentions: Given[] = []
  let state: State = 'present'
  for (const statement of statements) {
    const asked = stateOf(statement.value)
    const before = mentions.at(-1)
    mentions.push({ ...statement, value: asked })
    if (asked !== 'present' || state !== 'present') {
      if (before !== undefined && rival(before.layer, statement.layer)) {
        diagnostics.push(conflict(key || family.name, before, statement))
      }
      for (const map of [fields, adds, removes]) map.clear()
    }
    state = asked
    for (const [path, { list }] of Object.entries(family.fields)) {
      const keys = leafKeys(path)
      const exact = valueAt(configuration, statement, keys.exact)
      if (exact !== undefined) {
        const weaker = fields.get(path)
        if (weaker !== undefined && rival(weaker.given.layer, exact.layer)) {
          diagnostics.push(conflict(path, weaker.given, exact))
        }
        fields.set(path, { given: exact, overridden: weaker ? [...weaker.overridden, weaker.given] : [] })
      }
      if (list === undefined) continue
      push(adds, path, valueAt(configuration, statement, keys.add))
      push(removes, path, valueAt(configuration, statement, keys.remove))
    }
  }
  const { source } = statements.at(-1) ?? statements[0]
  return { key, state, source, mentions, fields, adds, removes }
}

function valueAt(configuration: Configuration, statement: Given, leaf: string): Given | undefined {
  const value = isDocument(statement.value) ? getPath(statement.value, leaf) : undefined
  if (value === undefined) return undefined
  const { layer } = statement
  const path = [...statement.path, ...leaf.split('.')]
  return { value, layer, path, source: configuration.place(layer.file, path) }
}

function stateOf(value: Json): State {
  return value === 'absent' || value === 'unmanaged' ? value : 'present'
}

function conflict(what: string, first: Given, second: Given): Diagnostic {
  const place = formatSource(first.source)
  const message = `\`${what}\` is given here and at ${place}, with the same rank: keep one of them`
  return { severity: 'error', message, source: second.source }
}

function push(map: Map<string, [Given, ...Given[]]>, key: string, given: Given | undefined): void {
  if (given === undefined) return
  const list = map.get(key)
  if (list === undefined) map.set(key, [given])
  else list.push(given)
}
