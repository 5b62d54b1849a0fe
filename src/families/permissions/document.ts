import type { ListedIds } from '../common/selected-list.ts'

/** From narrow to wide. */
export const ALLOWED_ACTIONS = ['local_only', 'selected', 'all'] as const
export type AllowedActions = (typeof ALLOWED_ACTIONS)[number]

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

export type PermissionsRef = { readonly repositories: ListedIds }

/** The fields that GitHub takes in one request. */
export const SWITCHES = ['enabled_repositories', 'enabled', 'allowed_actions', 'sha_pinning_required'] as const

/** The fields of the list of actions. */
export const ACTIONS = ['github_owned_allowed', 'verified_allowed', 'patterns_allowed'] as const
