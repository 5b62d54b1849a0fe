import { variableFault } from '../config/source-faults.ts'
import type { Family } from '../core/family.ts'
import { secretLeaf } from '../core/leaves.ts'
import { LADDER, LEVELS } from '../core/scope.ts'

/**
 * The comment below a secret in an imported configuration: GitHub shows no value, and this is the line that would give one. By the
 * keys that lead to the secret; undefined for anything else.
 */
export function valueComments(families: readonly Family[]): (path: readonly string[]) => string | undefined {
  const leaves = new Map(families.map((family) => [family.name, secretLeaf(family)]))
  return (path) => {
    const [around = '', family = '', name = ''] = path.slice(-3)
    const leaf = SCOPES.has(around) ? undefined : leaves.get(family)
    if (leaf === undefined || !/^\w+$/.test(name)) return undefined
    return `${leaf}: { env: ${variableFor(path, name)} }`
  }
}

/** The keys below which the next one is the name of a scope, and no family. */
const SCOPES: ReadonlySet<string> = new Set(LEVELS.map((level) => LADDER[level].key))

/** A variable for each scope, by the placeholders of the levels below the owner. */
function variableFor(path: readonly string[], name: string): string {
  const inside = LEVELS.filter((level) => {
    const { key, sets, owns } = LADDER[level]
    return !owns && (path.includes(key) || (sets !== undefined && path.includes(sets)))
  })
  if (inside.length > 0) return `"${[...inside.map((level) => `{${level.toUpperCase()}}`), name].join('_')}"`
  return variableFault(name) === undefined ? name : `SECRET_${name}`
}
