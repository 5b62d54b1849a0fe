import type { Family } from './family.ts'
import { type Mode, modesOf } from './family-modes.ts'
import { fieldAt, isMadeWith, leavesOf, supportsLeaf } from './leaves.ts'
import type { ScopeType } from './scope.ts'
import type { Support } from './support.ts'

/** The facts that follow from a family, a level and a product alone: the same for each of 10,000 repositories. */
export interface FieldTable {
  readonly modes: readonly Mode[]
  /** The fields that the product takes, and those that it does not. */
  readonly taken: readonly string[]
  readonly lacking: readonly string[]
  /** Fields of words, of which a product may take some alone. */
  readonly words: readonly string[]
  /** Fields that the product takes with the create alone, and does not show afterwards. */
  readonly made: readonly string[]
}

/** The table of a section: that of its plan, or one of its own where it is planned by itself. */
export function tableOf({ table, family, scope, known }: Of): FieldTable {
  return table ?? makeTable(family, scope.type, known.product)
}

interface Of {
  readonly family: Family
  readonly table?: FieldTable
  readonly scope: { readonly type: ScopeType }
  readonly known: { readonly product: Support }
}

/** Makes each table once. */
export function openTables(): (of: Of) => FieldTable {
  const known = new Map<Family, Map<ScopeType, Map<Support, FieldTable>>>()
  return ({ family, scope: { type }, known: { product } }) => {
    const ofFamily = known.get(family) ?? new Map<ScopeType, Map<Support, FieldTable>>()
    known.set(family, ofFamily)
    const ofLevel = ofFamily.get(type) ?? new Map<Support, FieldTable>()
    ofFamily.set(type, ofLevel)
    const table = ofLevel.get(product) ?? makeTable(family, type, product)
    ofLevel.set(product, table)
    return table
  }
}

function makeTable(family: Family, type: ScopeType, product: Support): FieldTable {
  const leaves = leavesOf(family, type)
  const taken = leaves.filter((path) => supportsLeaf(family, path, type, product))
  return {
    modes: modesOf(family, { type }),
    taken,
    lacking: leaves.filter((path) => !taken.includes(path)),
    words: taken.filter((path) => Array.isArray(fieldAt(family, path).wider)),
    made: leaves.filter((path) => isMadeWith(family, path, type, product)),
  }
}
