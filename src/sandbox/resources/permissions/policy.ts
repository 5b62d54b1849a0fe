import type { Organization } from '../../world/owners.ts'
import type { Repository } from '../../world/store.ts'
import type { AllowedActions } from './allowed-actions.ts'
import {
  enterprisePermissionsOf,
  type OrganizationPermissions,
  organizationPermissionsOf,
  type RepositoryPermissions,
  repositoryPermissionsOf,
} from './state.ts'

/** From strict to loose. */
const STRICTNESS: readonly AllowedActions[] = ['local_only', 'selected', 'all']

/** The effective settings of a repository: its own within those of its organization. */
type EffectivePermissions = Readonly<RepositoryPermissions>

/** The organization above a repository; undefined when a personal account owns it. */
export function organizationAbove(repository: Repository): Organization | undefined {
  return repository.owner.type === 'Organization' ? repository.owner : undefined
}

/** Whether the enterprise, where there is one, leaves it to the organization to have Actions. */
export function enterpriseEnables({ enterprise, id }: Organization): boolean {
  if (!enterprise) return true
  const { enabledOrganizations, organizations } = enterprisePermissionsOf(enterprise)
  return enabledOrganizations === 'all' || (enabledOrganizations === 'selected' && organizations.has(id))
}

/**
 * The stricter of the organization's and the enterprise's settings, as with a repository: "If the organization belongs to an
 * enterprise that has `selected` actions set at the enterprise level, then you cannot override any of the enterprise's
 * allowed actions settings" (https://docs.github.com/rest/actions/permissions#set-allowed-actions-and-reusable-workflows-for-an-organization).
 */
export function effectiveOrganization(organization: Organization): Readonly<OrganizationPermissions> {
  const own = organizationPermissionsOf(organization)
  if (!organization.enterprise) return own
  const above = enterprisePermissionsOf(organization.enterprise)
  return {
    ...own,
    enabledRepositories: enterpriseEnables(organization) ? own.enabledRepositories : 'none',
    allowedActions: isLooser(own.allowedActions, above.allowedActions) ? above.allowedActions : own.allowedActions,
    selectedActions: above.allowedActions === 'selected' ? above.selectedActions : own.selectedActions,
    shaPinningRequired: own.shaPinningRequired || above.shaPinningRequired,
  }
}

/** Whether the organization leaves it to the repository to have Actions. */
export function enablesActions(organization: Organization, repository: Repository): boolean {
  const { enabledRepositories, repositories } = effectiveOrganization(organization)
  return enabledRepositories === 'all' || (enabledRepositories === 'selected' && repositories.has(repository.id))
}

/** Whether `allowed` lets more actions run than `limit` does. */
export function isLooser(allowed: AllowedActions, limit: AllowedActions): boolean {
  return STRICTNESS.indexOf(allowed) > STRICTNESS.indexOf(limit)
}

/**
 * The stricter of the repository's and the organization's settings. An organization whose `allowed_actions` is
 * `selected` also gives the list: "you cannot override them for the repository"
 * (https://docs.github.com/rest/actions/permissions#set-github-actions-permissions-for-a-repository).
 */
export function effectivePermissions(repository: Repository): EffectivePermissions {
  const own = repositoryPermissionsOf(repository)
  const organization = organizationAbove(repository)
  if (!organization) return own
  const above = effectiveOrganization(organization)
  return {
    enabled: own.enabled && enablesActions(organization, repository),
    allowedActions: isLooser(own.allowedActions, above.allowedActions) ? above.allowedActions : own.allowedActions,
    selectedActions: above.allowedActions === 'selected' ? above.selectedActions : own.selectedActions,
    shaPinningRequired: own.shaPinningRequired || above.shaPinningRequired,
  }
}
