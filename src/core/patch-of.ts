import jsonpatch from 'fast-json-patch'
import type { Change } from './plan.ts'

/** RFC 6902, from `before` to `after`; empty of a create and a delete. */
export function patchOf({ before, after }: Pick<Change, 'before' | 'after'>): Change['patch'] {
  return before && after ? jsonpatch.compare(before as object, after as object) : []
}
