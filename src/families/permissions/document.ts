import type { ListedIds } from '../common/selected-list.ts'

/** From narrow to wide. */
export const ALLOWED_ACTIONS = ['local_only', 'selected', 'all'] as const
export type AllowedActions = (typeof ALLOWED_ACTIONS)[number]

/** From narrow to wide. */
export const ENABLED = ['none', 'selected', 'all'] as const
type Enabled = (typeof ENABLED)[number]

export type SelectedActions = {
  readonly github_owned_allowed?: boolean
  readonly verified_allowed?: boolean
  readonly patterns_allowed?: readonly string[]
}

/**
 * Where Actions may be used, and the actions that may run. `enabled` is the repository's, `repositories` and its switch the
 * organization's, `organizations` and its switch the enterprise's.
 */
export type Permissions = {
  readonly enabled_organizations?: Enabled
  readonly organizations?: readonly string[]
  readonly enabled_repositories?: Enabled
  readonly repositories?: readonly string[]
  readonly enabled?: boolean
  readonly allowed_actions?: AllowedActions
  readonly sha_pinning_required?: boolean
  readonly selected_actions?: SelectedActions
}

export type PermissionsRef = { readonly repositories?: ListedIds; readonly organizations?: ListedIds }

/** The fields that GitHub takes in one request. */
export const SWITCHES = [
  'enabled_organizations',
  'enabled_repositories',
  'enabled',
  'allowed_actions',
  'sha_pinning_required',
] as const

/** Whether a policy switches Actions off altogether; undefined where it does not say. */
export function isOff(policy: Permissions): boolean | undefined {
  const { enabled, enabled_organizations, enabled_repositories = enabled_organizations } = policy
  if (enabled !== undefined) return !enabled
  return enabled_repositories === undefined ? undefined : enabled_repositories === 'none'
}

/** The fields of the list of actions. */
export const ACTIONS = ['github_owned_allowed', 'verified_allowed', 'patterns_allowed'] as const
