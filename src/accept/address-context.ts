import type { Configuration, Layer } from '../config/configuration.ts'
import { fillMember } from '../config/fill-member.ts'
import { createMerger, type MergedMember } from '../config/merge.ts'
import { type Pool, poolOf } from '../config/pool.ts'
import { isSet } from '../config/ranks.ts'
import { layersOfOwner, namedRepositories, scopesOf } from '../config/scopes.ts'
import { formatAddress, formatScope } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import type { PlanInput } from '../core/make-plan.ts'
import { namesOf, ownerOf, type Scope } from '../core/scope.ts'

/** A section as it was planned. */
export type PlannedSection = PlanInput['sections'][number]

/** The parts of the configuration that concern one address, before lists are resolved. */
export interface AddressContext {
  readonly address: string
  readonly planned: PlannedSection
  readonly family: Family
  readonly scope: Scope
  readonly key: string
  /** Undefined where nothing mentions the address: `prune` alone concerns it. */
  readonly member: MergedMember | undefined
  readonly pool: Pool
  /** All layers of the owner. */
  readonly layers: readonly Layer[]
}

/** Recognizes the layers that are entries for one scope alone; they override all others. */
export function isOwnOf(scope: Scope): (layer: Layer) => boolean {
  const owner = ownerOf(scope)
  const [, repository, environment] = namesOf(scope)
  return (layer) =>
    !isSet(layer) &&
    layer.level === scope.type &&
    layer.owner === owner &&
    layer.repository === repository &&
    layer.environment === environment
}

/** Finds the surroundings of addresses; parts that many addresses share are computed once. */
export function addressContexts(
  configuration: Configuration,
  sections: readonly PlannedSection[],
): (address: string) => AddressContext | undefined {
  const found = new Map<string, AddressContext>()
  const owners = new Set(sections.map(({ section }) => ownerOf(section.scope)))
  for (const owner of owners) {
    const planned = sections.filter(({ section }) => ownerOf(section.scope) === owner)
    const [first] = planned
    if (first === undefined) continue
    const families = [...new Set(planned.map(({ facts }) => facts.family))]
    const layers = layersOfOwner(configuration, owner)
    const pool = poolOf(owner, first.facts.known.repositories, namedRepositories(layers, owner, families))
    const merger = createMerger()
    const scopes = new Map(scopesOf(layers, pool).scopes.map((each) => [formatScope(each.scope), each]))
    for (const each of planned) {
      const { family, scope } = each.facts
      const said = scopes.get(formatScope(scope))?.layers ?? []
      const members = merger.merge(said, family)?.members ?? []
      const byKey = new Map(members.map((member) => [member.key, fillMember(scope, family, member)]))
      const keys = new Set([...byKey.keys(), ...each.live.map(({ key }) => key)])
      for (const key of keys) {
        const address = formatAddress(scope, family.name, key)
        found.set(address, { address, planned: each, family, scope, key, member: byKey.get(key), pool, layers })
      }
    }
  }
  return (address) => found.get(address)
}
