import { formatScope } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import { holderOf } from '../core/holder.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import type { NotRead } from '../core/plan.ts'
import { sectionAddress } from './known.ts'

/** The outcome of reading sections. */
interface Outcome {
  /** Why a section could not be read. */
  readonly failures: ReadonlyMap<DesiredSection, string>
  /** Addresses of sections whose failure says nothing of others beside them. */
  readonly alone: ReadonlySet<string>
  /** Those that were read. */
  readonly done: ReadonlyMap<DesiredSection, unknown>
}

/**
 * The scopes that could not be read, each with its first reason, and of an import the sections beside which others were.
 * In the order of the sections, not of the answers.
 */
export function partsOfUnread(
  sections: readonly DesiredSection[],
  { failures, alone, done }: Outcome,
): { readonly failed: ReadonlyMap<string, NotRead>; readonly partsNotRead: readonly PartNotRead[] } {
  const failed = new Map<string, NotRead>()
  const partsNotRead: PartNotRead[] = []
  if (failures.size === 0) return { failed, partsNotRead }
  const asked = countByScope(sections)
  const had = countByScope([...done.keys()])
  // Nothing is to be had of a scope of which several families were asked for, and none was read.
  const isLost = (scope: string): boolean => (asked.get(scope) ?? 0) > 1 && !had.has(scope)
  for (const section of sections) {
    const [scope, reason] = [formatScope(section.scope), failures.get(section)]
    if (reason === undefined) continue
    const isPart = alone.has(sectionAddress(section)) && (!isLost(scope) || holderOf(section.scope) !== undefined)
    if (isPart) partsNotRead.push({ scope: section.scope, family: section.family, reason })
    else if (!failed.has(scope)) failed.set(scope, { scope, reason, family: section.family })
  }
  return { failed, partsNotRead: partsNotRead.filter((part) => !failed.has(formatScope(part.scope))) }
}

function countByScope(sections: readonly DesiredSection[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const section of sections) {
    const scope = formatScope(section.scope)
    counts.set(scope, (counts.get(scope) ?? 0) + 1)
  }
  return counts
}
