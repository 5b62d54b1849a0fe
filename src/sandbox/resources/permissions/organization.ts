import { type Answer, type Call, NO_CONTENT, ok, organizationOf } from '../../http/call.ts'
import { conflict } from '../../http/errors.ts'
import type { Organization } from '../../world/owners.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { type Entry, inner, wordAt } from '../../world/seed-reader.ts'
import type { World } from '../../world/store.ts'
import { listedRepository } from '../repositories/present-repository.ts'
import type { Resource } from '../resource.ts'
import { selectedRepositories } from '../selected-members.ts'
import {
  ALLOWED_ACTIONS_KEYS,
  dumpActionsAllowed,
  presentSelectedActions,
  seedActionsAllowed,
  selectedActionsIn,
} from './allowed-actions.ts'
import { presentSwitches, switchesIn, whyUnselected } from './owner-switches.ts'
import { effectiveOrganization, enterpriseEnables, isLooser } from './policy.ts'
import { ENABLED, enterprisePermissionsOf, organizationPermissionsOf, repositoryPermissionsOf } from './state.ts'

const PERMISSION = 'organization_administration'
const TEMPLATE = '/orgs/{org}/actions/permissions'
const READ = { since: [3, 4], permission: `${PERMISSION}=read`, scope: 'admin:org' } as const
const WRITE = { since: [3, 4], permission: `${PERMISSION}=write`, scope: 'admin:org' } as const

/** The policy of an organization (https://docs.github.com/rest/actions/permissions). */
export const organizationPermissions: Resource = {
  routes: [
    { ...READ, method: 'GET', template: TEMPLATE, handle: getPermissions },
    { ...WRITE, method: 'PUT', template: TEMPLATE, handle: setPermissions },
    ...selectedRepositories({
      template: TEMPLATE,
      read: READ,
      write: WRITE,
      idsOf: (call) => organizationPermissionsOf(organizationOf(call)).repositories,
      unselected: (call) =>
        whyUnselected('repositories', effectiveOrganization(organizationOf(call)).enabledRepositories),
      refuses: ['GET', 'PUT'],
      present: listedRepository,
      // A newly listed repository has Actions, even if its own switch was off before.
      added(repository) {
        repositoryPermissionsOf(repository).enabled = true
      },
    }),
    { ...READ, method: 'GET', template: `${TEMPLATE}/selected-actions`, handle: getSelectedActions },
    { ...WRITE, method: 'PUT', template: `${TEMPLATE}/selected-actions`, handle: setSelectedActions },
  ],
  organization: { keys: ['permissions'], seed, dump },
}

const KEYS = ['enabled_repositories', 'repositories', ...ALLOWED_ACTIONS_KEYS]

function seed(organization: Organization, given: Entry, world: World): void {
  const permissions = organizationPermissionsOf(organization)
  const said = inner(given, 'permissions', KEYS)
  permissions.enabledRepositories = wordAt(said, 'enabled_repositories', ENABLED) ?? permissions.enabledRepositories
  permissions.repositories = repositoryIdsAt(world, organization, said)
  seedActionsAllowed(permissions, said)
}

function dump(organization: Organization, world: World): object {
  const permissions = organizationPermissionsOf(organization)
  const { enabledRepositories, repositories } = permissions
  return {
    permissions: {
      enabled_repositories: enabledRepositories,
      ...dumpRepositoryIds(world, repositories, enabledRepositories === 'selected'),
      ...dumpActionsAllowed(permissions),
    },
  }
}

/** Shows the effective settings. */
function getPermissions(call: Call): Answer {
  const organization = organizationOf(call)
  const policy = effectiveOrganization(organization)
  const url = `${call.base}/orgs/${organization.login}/actions/permissions`
  return ok(presentSwitches(call, url, { chosen: 'repositories', enabled: policy.enabledRepositories }, policy))
}

/** The lists behind `selected` are kept. A value looser than the enterprise's is refused. */
function setPermissions(call: Call): Answer {
  const organization = organizationOf(call)
  const permissions = organizationPermissionsOf(organization)
  const { enabled, allowedActions, pinning } = switchesIn(call, 'repositories')
  if (organization.enterprise) {
    const above = enterprisePermissionsOf(organization.enterprise)
    if (enabled !== 'none' && !enterpriseEnables(organization)) throw conflict()
    if (allowedActions && isLooser(allowedActions, above.allowedActions)) throw conflict()
    if (pinning === false && above.shaPinningRequired) throw conflict()
  }
  permissions.enabledRepositories = enabled
  permissions.allowedActions = allowedActions ?? permissions.allowedActions
  permissions.shaPinningRequired = pinning ?? permissions.shaPinningRequired
  return NO_CONTENT
}

function getSelectedActions(call: Call): Answer {
  return ok(presentSelectedActions(call, effectiveOrganization(selectingOrganization(call)).selectedActions))
}

function setSelectedActions(call: Call): Answer {
  const organization = selectingOrganization(call)
  const { enterprise } = organization
  if (enterprise && enterprisePermissionsOf(enterprise).allowedActions === 'selected') throw conflict()
  const permissions = organizationPermissionsOf(organization)
  permissions.selectedActions = selectedActionsIn(call, permissions.selectedActions)
  return NO_CONTENT
}

function selectingOrganization(call: Call): Organization {
  const organization = organizationOf(call)
  const { enabledRepositories, allowedActions } = effectiveOrganization(organization)
  if (enabledRepositories === 'none' || allowedActions !== 'selected') throw conflict()
  return organization
}
