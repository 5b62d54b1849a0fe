import type { Organization } from '../../world/owners.ts'
import type { Repository } from '../../world/store.ts'
import type { AllowedActions } from './allowed-actions.ts'
import { organizationPermissionsOf, type RepositoryPermissions, repositoryPermissionsOf } from './state.ts'

/** From strict to loose. */
const STRICTNESS: readonly AllowedActions[] = ['local_only', 'selected', 'all']

/** The effective settings of a repository: its own within those of its organization. */
type EffectivePermissions = Readonly<RepositoryPermissions>

/** The organization above a repository; undefined when a personal account owns it. */
export function organizationAbove(repository: Repository): Organization | undefined {
  return repository.owner.type === 'Organization' ? repository.owner : undefined
}

/** Whether the organization leaves it to the repository to have Actions. */
export function enablesActions(organization: Organization, repository: Repository): boolean {
  const { enabledRepositories, repositories } = organizationPermissionsOf(organization)
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
  const above = organizationPermissionsOf(organization)
  return {
    enabled: own.enabled && enablesActions(organization, repository),
    allowedActions: isLooser(own.allowedActions, above.allowedActions) ? above.allowedActions : own.allowedActions,
    selectedActions: above.allowedActions === 'selected' ? above.selectedActions : own.selectedActions,
    shaPinningRequired: own.shaPinningRequired || above.shaPinningRequired,
  }
}
