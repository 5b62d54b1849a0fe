import { choice, flag, integers, required } from '../../http/body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  memberRepository,
  NO_CONTENT,
  ok,
  organizationOf,
  seenBy,
} from '../../http/call.ts'
import { conflict, noSelection } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { Organization } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../../world/seed-names.ts'
import { type Entry, inner, wordAt } from '../../world/seed-reader.ts'
import { type Repository, repositoriesIn, type World } from '../../world/store.ts'
import { memberIds } from '../members.ts'
import { listedRepository } from '../repositories/present-repository.ts'
import type { Resource } from '../resource.ts'
import {
  ALLOWED_ACTIONS,
  ALLOWED_ACTIONS_KEYS,
  dumpActionsAllowed,
  presentSelectedActions,
  seedActionsAllowed,
  selectedActionsIn,
} from './allowed-actions.ts'
import { ENABLED_REPOSITORIES, organizationPermissionsOf, repositoryPermissionsOf } from './state.ts'

const PERMISSION = 'organization_administration'
const TEMPLATE = '/orgs/{org}/actions/permissions'
const READ = { since: [3, 4], permission: `${PERMISSION}=read`, scope: 'admin:org' } as const
const WRITE = { since: [3, 4], permission: `${PERMISSION}=write`, scope: 'admin:org' } as const

/** The policy of an organization (https://docs.github.com/rest/actions/permissions). */
export const organizationPermissions: Resource = {
  routes: [
    { ...READ, method: 'GET', template: TEMPLATE, handle: getPermissions },
    { ...WRITE, method: 'PUT', template: TEMPLATE, handle: setPermissions },
    { ...READ, method: 'GET', template: `${TEMPLATE}/repositories`, handle: listEnabled },
    { ...WRITE, method: 'PUT', template: `${TEMPLATE}/repositories`, handle: setEnabled },
    { ...WRITE, method: 'PUT', template: `${TEMPLATE}/repositories/{repository_id}`, handle: enable },
    { ...WRITE, method: 'DELETE', template: `${TEMPLATE}/repositories/{repository_id}`, handle: disable },
    { ...READ, method: 'GET', template: `${TEMPLATE}/selected-actions`, handle: getSelectedActions },
    { ...WRITE, method: 'PUT', template: `${TEMPLATE}/selected-actions`, handle: setSelectedActions },
  ],
  organization: { keys: ['permissions'], seed, dump },
}

const KEYS = ['enabled_repositories', 'repositories', ...ALLOWED_ACTIONS_KEYS]

function seed(organization: Organization, given: Entry, world: World): void {
  const permissions = organizationPermissionsOf(organization)
  const said = inner(given, 'permissions', KEYS)
  permissions.enabledRepositories =
    wordAt(said, 'enabled_repositories', ENABLED_REPOSITORIES) ?? permissions.enabledRepositories
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

/** While Actions is off for all repositories, GitHub leaves out the allowed actions. */
function getPermissions(call: Call): Answer {
  const organization = organizationOf(call)
  const { enabledRepositories, allowedActions, shaPinningRequired } = organizationPermissionsOf(organization)
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

/** Omitted fields keep their stored values; the lists behind `selected` are kept too. */
function setPermissions(call: Call): Answer {
  const permissions = organizationPermissionsOf(organizationOf(call))
  const body = bodyOf(call)
  const enabledRepositories = required(
    choice(body, 'enabled_repositories', ENABLED_REPOSITORIES),
    'enabled_repositories',
  )
  const allowedActions = choice(body, 'allowed_actions', ALLOWED_ACTIONS)
  const pinning = hasSince(call.product, [3, 19]) ? flag(body, 'sha_pinning_required') : undefined
  permissions.enabledRepositories = enabledRepositories
  permissions.allowedActions = allowedActions ?? permissions.allowedActions
  permissions.shaPinningRequired = pinning ?? permissions.shaPinningRequired
  return NO_CONTENT
}

function listEnabled(call: Call): Answer {
  const organization = listingOrganization(call)
  const repositories = seenBy(call, repositoriesIn(call.world, organizationPermissionsOf(organization).repositories))
  return listAnswer(call, 'repositories', repositories, (each) => listedRepository(call, each))
}

function setEnabled(call: Call): Answer {
  const organization = listingOrganization(call)
  const ids = required(integers(bodyOf(call), 'selected_repository_ids'), 'selected_repository_ids')
  const listed = repositoriesIn(call.world, memberIds(call, organization, ids))
  for (const repository of listed) switchOn(organization, repository)
  organizationPermissionsOf(organization).repositories = new Set(listed.map((each) => each.id))
  return NO_CONTENT
}

function enable(call: Call): Answer {
  const organization = listingOrganization(call)
  const repository = memberRepository(call, organization)
  switchOn(organization, repository)
  organizationPermissionsOf(organization).repositories.add(repository.id)
  return NO_CONTENT
}

function disable(call: Call): Answer {
  const organization = listingOrganization(call)
  organizationPermissionsOf(organization).repositories.delete(memberRepository(call, organization).id)
  return NO_CONTENT
}

/** A newly listed repository has Actions, even if its own switch was off before. */
function switchOn(organization: Organization, repository: Repository): void {
  if (!organizationPermissionsOf(organization).repositories.has(repository.id))
    repositoryPermissionsOf(repository).enabled = true
}

/** "`enabled_repositories` must be configured to `selected`", for reading the list as well. */
function listingOrganization(call: Call): Organization {
  const organization = organizationOf(call)
  const { enabledRepositories } = organizationPermissionsOf(organization)
  if (enabledRepositories === 'all') throw noSelection('Actions are enabled for all repositories')
  if (enabledRepositories === 'none') throw noSelection('Actions are disabled for all repositories')
  return organization
}

function getSelectedActions(call: Call): Answer {
  return ok(presentSelectedActions(call, organizationPermissionsOf(selectingOrganization(call)).selectedActions))
}

function setSelectedActions(call: Call): Answer {
  const permissions = organizationPermissionsOf(selectingOrganization(call))
  permissions.selectedActions = selectedActionsIn(call, permissions.selectedActions)
  return NO_CONTENT
}

function selectingOrganization(call: Call): Organization {
  const organization = organizationOf(call)
  const { enabledRepositories, allowedActions } = organizationPermissionsOf(organization)
  if (enabledRepositories === 'none' || allowedActions !== 'selected') throw conflict()
  return organization
}
