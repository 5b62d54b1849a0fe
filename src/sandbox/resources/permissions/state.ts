import type { Enterprise, Organization } from '../../world/owners.ts'
import { slot } from '../../world/slot.ts'
import type { Repository } from '../../world/store.ts'
import { type ActionsAllowed, newActionsAllowed } from './allowed-actions.ts'

/** For how many members, of an organization or an enterprise, Actions is enabled. */
export const ENABLED = ['all', 'none', 'selected'] as const
type Enabled = (typeof ENABLED)[number]

export interface EnterprisePermissions extends ActionsAllowed {
  enabledOrganizations: Enabled
  /** Ids. Kept, unused, while `enabledOrganizations` is not `selected`. */
  organizations: Set<number>
}

export interface OrganizationPermissions extends ActionsAllowed {
  enabledRepositories: Enabled
  /** Ids. Kept, unused, while `enabledRepositories` is not `selected`. */
  repositories: Set<number>
}

/** A repository's own settings; the effective ones are these within its organization's (policy.ts). */
export interface RepositoryPermissions extends ActionsAllowed {
  enabled: boolean
}

/** A new enterprise lets all organizations run all actions. */
export const enterprisePermissionsOf = slot<Enterprise, EnterprisePermissions>(
  () => ({ enabledOrganizations: 'all', organizations: new Set(), ...newActionsAllowed() }),
  ({ organizations }, id) => organizations.delete(id),
)

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
