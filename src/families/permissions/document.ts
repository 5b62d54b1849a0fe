import type { RepositoryIds } from '../common/repository-list.ts'

export type AllowedActions = 'local_only' | 'selected' | 'all'

export type SelectedActions = {
  readonly github_owned_allowed?: boolean
  readonly verified_allowed?: boolean
  readonly patterns_allowed?: readonly string[]
}

/**
 * The repositories that may use Actions, and the actions that they may run. `enabled` is the repository's, the lists
 * the organization's.
 */
export type Permissions = {
  readonly enabled_repositories?: 'none' | 'selected' | 'all'
  readonly repositories?: readonly string[]
  readonly enabled?: boolean
  readonly allowed_actions?: AllowedActions
  readonly sha_pinning_required?: boolean
  readonly selected_actions?: SelectedActions
}

export type PermissionsRef = { readonly repositories: RepositoryIds }
