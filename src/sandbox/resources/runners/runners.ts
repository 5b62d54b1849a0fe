import type { Organization } from '../../world/owners.ts'
import { byName } from '../../world/part.ts'
import { hasDefaultGroupAlone } from '../../world/products.ts'
import { idsFrom } from '../../world/seed-ids.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { type Entry, flagAt, idAt, join, named, SeedError, textAt, textsAt, wordAt } from '../../world/seed-reader.ts'
import type { World } from '../../world/store.ts'
import { ACCESS_VISIBILITIES } from '../members.ts'
import type { Resource } from '../resource.ts'
import { RUNNER_GROUP_MEMBER_ROUTES } from './group-members.ts'
import { RUNNER_GROUP_ROUTES } from './groups.ts'
import { RUNNER_ROUTES } from './routes.ts'
import { defaultGroup, fleetOf, newDefaultGroup, type Runner, type RunnerGroup } from './state.ts'

const RUNNER_KEYS = ['id', 'os', 'status', 'busy', 'labels', 'ephemeral']
const GROUP_KEYS = [
  'id',
  'visibility',
  'repositories',
  'runners',
  'allows_public_repositories',
  'restricted_to_workflows',
  'selected_workflows',
  'inherited',
  'default',
]

/** The self-hosted runners of an organization, and the groups that they are in. */
export const runners: Resource = {
  routes: [...RUNNER_ROUTES, ...RUNNER_GROUP_ROUTES, ...RUNNER_GROUP_MEMBER_ROUTES],
  organization: { keys: ['runners', 'runner_groups'], seed, dump },
}

function seed(organization: Organization, given: Entry, world: World): void {
  addGroups(world, organization, named(given, 'runner_groups', GROUP_KEYS))
  addRunners(organization, named(given, 'runners', RUNNER_KEYS))
  placeRunners(organization, named(given, 'runner_groups', GROUP_KEYS))
}

function dump(organization: Organization, world: World): object {
  const { runners, groups } = fleetOf(organization)
  return {
    runners: byName(runners.values(), ({ id, os, status, busy, ephemeral, labels }) => ({
      id,
      os,
      status,
      busy,
      ephemeral,
      labels,
    })),
    runner_groups: byName(groups.values(), (group) => ({
      id: group.id,
      visibility: group.visibility,
      ...dumpRepositoryIds(world, group.repositories, group.visibility === 'selected'),
      ...(group.inherited ? { inherited: true } : { runners: runnerNames(runners, group.id) }),
      ...(group.default ? { default: true } : {}),
      allows_public_repositories: group.allowsPublicRepositories,
      restricted_to_workflows: group.restrictedToWorkflows,
      selected_workflows: group.selectedWorkflows,
    })),
  }
}

function runnerNames(runners: Map<number, Runner>, groupId: number): string[] {
  return [...runners.values()].filter((each) => each.groupId === groupId).map((each) => each.name)
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
      default: name === defaultName,
      inherited: flagAt(given, 'inherited') ?? false,
    })
  }
}

function addRunners(organization: Organization, runners: Map<string, Entry>): void {
  const ids = idsFrom(1, runners.values())
  for (const [name, given] of runners) {
    const id = ids(idAt(given, 'id'))
    fleetOf(organization).runners.set(id, {
      id,
      name,
      os: textAt(given, 'os') ?? 'linux',
      status: textAt(given, 'status') ?? 'online',
      busy: flagAt(given, 'busy') ?? false,
      ephemeral: flagAt(given, 'ephemeral') ?? false,
      labels: textsAt(given, 'labels') ?? [],
      groupId: defaultGroup(organization).id,
    })
  }
}

function placeRunners(organization: Organization, groups: Map<string, Entry>): void {
  const placed = new Set<number>()
  for (const [groupName, given] of groups) {
    const group = [...fleetOf(organization).groups.values()].find((each) => each.name === groupName)
    if (!group) throw new Error(`The runner group ${groupName} was not made.`)
    const path = join(given.path, 'runners')
    const names = textsAt(given, 'runners') ?? []
    if (group.inherited && names.length > 0) {
      throw new SeedError(path, 'cannot be given: the runners of an inherited group belong to the enterprise.')
    }
    for (const name of names) {
      const runner = [...fleetOf(organization).runners.values()].find((each) => each.name === name)
      if (!runner) throw new SeedError(path, `names "${name}", which is not under runners.`)
      if (placed.has(runner.id)) throw new SeedError(path, `names "${name}", which another group has already.`)
      placed.add(runner.id)
      runner.groupId = group.id
    }
  }
}
