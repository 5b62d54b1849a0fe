import type { Family } from '../core/family.ts'
import { type Document, getPath, isDocument, type Json } from '../core/json.ts'
import { type LeafKeys, leafKeys } from '../core/leaf-keys.ts'
import type { Layer } from './configuration.ts'
import type { Given, State } from './given.ts'
import type { Path } from './yaml-file.ts'

/**
 * The statements of one layer about a family. Those of a set are the same in each repository that it reaches, and are
 * made once.
 */
export interface Speech {
  readonly section: Given
  readonly statements: readonly Statement[]
}

/** The statement of one layer about one member, by the name that GitHub folds. */
export interface Statement {
  readonly key: string
  readonly whole: Given
  /** The same with its desired state as the value. */
  readonly mention: Given
  readonly asks: State
  readonly leaves: readonly { readonly kind: keyof LeafKeys; readonly path: string; readonly given: Given }[]
}

/** One key under which a field of a family can be given. */
export interface Words {
  readonly kind: keyof LeafKeys
  /** Of the field, dotted. */
  readonly path: string
  /** Dotted, too. */
  readonly key: string
  readonly steps: readonly string[]
}

/** The keys under which the fields of a family can be given. */
export function wordsFor(family: Family): readonly Words[] {
  return Object.entries(family.fields).flatMap(([path, { list }]) => {
    const keys = leafKeys(path)
    const kinds = list === undefined ? EXACT : KINDS
    return kinds.map((kind) => ({ kind, path, key: keys[kind], steps: keys[kind].split('.') }))
  })
}

/** The statements of a layer; undefined where it does not speak of the family. @param partsOf the keys of a family */
export function speech(
  layer: Layer,
  family: Family,
  partsOf: (family: Family) => readonly Words[],
): Speech | undefined {
  const value = Object.hasOwn(layer.body, family.name) ? layer.body[family.name] : undefined
  if (value === undefined) return undefined
  const give = (given: Json, path: Path): Given => ({ value: given, layer, path, source: layer.place(path) })
  const words = partsOf(family)
  const state = (key: string, whole: Given): Statement => {
    const asks = stateOf(whole.value)
    const leaves: Statement['leaves'][number][] = []
    for (const { kind, path, key, steps } of isDocument(whole.value) ? words : []) {
      const inner = getPath(whole.value as Document, key)
      if (inner !== undefined) leaves.push({ kind, path, given: give(inner, [...whole.path, ...steps]) })
    }
    return { key, whole, mention: { value: asks, layer, path: whole.path, source: whole.source }, asks, leaves }
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

function stateOf(value: Json): State {
  return value === 'absent' || value === 'unmanaged' ? value : 'present'
}
