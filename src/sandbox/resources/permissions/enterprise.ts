import { type Answer, type Call, enterpriseOf, NO_CONTENT, ok } from '../../http/call.ts'
import { conflict } from '../../http/errors.ts'
import type { Enterprise } from '../../world/owners.ts'
import { dumpOrganizationIds, organizationIdsAt } from '../../world/seed-names.ts'
import { type Entry, inner, wordAt } from '../../world/seed-reader.ts'
import type { World } from '../../world/store.ts'
import { simpleOrganization } from '../accounts/present-owner.ts'
import type { Resource } from '../resource.ts'
import { selectedOrganizations } from '../selected-members.ts'
import {
  ALLOWED_ACTIONS_KEYS,
  dumpActionsAllowed,
  presentSelectedActions,
  seedActionsAllowed,
  selectedActionsIn,
} from './allowed-actions.ts'
import { presentSwitches, switchesIn, whyUnselected } from './owner-switches.ts'
import { ENABLED, type EnterprisePermissions, enterprisePermissionsOf } from './state.ts'

const TEMPLATE = '/enterprises/{enterprise}/actions/permissions'
const TOKEN = { since: [3, 4], notOn: ['dotcom'], asker: 'classic token', scope: 'admin:enterprise' } as const

/** The policy of an enterprise (https://docs.github.com/enterprise-cloud@latest/rest/actions/permissions). */
export const enterprisePermissions: Resource = {
  routes: [
    { ...TOKEN, method: 'GET', template: TEMPLATE, handle: getPermissions },
    { ...TOKEN, method: 'PUT', template: TEMPLATE, handle: setPermissions },
    ...selectedOrganizations({
      template: TEMPLATE,
      read: TOKEN,
      write: TOKEN,
      idsOf: (call) => permissionsIn(call).organizations,
      unselected: (call) => whyUnselected('organizations', permissionsIn(call).enabledOrganizations),
      refuses: ['GET', 'PUT'],
      present: simpleOrganization,
    }),
    { ...TOKEN, method: 'GET', template: `${TEMPLATE}/selected-actions`, handle: getSelectedActions },
    { ...TOKEN, method: 'PUT', template: `${TEMPLATE}/selected-actions`, handle: setSelectedActions },
  ],
  enterprise: { keys: ['permissions'], seed, dump },
}

const KEYS = ['enabled_organizations', 'organizations', ...ALLOWED_ACTIONS_KEYS]

function seed(enterprise: Enterprise, given: Entry, world: World): void {
  const permissions = enterprisePermissionsOf(enterprise)
  const said = inner(given, 'permissions', KEYS)
  permissions.enabledOrganizations = wordAt(said, 'enabled_organizations', ENABLED) ?? permissions.enabledOrganizations
  permissions.organizations = organizationIdsAt(world, enterprise, said)
  seedActionsAllowed(permissions, said)
}

function dump(enterprise: Enterprise, world: World): object {
  const permissions = enterprisePermissionsOf(enterprise)
  const { enabledOrganizations, organizations } = permissions
  return {
    permissions: {
      enabled_organizations: enabledOrganizations,
      ...dumpOrganizationIds(world, organizations, enabledOrganizations === 'selected'),
      ...dumpActionsAllowed(permissions),
    },
  }
}

function permissionsIn(call: Call): EnterprisePermissions {
  return enterprisePermissionsOf(enterpriseOf(call))
}

function getPermissions(call: Call): Answer {
  const permissions = permissionsIn(call)
  const url = `${call.base}/enterprises/${enterpriseOf(call).slug}/actions/permissions`
  return ok(
    presentSwitches(call, url, { chosen: 'organizations', enabled: permissions.enabledOrganizations }, permissions),
  )
}

/** The lists behind `selected` are kept. */
function setPermissions(call: Call): Answer {
  const permissions = permissionsIn(call)
  const { enabled, allowedActions, pinning } = switchesIn(call, 'organizations')
  permissions.enabledOrganizations = enabled
  permissions.allowedActions = allowedActions ?? permissions.allowedActions
  permissions.shaPinningRequired = pinning ?? permissions.shaPinningRequired
  return NO_CONTENT
}

function getSelectedActions(call: Call): Answer {
  return ok(presentSelectedActions(call, selectingIn(call).selectedActions))
}

function setSelectedActions(call: Call): Answer {
  const permissions = selectingIn(call)
  permissions.selectedActions = selectedActionsIn(call, permissions.selectedActions)
  return NO_CONTENT
}

function selectingIn(call: Call): EnterprisePermissions {
  const permissions = permissionsIn(call)
  if (permissions.enabledOrganizations === 'none' || permissions.allowedActions !== 'selected') throw conflict()
  return permissions
}
