import { choice, integers, required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, enterpriseOf, idParam, NO_CONTENT, ok } from '../../http/call.ts'
import { notFound, Refusal, unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { Enterprise, Organization } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { simpleOrganization } from '../accounts/present-owner.ts'
import { organizationIds } from '../members.ts'
import { enterpriseHasNetwork } from '../network-configurations.ts'
import type { Resource } from '../resource.ts'
import { groupRunnerRoutes, runnerIds } from '../runners/group-runners.ts'
import { presentNetwork, settingsIn } from '../runners/group-settings.ts'
import { registrationRoutes } from '../runners/registration.ts'
import { runnerRoutes } from '../runners/routes.ts'
import { selectedOrganizations } from '../selected-members.ts'
import { defaultGroupOf, dump, type EnterpriseGroup, GROUP_VISIBILITIES, groupsOf, seed } from './state.ts'

const TEMPLATE = '/enterprises/{enterprise}/actions/runner-groups'
const GROUP = `${TEMPLATE}/{runner_group_id}`
const TOKEN = { asker: 'classic token', scope: 'manage_runners:enterprise', notOn: ['dotcom'] } as const
const RUNNERS = {
  template: '/enterprises/{enterprise}/actions/runners',
  read: TOKEN,
  write: TOKEN,
  runnersOf: (call: Call) => groupsOf(enterpriseOf(call)).runners,
}

/**
 * The runner groups of an enterprise (https://docs.github.com/enterprise-cloud@latest/rest/actions/self-hosted-runner-groups)
 * and its runners (https://docs.github.com/enterprise-cloud@latest/rest/actions/self-hosted-runners).
 */
export const enterpriseRunnerGroups: Resource = {
  routes: [
    { ...TOKEN, method: 'GET', template: TEMPLATE, handle: listGroups },
    { ...TOKEN, method: 'POST', template: TEMPLATE, handle: createGroup },
    { ...TOKEN, method: 'GET', template: GROUP, handle: (call) => ok(present(call, groupIn(call))) },
    { ...TOKEN, method: 'PATCH', template: GROUP, handle: updateGroup },
    { ...TOKEN, method: 'DELETE', template: GROUP, handle: deleteGroup },
    ...selectedOrganizations({
      template: GROUP,
      read: TOKEN,
      write: TOKEN,
      idsOf: (call) => groupIn(call).organizations,
      unselected: (call) => unselected(groupIn(call)),
      refuses: [],
      present: simpleOrganization,
    }),
    ...groupRunnerRoutes({
      group: GROUP,
      read: TOKEN,
      write: TOKEN,
      runnersOf: (call) => groupsOf(enterpriseOf(call)).runners,
      defaultOf: (call) => defaultGroupOf(enterpriseOf(call)),
      groupIn,
    }),
    ...runnerRoutes(RUNNERS),
    ...registrationRoutes({ ...RUNNERS, groupsOf: (call) => groupsOf(enterpriseOf(call)).groups }),
  ],
  enterprise: { keys: ['runners', 'runner_groups'], seed, dump },
}

/** The filter by organization came with 3.6; before, the parameter is ignored. */
function listGroups(call: Call): Answer {
  const enterprise = enterpriseOf(call)
  const login = hasSince(call.product, [3, 6]) ? call.query.visible_to_organization : undefined
  const visible = login === undefined ? undefined : organizationNamed(call, enterprise, login)
  const groups = [...groupsOf(enterprise).groups.values()].filter(
    ({ visibility, organizations }) => !visible || visibility === 'all' || organizations.has(visible.id),
  )
  return listAnswer(call, 'runner_groups', groups, (group) => present(call, group))
}

function createGroup(call: Call): Answer {
  const enterprise = enterpriseOf(call)
  const body = bodyOf(call)
  const name = required(text(body, 'name'), 'name')
  refuseName(enterprise, name)
  const visibility = choice(body, 'visibility', GROUP_VISIBILITIES) ?? 'all'
  const ids = integers(body, 'selected_organization_ids') ?? []
  const organizations = organizationIds(call, enterprise, visibility === 'selected' ? ids : [])
  const fleet = groupsOf(enterprise)
  const runners = runnerIds(fleet.runners, integers(body, 'runners') ?? [])
  fleet.lastGroupId += 1
  const group: EnterpriseGroup = {
    ...{ id: fleet.lastGroupId, name, visibility, organizations, default: false },
    ...{ allowsPublicRepositories: false, restrictedToWorkflows: false, selectedWorkflows: [] },
    ...settingsIn(call, body, { has: (id) => enterpriseHasNetwork(enterprise, id) }),
  }
  fleet.groups.set(group.id, group)
  for (const runner of fleet.runners.values()) if (runners.has(runner.id)) runner.groupId = group.id
  return { status: 201, body: present(call, group) }
}

/** Leaves the list of organizations as it is, and so each field that is not sent. */
function updateGroup(call: Call): Answer {
  const enterprise = enterpriseOf(call)
  const group = groupIn(call)
  const body = bodyOf(call)
  const name = text(body, 'name') ?? group.name
  const visibility = choice(body, 'visibility', GROUP_VISIBILITIES) ?? group.visibility
  const settings = settingsIn(call, body, {
    has: (id) => enterpriseHasNetwork(enterprise, id),
    none: 'null',
  })
  if (name !== group.name) refuseName(enterprise, name)
  Object.assign(group, { name, visibility, ...settings })
  return ok(present(call, group))
}

/** The runners of a deleted group fall to the default group, and so under its access policy. */
function deleteGroup(call: Call): Answer {
  const group = groupIn(call)
  if (group.default) throw unprocessable('The default runner group cannot be deleted.')
  const { groups, runners } = groupsOf(enterpriseOf(call))
  groups.delete(group.id)
  for (const runner of runners.values()) {
    if (runner.groupId === group.id) runner.groupId = defaultGroupOf(enterpriseOf(call)).id
  }
  return NO_CONTENT
}

/** "The runner group must have `visibility` set to `selected`." The status code is documented for secrets only. */
function unselected({ visibility }: EnterpriseGroup): string | undefined {
  return visibility === 'selected' ? undefined : 'The visibility of the runner group is not set to selected'
}

function organizationNamed(call: Call, enterprise: Enterprise, login: string): Organization {
  const owner = call.world.owners.get(login.toLowerCase())
  if (owner?.type !== 'Organization' || owner.enterprise !== enterprise) throw notFound()
  return owner
}

function refuseName(enterprise: Enterprise, name: string): void {
  if (name.trim() === '') throw unprocessable('The name of a runner group cannot be blank.')
  for (const group of groupsOf(enterprise).groups.values()) {
    if (group.name === name) throw new Refusal(409, `A runner group named "${name}" already exists.`)
  }
}

function groupIn(call: Call): EnterpriseGroup {
  const group = groupsOf(enterpriseOf(call)).groups.get(idParam(call, 'runner_group_id'))
  if (!group) throw notFound()
  return group
}

/** As `runner-groups-enterprise`: fields from the release on that GitHub's descriptions have them. */
function present(call: Call, group: EnterpriseGroup): object {
  const url = `${call.base}/enterprises/${enterpriseOf(call).slug}/actions/runner-groups/${group.id}`
  return {
    id: group.id,
    name: group.name,
    visibility: group.visibility,
    default: group.default,
    ...(group.visibility === 'selected' ? { selected_organizations_url: `${url}/organizations` } : {}),
    runners_url: `${url}/runners`,
    ...presentNetwork(call, group),
    ...(hasSince(call.product, [3, 4]) ? { allows_public_repositories: group.allowsPublicRepositories } : {}),
    ...(hasSince(call.product, [3, 5])
      ? {
          workflow_restrictions_read_only: false,
          restricted_to_workflows: group.restrictedToWorkflows,
          selected_workflows: group.selectedWorkflows,
        }
      : {}),
  }
}
