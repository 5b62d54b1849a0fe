import { ACCESS_VISIBILITIES } from '../resources/members.ts'
import { newDefaultGroup } from './defaults.ts'
import { hasDefaultGroupAlone } from './products.ts'
import { idsFrom } from './seed-ids.ts'
import { repositoryIdsAt } from './seed-names.ts'
import { type Entry, flagAt, idAt, join, named, SeedError, textAt, textsAt, wordAt } from './seed-reader.ts'
import { defaultGroup, type Organization, type RunnerGroup, type World } from './store.ts'

export const ORGANIZATION_KEYS = ['runners', 'runner_groups']
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

/** Fills an organization from its seed. Its repositories exist already: lists name them. */
export function fillOrganization(world: World, organization: Organization, given: Entry): void {
  addGroups(world, organization, named(given, 'runner_groups', GROUP_KEYS))
  addRunners(organization, named(given, 'runners', RUNNER_KEYS))
  placeRunners(organization, named(given, 'runner_groups', GROUP_KEYS))
}

/** The default group is the one marked so, else the one called Default, else one that is added. */
function addGroups(world: World, organization: Organization, groups: Map<string, Entry>): void {
  const marked = [...groups].filter(([, given]) => flagAt(given, 'default') === true)
  const [first, second] = marked
  if (second) throw new SeedError(second[1].path, `cannot be a second default group beside "${first?.[0]}".`)
  const defaultName = first?.[0] ?? (groups.has('Default') ? 'Default' : undefined)
  const ids = idsFrom(1, groups.values())
  const add = (group: RunnerGroup): void => {
    organization.groups.set(group.id, group)
    organization.lastGroupId = Math.max(organization.lastGroupId, group.id)
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
    organization.runners.set(id, {
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
    const group = [...organization.groups.values()].find((each) => each.name === groupName)
    if (!group) throw new Error(`The runner group ${groupName} was not made.`)
    const path = join(given.path, 'runners')
    const names = textsAt(given, 'runners') ?? []
    if (group.inherited && names.length > 0) {
      throw new SeedError(path, 'cannot be given: the runners of an inherited group belong to the enterprise.')
    }
    for (const name of names) {
      const runner = [...organization.runners.values()].find((each) => each.name === name)
      if (!runner) throw new SeedError(path, `names "${name}", which is not under runners.`)
      if (placed.has(runner.id)) throw new SeedError(path, `names "${name}", which another group has already.`)
      placed.add(runner.id)
      runner.groupId = group.id
    }
  }
}
