import type { Organization } from '../../world/owners.ts'
import { slot } from '../../world/slot.ts'
import type { Repository } from '../../world/store.ts'
import { type ActionsAllowed, newActionsAllowed } from './allowed-actions.ts'

export const ENABLED_REPOSITORIES = ['all', 'none', 'selected'] as const
type EnabledRepositories = (typeof ENABLED_REPOSITORIES)[number]

export interface OrganizationPermissions extends ActionsAllowed {
  enabledRepositories: EnabledRepositories
  /** Ids. Kept, unused, while `enabledRepositories` is not `selected`. */
  repositories: Set<number>
}

/** A repository's own settings; the effective ones are these within its organization's (policy.ts). */
export interface RepositoryPermissions extends ActionsAllowed {
  enabled: boolean
}

/** A new organization lets all repositories run all actions. */
export const organizationPermissionsOf = slot<Organization, OrganizationPermissions>(
  () => ({ enabledRepositories: 'all', repositories: new Set(), ...newActionsAllowed() }),
  ({ repositories }, id) => repositories.delete(id),
)

/** A new repository has Actions as far as its organization lets it. */
export const repositoryPermissionsOf = slot<Repository, RepositoryPermissions>(() => ({
  enabled: true,
  ...newActionsAllowed(),
}))
