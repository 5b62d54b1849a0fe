import { choice, integers, required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, idParam, NO_CONTENT, ok, organizationOf, type Route } from '../../http/call.ts'
import { notFound, Refusal, unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { Organization } from '../../world/owners.ts'
import { hasDefaultGroupAlone, hasSince } from '../../world/products.ts'
import { repositoryNamed } from '../../world/store.ts'
import { ACCESS_VISIBILITIES, memberIds } from '../members.ts'
import { organizationHasNetwork } from '../network-configurations.ts'
import { runnerIds } from './group-runners.ts'
import { type GroupSettings, settingsIn } from './group-settings.ts'
import { presentGroup } from './present-runner.ts'
import { groupsOf } from './shared-groups.ts'
import { defaultGroup, fleetOf, type RunnerGroup } from './state.ts'

export const GROUP_TEMPLATE = '/orgs/{org}/actions/runner-groups/{runner_group_id}'
const TEMPLATE = '/orgs/{org}/actions/runner-groups'
const READ = { permission: 'organization_self_hosted_runners=read', scope: 'admin:org' } as const
const WRITE = { permission: 'organization_self_hosted_runners=write', scope: 'admin:org' } as const

/** The runner groups of an organization (https://docs.github.com/rest/actions/self-hosted-runner-groups). */
export const RUNNER_GROUP_ROUTES: readonly Route[] = [
  { ...READ, method: 'GET', template: TEMPLATE, handle: listGroups },
  { ...WRITE, method: 'POST', template: TEMPLATE, handle: createGroup },
  { ...READ, method: 'GET', template: GROUP_TEMPLATE, handle: getGroup },
  { ...WRITE, method: 'PATCH', template: GROUP_TEMPLATE, handle: updateGroup },
  { ...WRITE, method: 'DELETE', template: GROUP_TEMPLATE, handle: deleteGroup },
]

/** The filter by repository came with 3.6; before, the parameter is ignored. */
function listGroups(call: Call): Answer {
  const organization = organizationOf(call)
  const name = hasSince(call.product, [3, 6]) ? call.query.visible_to_repository : undefined
  const groups = [...groupsOf(organization).values()].filter(
    (group) => name === undefined || isVisibleTo(call, organization, group, name),
  )
  return listAnswer(call, 'runner_groups', groups, (group) => presentGroup(call, organization, group))
}

function isVisibleTo(call: Call, organization: Organization, group: RunnerGroup, name: string): boolean {
  const repository = repositoryNamed(call.world, organization.login, name)
  if (!repository) throw notFound()
  const isPublic = repository.visibility === 'public'
  if (isPublic && !group.allowsPublicRepositories) return false
  if (group.visibility === 'selected') return group.repositories.has(repository.id)
  return group.visibility === 'all' || !isPublic
}

function getGroup(call: Call): Answer {
  const organization = organizationOf(call)
  return ok(presentGroup(call, organization, groupIn(call, organization)))
}

function createGroup(call: Call): Answer {
  const organization = organizationOf(call)
  if (hasDefaultGroupAlone(call.product, organization.plan)) {
    throw new Refusal(403, 'Upgrade to GitHub Team or GitHub Enterprise to create runner groups.')
  }
  const body = bodyOf(call)
  const name = required(text(body, 'name'), 'name')
  refuseGroupName(organization, name)
  const visibility = choice(body, 'visibility', ACCESS_VISIBILITIES) ?? 'all'
  const ids = integers(body, 'selected_repository_ids') ?? []
  const repositories = memberIds(call, organization, visibility === 'selected' ? ids : [])
  const runners = runnerIds(fleetOf(organization).runners, integers(body, 'runners') ?? [])
  const settings = settingsIn(call, body, { has: (id) => organizationHasNetwork(organization, id) })
  fleetOf(organization).lastGroupId += 1
  const group: RunnerGroup = {
    id: fleetOf(organization).lastGroupId,
    name,
    visibility,
    repositories,
    allowsPublicRepositories: settings.allowsPublicRepositories ?? false,
    restrictedToWorkflows: settings.restrictedToWorkflows ?? false,
    selectedWorkflows: settings.selectedWorkflows ?? [],
    networkConfigurationId: settings.networkConfigurationId,
    default: false,
    inherited: false,
  }
  fleetOf(organization).groups.set(group.id, group)
  for (const runner of fleetOf(organization).runners.values()) if (runners.has(runner.id)) runner.groupId = group.id
  return { status: 201, body: presentGroup(call, organization, group) }
}

/** Leaves the list of repositories as it is, and so each field that is not sent. */
function updateGroup(call: Call): Answer {
  const organization = organizationOf(call)
  const group = groupIn(call, organization)
  const body = bodyOf(call)
  const sent = text(body, 'name')
  const name = hasSince(call.product, [3, 4]) ? required(sent, 'name') : (sent ?? group.name)
  const visibility = choice(body, 'visibility', ACCESS_VISIBILITIES) ?? group.visibility
  const settings = settingsIn(call, body, {
    has: (id) => organizationHasNetwork(organization, id),
    none: 'null',
  })
  if (name !== group.name) refuseGroupName(organization, name)
  if (group.inherited && (name !== group.name || changes(group, settings))) {
    throw unprocessable(`The runner group "${group.name}" is inherited: only the enterprise can change this.`)
  }
  Object.assign(group, { name, visibility, ...settings })
  return ok(presentGroup(call, organization, group))
}

/** The runners of a deleted group fall to the default group, and so under its access policy. */
function deleteGroup(call: Call): Answer {
  const organization = organizationOf(call)
  const group = groupIn(call, organization)
  if (group.default) throw unprocessable('The default runner group cannot be deleted.')
  refuseInherited(group)
  fleetOf(organization).groups.delete(group.id)
  for (const runner of fleetOf(organization).runners.values()) {
    if (runner.groupId === group.id) runner.groupId = defaultGroup(organization).id
  }
  return NO_CONTENT
}

function changes(group: RunnerGroup, settings: GroupSettings): boolean {
  return JSON.stringify({ ...group, ...settings }) !== JSON.stringify(group)
}

/** Names are unique with case, against inherited groups too: a duplicate makes workflows fail. */
function refuseGroupName(organization: Organization, name: string): void {
  if (name.trim() === '') throw unprocessable('The name of a runner group cannot be blank.')
  for (const group of groupsOf(organization).values()) {
    if (group.name === name) throw new Refusal(409, `A runner group named "${name}" already exists.`)
  }
}

/** @throws Refusal 404 when the organization has no group with the id in the path. */
export function groupIn(call: Call, organization: Organization): RunnerGroup {
  const group = groupsOf(organization).get(idParam(call, 'runner_group_id'))
  if (!group) throw notFound()
  return group
}

/** @throws Refusal 403 when the group is the enterprise's. */
export function refuseInherited(group: RunnerGroup): void {
  if (group.inherited) throw new Refusal(403, `The runner group "${group.name}" is managed by the enterprise.`)
}
