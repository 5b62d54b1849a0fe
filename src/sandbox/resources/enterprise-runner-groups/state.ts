import type { Enterprise } from '../../world/owners.ts'
import { byName } from '../../world/part.ts'
import { idsFrom } from '../../world/seed-ids.ts'
import { dumpOrganizationIds, organizationIdsAt } from '../../world/seed-names.ts'
import { type Entry, flagAt, idAt, join, named, SeedError, textAt, textsAt, wordAt } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import type { World } from '../../world/store.ts'
import { dumpNetwork } from '../runners/group-settings.ts'
import { addRunners, dumpRunners, placeRunners, RUNNER_KEYS, runnerNames } from '../runners/seed-runners.ts'
import type { Runner } from '../runners/state.ts'

/** An enterprise's groups have no visibility `private`, which an organization's have. */
export const GROUP_VISIBILITIES = ['all', 'selected'] as const

export interface EnterpriseGroup {
  readonly id: number
  name: string
  visibility: (typeof GROUP_VISIBILITIES)[number]
  /** Ids. Kept, unused, while `visibility` is not `selected`. */
  organizations: Set<number>
  allowsPublicRepositories: boolean
  restrictedToWorkflows: boolean
  selectedWorkflows: readonly string[]
  networkConfigurationId?: string | undefined
  readonly default: boolean
}

const KEYS = [
  'id',
  'visibility',
  'organizations',
  'runners',
  'allows_public_repositories',
  'restricted_to_workflows',
  'selected_workflows',
  'network_configuration_id',
  'default',
]

/** The runners and the runner groups of an enterprise, by id. */
interface EnterpriseFleet {
  readonly runners: Map<number, Runner>
  readonly groups: Map<number, EnterpriseGroup>
  /** GitHub never gives an id a second time. */
  lastGroupId: number
}

/** Empty at first, without even the default group: seeding adds it. */
export const groupsOf = slot<Enterprise, EnterpriseFleet>(
  () => ({ runners: new Map(), groups: new Map(), lastGroupId: 0 }),
  ({ groups }, organizationId) => {
    for (const { organizations } of groups.values()) organizations.delete(organizationId)
  },
)

/** The default group is the one marked so, else the one called Default, else one that is added. @throws SeedError */
export function seed(enterprise: Enterprise, given: Entry, world: World): void {
  const entries = named(given, 'runner_groups', KEYS)
  const marked = [...entries].filter(([, one]) => flagAt(one, 'default') === true)
  const [first, second] = marked
  if (second) throw new SeedError(second[1].path, `cannot be a second default group beside "${first?.[0]}".`)
  const defaultName = first?.[0] ?? 'Default'
  const ids = idsFrom(1, entries.values())
  const all = entries.has(defaultName) ? [...entries] : [[defaultName, emptyAt(given)] as const, ...entries]
  const fleet = groupsOf(enterprise)
  for (const [name, one] of all) {
    const id = ids(idAt(one, 'id'))
    fleet.lastGroupId = Math.max(fleet.lastGroupId, id)
    fleet.groups.set(id, {
      id,
      name,
      visibility: wordAt(one, 'visibility', GROUP_VISIBILITIES) ?? 'all',
      organizations: organizationIdsAt(world, enterprise, one),
      allowsPublicRepositories: flagAt(one, 'allows_public_repositories') ?? false,
      restrictedToWorkflows: flagAt(one, 'restricted_to_workflows') ?? false,
      selectedWorkflows: textsAt(one, 'selected_workflows') ?? [],
      networkConfigurationId: textAt(one, 'network_configuration_id'),
      default: name === defaultName,
    })
  }
  addRunners(fleet.runners, named(given, 'runners', RUNNER_KEYS), defaultGroupOf(enterprise).id)
  placeRunners(fleet, entries)
}

/** The one group of an enterprise that holds every runner no other group holds. */
export function defaultGroupOf(enterprise: Enterprise): EnterpriseGroup {
  for (const group of groupsOf(enterprise).groups.values()) if (group.default) return group
  throw new Error(`The enterprise ${enterprise.slug} has no default runner group.`)
}

/** The same in the seed's shape. */
export function dump(enterprise: Enterprise, world: World): object {
  const { runners, groups } = groupsOf(enterprise)
  return {
    runners: dumpRunners(runners),
    runner_groups: byName(groups.values(), (group) => ({
      id: group.id,
      visibility: group.visibility,
      ...dumpOrganizationIds(world, group.organizations, group.visibility === 'selected'),
      runners: runnerNames(runners, group.id),
      ...(group.default ? { default: true } : {}),
      allows_public_repositories: group.allowsPublicRepositories,
      restricted_to_workflows: group.restrictedToWorkflows,
      selected_workflows: group.selectedWorkflows,
      ...dumpNetwork(group),
    })),
  }
}

function emptyAt({ path }: Entry): Entry {
  return { path: join(path, 'runner_groups'), fields: {} }
}
