import { formatScope, rootLevel } from '../core/address.ts'
import { type Unit, unitKey } from '../core/rolling.ts'
import { LADDER, repositoryIn } from '../core/scope.ts'
import type { ReadyOwner } from '../engine/read-owner.ts'
import { sha256 } from '../engine/saved-plan.ts'

/** The units of a run, by keys that an issue may hold: they tell no name, and stay while names change. */
export interface Units {
  /** Those of an owner whose repositories are known. */
  keep(owner: string, units: readonly Placed[], read: ReadonlySet<string> | 'all'): void
  /** Keys of the units that these addresses are in; those of no known unit have none. */
  keysOf(addresses: readonly string[]): readonly string[]
  /** Whether the run has read each of them, or knows that it is gone. */
  covers(owner: string, keys: readonly string[]): boolean
}

interface Placed {
  /** Of a repository; empty for the owner's own settings. */
  readonly name: string
  /** The address of the scope. */
  readonly place: string
  readonly unit: Unit
}

export function openUnits(): Units {
  const byPlace = new Map<string, string>()
  const byOwner = new Map<string, Map<string, boolean>>()
  return {
    keep(owner, units, read) {
      const keys = new Map<string, boolean>()
      for (const { place, unit } of units) {
        const key = unitKey(unit.id, sha256)
        byPlace.set(place, key)
        keys.set(key, read === 'all' || read.has(unit.id))
      }
      byOwner.set(owner, keys)
    },
    keysOf: (addresses) => [...new Set(addresses.flatMap((address) => byPlace.get(placeOf(address)) ?? []))].sort(),
    covers(owner, keys) {
      const known = byOwner.get(owner)
      return known !== undefined && keys.every((key) => known.get(key) ?? true)
    },
  }
}

/** The scope at the beginning of an address: an owner or a repository. */
function placeOf(address: string): string {
  const level = rootLevel(address)
  const names = level === undefined ? 1 : LADDER[level].params.length
  return address
    .toLowerCase()
    .split('/')
    .slice(0, 1 + names)
    .join('/')
}

/** The units of an owner, with the name of the repository that each is. */
export function unitsOf({
  owner,
  id,
  repositories,
  sections,
  reads,
}: Pick<ReadyOwner, 'owner' | 'id' | 'repositories' | 'sections' | 'reads'>): readonly Placed[] {
  const scopes = new Map<string, Set<string>>()
  const places = new Map<string, string>()
  for (const { scope } of sections) {
    const name = repositoryIn(scope)?.repo ?? ''
    places.set(name, placeOf(formatScope(scope)))
    scopes.set(name, (scopes.get(name) ?? new Set()).add(formatScope(scope)))
  }
  return [...scopes].map(([name, of]) => {
    const repository = name === '' ? '' : `/${repositories.byName.get(name)?.id ?? name}`
    return {
      name,
      place: places.get(name) ?? '',
      unit: { id: `${id ?? owner}${repository}`, reads: reads.get(name) ?? 0, scopes: of.size },
    }
  })
}
