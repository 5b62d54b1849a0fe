import type { Organization } from '../../world/owners.ts'
import { type EnterpriseGroup, groupsOf as enterpriseGroupsOf } from '../enterprise-runner-groups/state.ts'
import { fleetOf, type RunnerGroup } from './state.ts'

/**
 * The runner groups of an organization, with those that its enterprise shares with it now, under ids of the organization
 * (https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access). All its
 * repositories may use one at first, as with a group of its own. Whether the enterprise's default group is among them is not
 * documented: it is left out.
 */
export function groupsOf(organization: Organization): Map<number, RunnerGroup> {
  const fleet = fleetOf(organization)
  const shared = sharedWith(organization)
  for (const source of shared) {
    const known = [...fleet.groups.values()].find((group) => isOf(group, source))
    if (known === undefined) fleet.lastGroupId += 1
    const group = known ?? newGroup(fleet.lastGroupId, source)
    const { name, allowsPublicRepositories, restrictedToWorkflows, selectedWorkflows, networkConfigurationId } = source
    Object.assign(group, {
      name,
      allowsPublicRepositories,
      restrictedToWorkflows,
      selectedWorkflows,
      networkConfigurationId,
      source: source.id,
    })
    fleet.groups.set(group.id, group)
  }
  const ids = new Set(shared.map(({ id }) => id))
  for (const { id, source } of fleet.groups.values())
    if (source !== undefined && !ids.has(source)) fleet.groups.delete(id)
  return fleet.groups
}

function sharedWith({ enterprise, id }: Organization): readonly EnterpriseGroup[] {
  if (!enterprise) return []
  const isVisible = ({ visibility, organizations }: EnterpriseGroup): boolean =>
    visibility === 'all' || organizations.has(id)
  return [...enterpriseGroupsOf(enterprise).groups.values()].filter((group) => !group.default && isVisible(group))
}

/** A seed says of an inherited group no more than its name. */
function isOf({ inherited, source, name }: RunnerGroup, of: EnterpriseGroup): boolean {
  return inherited && (source === undefined ? name === of.name : source === of.id)
}

function newGroup(id: number, { name }: EnterpriseGroup): RunnerGroup {
  return {
    ...{ id, name, visibility: 'all', repositories: new Set(), default: false, inherited: true },
    ...{ allowsPublicRepositories: false, restrictedToWorkflows: false, selectedWorkflows: [] },
  }
}
