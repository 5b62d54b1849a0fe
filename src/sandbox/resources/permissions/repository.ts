import { choice, flag, required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, repositoryOf } from '../../http/call.ts'
import { conflict } from '../../http/errors.ts'
import { hasSince } from '../../world/products.ts'
import { type Entry, flagAt, inner } from '../../world/seed-reader.ts'
import type { Repository } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
import {
  ALLOWED_ACTIONS,
  dumpActionsAllowed,
  presentSelectedActions,
  seedActionsAllowed,
  selectedActionsIn,
} from './allowed-actions.ts'
import { effectiveOrganization, effectivePermissions, enablesActions, isLooser, organizationAbove } from './policy.ts'
import { repositoryPermissionsOf } from './state.ts'

const TEMPLATE = '/repos/{owner}/{repo}/actions/permissions'
const READ = { since: [3, 4], permission: 'administration=read' } as const
const WRITE = { since: [3, 4], permission: 'administration=write' } as const

/** The policy of a repository within that of its organization (https://docs.github.com/rest/actions/permissions). */
export const repositoryPermissions: Resource = {
  routes: [
    { ...READ, method: 'GET', template: TEMPLATE, handle: getPermissions },
    { ...WRITE, method: 'PUT', template: TEMPLATE, handle: setPermissions },
    { ...READ, method: 'GET', template: `${TEMPLATE}/selected-actions`, handle: getSelectedActions },
    { ...WRITE, method: 'PUT', template: `${TEMPLATE}/selected-actions`, handle: setSelectedActions },
  ],
  repository: { keys: ['permissions'], seed, dump },
}

const KEYS = ['enabled', 'allowed_actions', 'sha_pinning_required', 'selected_actions']

function seed(repository: Repository, given: Entry): void {
  const permissions = repositoryPermissionsOf(repository)
  const said = inner(given, 'permissions', KEYS)
  permissions.enabled = flagAt(said, 'enabled') ?? permissions.enabled
  seedActionsAllowed(permissions, said)
}

function dump(repository: Repository): object {
  const permissions = repositoryPermissionsOf(repository)
  return { permissions: { enabled: permissions.enabled, ...dumpActionsAllowed(permissions) } }
}

/** Shows the effective settings, not the repository's own. While Actions is off, the allowed actions are left out. */
function getPermissions(call: Call): Answer {
  const repository = repositoryOf(call)
  const { enabled, allowedActions, shaPinningRequired } = effectivePermissions(repository)
  const url = `${call.base}/repos/${repository.owner.login}/${repository.name}/actions/permissions`
  return ok({
    enabled,
    ...(enabled ? { allowed_actions: allowedActions } : {}),
    ...(enabled && allowedActions === 'selected' ? { selected_actions_url: `${url}/selected-actions` } : {}),
    ...(hasSince(call.product, [3, 19]) ? { sha_pinning_required: shaPinningRequired } : {}),
  })
}

/** Omitted fields keep their stored values; a value looser than the organization's is refused. */
function setPermissions(call: Call): Answer {
  const repository = repositoryOf(call)
  const body = bodyOf(call)
  const enabled = required(flag(body, 'enabled'), 'enabled')
  const allowedActions = choice(body, 'allowed_actions', ALLOWED_ACTIONS)
  const pinning = hasSince(call.product, [3, 19]) ? flag(body, 'sha_pinning_required') : undefined
  const organization = organizationAbove(repository)
  if (organization) {
    const above = effectiveOrganization(organization)
    if (enabled && !enablesActions(organization, repository)) throw conflict()
    if (allowedActions && isLooser(allowedActions, above.allowedActions)) throw conflict()
    if (pinning === false && above.shaPinningRequired) throw conflict()
  }
  const permissions = repositoryPermissionsOf(repository)
  permissions.enabled = enabled
  permissions.allowedActions = allowedActions ?? permissions.allowedActions
  permissions.shaPinningRequired = pinning ?? permissions.shaPinningRequired
  return NO_CONTENT
}

function getSelectedActions(call: Call): Answer {
  const { enabled, allowedActions, selectedActions } = effectivePermissions(repositoryOf(call))
  if (!enabled || allowedActions !== 'selected') throw conflict()
  return ok(presentSelectedActions(call, selectedActions))
}

function setSelectedActions(call: Call): Answer {
  const repository = repositoryOf(call)
  const { enabled, allowedActions } = effectivePermissions(repository)
  const organization = organizationAbove(repository)
  const isHeldAbove = organization && effectiveOrganization(organization).allowedActions === 'selected'
  if (isHeldAbove || !enabled || allowedActions !== 'selected') throw conflict()
  const permissions = repositoryPermissionsOf(repository)
  permissions.selectedActions = selectedActionsIn(call, permissions.selectedActions)
  return NO_CONTENT
}
