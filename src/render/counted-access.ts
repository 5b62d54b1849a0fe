import type { EffectiveAccess } from '../core/effective-access.ts'
import type { AccessTo } from '../core/plan.ts'
import { kindOf } from './counts.ts'
import { groupBy } from './group-by.ts'

/**
 * Groups access by kind of scope and family in place of addresses, each repository once. Repositories that are not
 * public stay in the lists, to be counted: a caller prints the names of public ones only.
 */
export function countedAccess(access: readonly EffectiveAccess[]): readonly EffectiveAccess[] {
  return [...groupBy(access, kindOf)].map(([kind, same]) => ({
    address: kind,
    gains: distinct(same.flatMap(({ gains }) => gains)),
    anyway: distinct(same.flatMap(({ anyway }) => anyway)),
    loses: distinct(same.flatMap(({ loses }) => loses)),
    losesAnyway: distinct(same.flatMap(({ losesAnyway }) => losesAnyway)),
    keeps: distinct(same.flatMap(({ keeps }) => keeps)),
  }))
}

function distinct(list: readonly AccessTo[]): readonly AccessTo[] {
  return [...new Map(list.map((to) => [to.repository, to])).values()]
}
