import type { DesiredSection } from '../core/desired.ts'
import type { Family } from '../core/family.ts'
import { holderOf } from '../core/holder.ts'
import { scopeFrom } from '../core/need.ts'
import { LEVELS, type Scope } from '../core/scope.ts'
import type { Above } from './above.ts'
import { sectionAddress } from './known.ts'
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

/**
 * Begins to read a group: each part at once, but where it stands in a member of another part, or where its family needs
 * one, as soon as that was read.
 * @param ranks the families, each after those that it needs in the same scope
 * @param earlier the group above, which may be on its way
 */
export function startReads(
  { sections, aboves }: Group,
  ranks: readonly (readonly Family[])[],
  earlier: Reads,
  read: Readers,
): Reads {
  const all: Promise<void>[] = []
  const byAddress = new Map<string, Promise<void>>()
  const start = (scope: Scope, family: Family, begin: () => Promise<void>): void => {
    const waits = neededBy(scope, family).flatMap(
      (address) => byAddress.get(address) ?? earlier.byAddress.get(address) ?? [],
    )
    const one = waits.length === 0 ? begin() : Promise.all(waits).then(begin)
    all.push(one)
    byAddress.set(sectionAddress({ scope, family: family.name }), one)
  }
  for (const type of LEVELS) {
    for (const above of aboves.filter(({ scope }) => scope.type === type)) {
      start(above.scope, above.family, () => read.above(above))
    }
    const here = sections.filter(({ scope }) => scope.type === type)
    for (const rank of here.length === 0 ? [] : ranks) {
      for (const section of here) {
        const family = rank.find(({ name }) => name === section.family)
        if (family) start(section.scope, family, () => read.section(section, family))
      }
    }
  }
  return { all, byAddress }
}

/** The addresses of the sections that one may depend on: the one that holds its scope, and those of its family's needs. */
function neededBy(scope: Scope, { needs = [] }: Family): readonly string[] {
  const ofNeeds = needs.flatMap(({ family, from }) => {
    const place = scopeFrom(scope, from)
    return place ? sectionAddress({ scope: place, family }) : []
  })
  return [holderOf(scope)?.section ?? [], ofNeeds].flat()
}
