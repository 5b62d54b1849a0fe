import type { DesiredSection } from '../core/desired.ts'
import type { Family } from '../core/family.ts'
import { holderOf } from '../core/holder.ts'
import { inOrder } from '../core/in-order.ts'
import { scopeFrom } from '../core/need.ts'
import { LEVELS, type Scope } from '../core/scope.ts'
import type { Above } from './above.ts'
import { sectionAddress } from './known.ts'
import type { Ranks } from './need-order.ts'
import type { Group } from './section-groups.ts'

/** How the parts of a group are read. */
interface Readers {
  section(section: DesiredSection, family: Family): Promise<void>
  above(above: Above): Promise<void>
}

/** Reads that have begun, or that wait for others. */
export interface Reads {
  readonly all: readonly Promise<void>[]
  /** The same by section address, for those that wait for them. */
  readonly byAddress: ReadonlyMap<string, Promise<void>>
}

/** None yet. */
export const NO_READS: Reads = { all: [], byAddress: new Map() }

interface Order {
  readonly ranks: Ranks
  addressOf(section: DesiredSection): string
}

/**
 * Begins to read a group: each part at once, but where it stands in a member of another part, or where its family needs
 * one, as soon as that was read.
 * @param earlier the group above, which may be on its way
 */
export function startReads({ sections, aboves }: Group, order: Order, earlier: Reads, read: Readers): Reads {
  const all: Promise<void>[] = []
  const byAddress = new Map<string, Promise<void>>()
  const start = (scope: Scope, family: Family, address: string, begin: () => Promise<void>): void => {
    const waits = neededBy(scope, family, (needed) => byAddress.get(needed) ?? earlier.byAddress.get(needed))
    const one = waits.length === 0 ? begin() : Promise.all(waits).then(begin)
    all.push(one)
    byAddress.set(address, one)
  }
  for (const type of LEVELS) {
    for (const above of aboves) {
      const { scope, family } = above
      if (scope.type !== type) continue
      start(scope, family, sectionAddress({ scope, family: family.name }), () => read.above(above))
    }
    for (const { section, family } of inRanks(sections, type, order.ranks)) {
      start(section.scope, family, order.addressOf(section), () => read.section(section, family))
    }
  }
  return { all, byAddress }
}

interface Ranked {
  readonly section: DesiredSection
  readonly family: Family
  readonly rank: number
}

/** The sections of a level, each after those of the families that its own needs. */
function inRanks(sections: readonly DesiredSection[], type: Scope['type'], ranks: Ranks): readonly Ranked[] {
  const found: Ranked[] = []
  for (const section of sections) {
    const ranked = section.scope.type === type ? ranks.get(section.family) : undefined
    if (ranked !== undefined) found.push({ section, family: ranked.family, rank: ranked.rank })
  }
  return inOrder(found, (left, right) => left.rank - right.rank)
}

/** The reads that one has to wait for: of the section that holds its scope, and of those of its family's needs. */
function neededBy(
  scope: Scope,
  { needs = [] }: Family,
  readOf: (address: string) => Promise<void> | undefined,
): readonly Promise<void>[] {
  const found: Promise<void>[] = []
  const add = (address: string | undefined): void => {
    const read = address === undefined ? undefined : readOf(address)
    if (read !== undefined) found.push(read)
  }
  add(holderOf(scope)?.section)
  for (const { family, from } of needs) {
    const place = scopeFrom(scope, from)
    add(place && sectionAddress({ scope: place, family }))
  }
  return found
}
