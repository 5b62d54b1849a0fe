import type { DesiredSection } from '../core/desired.ts'
import type { Family } from '../core/family.ts'
import { holderOf } from '../core/holder.ts'
import { scopeAbove } from '../core/scope.ts'
import { sectionAddress } from './known.ts'

/** Explains that a section cannot be planned because a section that it needs could not be read. */
export function needsFailed(
  family: Family,
  section: DesiredSection,
  live: ReadonlyMap<string, unknown>,
  asked: (address: string) => boolean,
): { readonly reason: string; readonly on: string } | undefined {
  const holder = holderOf(section.scope)?.section
  if (holder !== undefined && asked(holder) && !live.has(holder)) {
    return { reason: `it is in ${holder}, which could not be read`, on: holder }
  }
  for (const need of family.needs ?? []) {
    const place = need.from === 'here' ? section.scope : scopeAbove(section.scope)
    const needed = place && sectionAddress({ scope: place, family: need.family })
    if (needed !== undefined && asked(needed) && !live.has(needed)) {
      return { reason: `it hangs on ${needed}, which could not be read`, on: needed }
    }
  }
  return undefined
}

/** Families in ranks, each after those of them that it needs in the same scope. */
export function inNeedOrder(families: readonly Family[]): Family[][] {
  const ranks: Family[][] = []
  let left = [...families]
  while (left.length > 0) {
    const waits = new Set(left.map(({ name }) => name))
    const rank = left.filter((family) =>
      (family.needs ?? []).every(({ family: of, from }) => from === 'above' || !waits.has(of)),
    )
    if (rank.length === 0)
      throw new Error(`bug: families need one another in a circle: ${left.map(({ name }) => name).join(', ')}`)
    ranks.push(rank)
    left = left.filter((family) => !rank.includes(family))
  }
  return ranks
}

/** The families by name, each with its rank: see {@link inNeedOrder}. */
export type Ranks = ReadonlyMap<string, { readonly family: Family; readonly rank: number }>

export function ranksOf(families: readonly Family[]): Ranks {
  const ranks = inNeedOrder(families).flatMap((rank, index) => rank.map((family) => ({ family, rank: index })))
  return new Map(ranks.map((ranked) => [ranked.family.name, ranked]))
}
