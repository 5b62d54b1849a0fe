import { choice, flag, required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, organizationOf } from '../../http/call.ts'
import { conflict } from '../../http/errors.ts'
import type { Organization } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { type Entry, inner, wordAt } from '../../world/seed-reader.ts'
import type { World } from '../../world/store.ts'
import { listedRepository } from '../repositories/present-repository.ts'
import type { Resource } from '../resource.ts'
import { selectedRepositories } from '../selected-members.ts'
import {
  ALLOWED_ACTIONS,
  ALLOWED_ACTIONS_KEYS,
  dumpActionsAllowed,
  presentSelectedActions,
  seedActionsAllowed,
  selectedActionsIn,
} from './allowed-actions.ts'
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
      unselected,
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

/** Shows the effective settings. While Actions is off for all repositories, GitHub leaves out the allowed actions. */
function getPermissions(call: Call): Answer {
  const organization = organizationOf(call)
  const { enabledRepositories, allowedActions, shaPinningRequired } = effectiveOrganization(organization)
  const url = `${call.base}/orgs/${organization.login}/actions/permissions`
  const isOn = enabledRepositories !== 'none'
  return ok({
    enabled_repositories: enabledRepositories,
    ...(enabledRepositories === 'selected' ? { selected_repositories_url: `${url}/repositories` } : {}),
    ...(isOn ? { allowed_actions: allowedActions } : {}),
    ...(isOn && allowedActions === 'selected' ? { selected_actions_url: `${url}/selected-actions` } : {}),
    ...(hasSince(call.product, [3, 19]) ? { sha_pinning_required: shaPinningRequired } : {}),
  })
}

/**
 * Omitted fields keep their stored values; the lists behind `selected` are kept too. A value looser than the enterprise's is
 * refused.
 */
function setPermissions(call: Call): Answer {
  const organization = organizationOf(call)
  const permissions = organizationPermissionsOf(organization)
  const body = bodyOf(call)
  const enabledRepositories = required(choice(body, 'enabled_repositories', ENABLED), 'enabled_repositories')
  const allowedActions = choice(body, 'allowed_actions', ALLOWED_ACTIONS)
  const pinning = hasSince(call.product, [3, 19]) ? flag(body, 'sha_pinning_required') : undefined
  if (organization.enterprise) {
    const above = enterprisePermissionsOf(organization.enterprise)
    if (enabledRepositories !== 'none' && !enterpriseEnables(organization)) throw conflict()
    if (allowedActions && isLooser(allowedActions, above.allowedActions)) throw conflict()
    if (pinning === false && above.shaPinningRequired) throw conflict()
  }
  permissions.enabledRepositories = enabledRepositories
  permissions.allowedActions = allowedActions ?? permissions.allowedActions
  permissions.shaPinningRequired = pinning ?? permissions.shaPinningRequired
  return NO_CONTENT
}

/** "`enabled_repositories` must be configured to `selected`", for reading the list as well. */
function unselected(call: Call): string | undefined {
  const { enabledRepositories } = effectiveOrganization(organizationOf(call))
  if (enabledRepositories === 'all') return 'Actions are enabled for all repositories'
  return enabledRepositories === 'none' ? 'Actions are disabled for all repositories' : undefined
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
