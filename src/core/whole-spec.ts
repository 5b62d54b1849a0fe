import type { Family, Known } from './family.ts'
import { at } from './family-at.ts'
import { fallsWith } from './held-back.ts'
import type { Document } from './json.ts'
import { leavesOf, pickLeaves, supportsLeaf } from './leaves.ts'
import type { Live } from './live.ts'
import type { Scope } from './scope.ts'

/**
 * A member's state on GitHub in the form of a configuration: each field that the product takes, except those that the
 * level above dictates, because giving them here would contradict it.
 */
export function wholeSpec(
  { family, known, scope }: { readonly family: Family; readonly known: Known; readonly scope: Scope },
  live: Live,
): Document {
  const leaves = leavesOf(family, scope.type).filter((path) => supportsLeaf(family, path, scope.type, known.product))
  const spec = pickLeaves(live.spec, leaves)
  const wanted = { key: live.key, state: 'present' as const, spec, edits: {} }
  const refused = (at(family, scope)?.check?.(wanted, live, known, scope) ?? []).filter(
    ({ severity }) => severity !== 'warning',
  )
  const fields = new Set(refused.flatMap(({ field }) => field ?? []))
  const dictated = (path: string): boolean => [...fields].some((field) => fallsWith(path, field))
  return pickLeaves(
    spec,
    leaves.filter((path) => !dictated(path)),
  )
}
