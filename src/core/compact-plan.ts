import { patchOf } from './patch-of.ts'
import type { Change, Plan } from './plan.ts'
import { type SharedJson, shareJson } from './share-json.ts'
import { unshareJson } from './unshare-json.ts'

/** A plan in which names, and lists of them, stand once, and what follows from the rest is left out. */
export interface CompactPlan {
  readonly format_version: typeof COMPACT_VERSION
  readonly digest: string
  readonly plan: SharedJson['root']
  readonly shared: SharedJson['shared']
}

const COMPACT_VERSION = '1.1'

/** Characters of a plan that is written out in full, at most: one JSON text of it is made for its digest. */
const MOST = 2 ** 28
/** A written plan can be read, even where the two count a little differently. */
const MOST_TO_READ = 2 * MOST

/** The compact form of a plan; undefined where the plan is larger than could be read again. */
export function compactPlan(plan: Plan): CompactPlan | undefined {
  const changes = plan.changes.map(withoutPatch)
  const { shared, root, weight } = shareJson({ ...plan, changes })
  return weight > MOST ? undefined : { format_version: COMPACT_VERSION, digest: plan.digest, plan: root, shared }
}

/** Whether a document says that it is the compact form of a plan. */
export function isCompact(document: unknown): document is CompactPlan {
  const { format_version, shared } = (document ?? {}) as Partial<CompactPlan>
  return format_version === COMPACT_VERSION && Array.isArray(shared)
}

/**
 * The plan of a compact form, which is not checked to be one.
 * @throws RangeError where it is too large, or refers to what is not there
 */
export function restoredPlan({ plan, shared }: CompactPlan): unknown {
  const restored = unshareJson({ root: plan, shared }, MOST_TO_READ)
  const { changes } = (restored ?? {}) as { readonly changes?: unknown }
  if (!Array.isArray(changes)) return restored
  return { ...(restored as object), changes: changes.map(withPatch) }
}

function withoutPatch(change: Change): Omit<Change, 'patch'> | Change {
  const { patch, ...rest } = change
  return JSON.stringify(patch) === JSON.stringify(patchOf(change)) ? rest : change
}

function withPatch(change: unknown): unknown {
  if (change === null || typeof change !== 'object' || 'patch' in change) return change
  const { before, after } = change as Partial<Change>
  const isDocument = (value: unknown): boolean => typeof value === 'object' && !Array.isArray(value)
  if (!isDocument(before) || !isDocument(after)) return change
  return { ...change, patch: patchOf(change as Change) }
}
