import { organizationOf } from '../../http/call.ts'
import type { Organization } from '../../world/owners.ts'
import { byName } from '../../world/part.ts'
import { hasDefaultGroupAlone } from '../../world/products.ts'
import { idsFrom } from '../../world/seed-ids.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { type Entry, flagAt, idAt, named, SeedError, textAt, textsAt, wordAt } from '../../world/seed-reader.ts'
import type { World } from '../../world/store.ts'
import { ACCESS_VISIBILITIES } from '../members.ts'
import type { Resource } from '../resource.ts'
import { RUNNER_GROUP_MEMBER_ROUTES } from './group-members.ts'
import { dumpNetwork } from './group-settings.ts'
import { RUNNER_GROUP_ROUTES } from './groups.ts'
import { registrationRoutes } from './registration.ts'
import { runnerRoutes } from './routes.ts'
import { addRunners, dumpRunners, placeRunners, RUNNER_KEYS, runnerNames } from './seed-runners.ts'
import { groupsOf } from './shared-groups.ts'
import { defaultGroup, fleetOf, newDefaultGroup, type RunnerGroup } from './state.ts'

const READ = { permission: 'organization_self_hosted_runners=read', scope: 'admin:org' } as const
const WRITE = { permission: 'organization_self_hosted_runners=write', scope: 'admin:org' } as const
const GROUP_KEYS = [
  'id',
  'visibility',
  'repositories',
  'runners',
  'allows_public_repositories',
  'restricted_to_workflows',
  'selected_workflows',
  'network_configuration_id',
  'inherited',
  'default',
]

/** The self-hosted runners of an organization, and the groups that they are in. */
export const runners: Resource = {
  routes: [
    ...runnerRoutes({
      template: '/orgs/{org}/actions/runners',
      read: READ,
      write: WRITE,
      runnersOf: (call) => fleetOf(organizationOf(call)).runners,
    }),
    ...registrationRoutes({
      template: '/orgs/{org}/actions/runners',
      read: READ,
      write: WRITE,
      runnersOf: (call) => fleetOf(organizationOf(call)).runners,
      groupsOf: (call) => groupsOf(organizationOf(call)),
    }),
    ...RUNNER_GROUP_ROUTES,
    ...RUNNER_GROUP_MEMBER_ROUTES,
  ],
  organization: { keys: ['runners', 'runner_groups'], seed, dump },
}

function seed(organization: Organization, given: Entry, world: World): void {
  addGroups(world, organization, named(given, 'runner_groups', GROUP_KEYS))
  const fleet = fleetOf(organization)
  addRunners(fleet.runners, named(given, 'runners', RUNNER_KEYS), defaultGroup(organization).id)
  placeRunners(fleet, named(given, 'runner_groups', GROUP_KEYS))
}

function dump(organization: Organization, world: World): object {
  const { runners } = fleetOf(organization)
  const groups = groupsOf(organization)
  return {
    runners: dumpRunners(runners),
    runner_groups: byName(groups.values(), (group) => ({
      id: group.id,
      visibility: group.visibility,
      ...dumpRepositoryIds(world, group.repositories, group.visibility === 'selected'),
      ...(group.inherited ? { inherited: true } : { runners: runnerNames(runners, group.id) }),
      ...(group.default ? { default: true } : {}),
      allows_public_repositories: group.allowsPublicRepositories,
      restricted_to_workflows: group.restrictedToWorkflows,
      selected_workflows: group.selectedWorkflows,
      ...dumpNetwork(group),
    })),
  }
}

/** The default group is the one marked so, else the one called Default, else one that is added. */
function addGroups(world: World, organization: Organization, groups: Map<string, Entry>): void {
  const marked = [...groups].filter(([, given]) => flagAt(given, 'default') === true)
  const [first, second] = marked
  if (second) throw new SeedError(second[1].path, `cannot be a second default group beside "${first?.[0]}".`)
  const defaultName = first?.[0] ?? (groups.has('Default') ? 'Default' : undefined)
  const ids = idsFrom(1, groups.values())
  const fleet = fleetOf(organization)
  const add = (group: RunnerGroup): void => {
    fleet.groups.set(group.id, group)
    fleet.lastGroupId = Math.max(fleet.lastGroupId, group.id)
  }
  if (defaultName === undefined) add(newDefaultGroup(ids(undefined)))
  for (const [name, given] of groups) {
    if (name !== defaultName && hasDefaultGroupAlone(world.product, organization.plan)) {
      throw new SeedError(given.path, 'cannot be there: an organization on the plan free has the default group alone.')
    }
    add({
      id: ids(idAt(given, 'id')),
      name,
      visibility: wordAt(given, 'visibility', ACCESS_VISIBILITIES) ?? 'all',
      repositories: repositoryIdsAt(world, organization, given),
      allowsPublicRepositories: flagAt(given, 'allows_public_repositories') ?? false,
      restrictedToWorkflows: flagAt(given, 'restricted_to_workflows') ?? false,
      selectedWorkflows: textsAt(given, 'selected_workflows') ?? [],
      networkConfigurationId: textAt(given, 'network_configuration_id'),
      default: name === defaultName,
      inherited: flagAt(given, 'inherited') ?? false,
    })
  }
}
