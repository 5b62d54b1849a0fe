/** The parts of `GET /_sandbox/state` that the property tests use. */
export interface WorldState {
  readonly product: string
  readonly organizations: { readonly acme: OrganizationState }
}

export interface SelectedActions {
  readonly github_owned_allowed: boolean
  readonly verified_allowed: boolean
  readonly patterns_allowed: readonly string[]
}

interface PermissionsState {
  readonly allowed_actions: 'all' | 'local_only' | 'selected'
  readonly selected_actions?: SelectedActions
  readonly sha_pinning_required: boolean
}

export interface OrganizationPermissions extends PermissionsState {
  readonly enabled_repositories: 'all' | 'none' | 'selected'
  readonly repositories?: readonly string[]
}

export interface RepositoryPermissions extends PermissionsState {
  readonly enabled: boolean
}

export interface SecretState {
  readonly value: string
  readonly created_at: string
  readonly updated_at: string
  readonly visibility?: string
  readonly repositories?: readonly string[]
}

export interface GroupState {
  readonly id: number
  readonly visibility: string
  readonly repositories?: readonly string[]
  readonly runners?: readonly string[]
  readonly inherited?: boolean
  readonly default?: boolean
  readonly allows_public_repositories: boolean
  readonly restricted_to_workflows: boolean
  readonly selected_workflows: readonly string[]
}

export interface RepositoryState {
  readonly id: number
  readonly visibility: string
  readonly topics: readonly string[]
  readonly archived: boolean
  readonly fork: boolean
  readonly permissions: RepositoryPermissions
  readonly secrets: Readonly<Record<string, SecretState>>
}

export interface OrganizationState {
  readonly id: number
  readonly permissions: OrganizationPermissions
  readonly secrets: Readonly<Record<string, SecretState>>
  readonly runners: Readonly<Record<string, object>>
  readonly runner_groups: Readonly<Record<string, GroupState>>
  readonly repositories: Readonly<Record<string, RepositoryState>>
}

/** Nothing is ticked where nothing is shown. */
export function actionsOf(permissions: PermissionsState): SelectedActions {
  return permissions.selected_actions ?? { github_owned_allowed: false, verified_allowed: false, patterns_allowed: [] }
}
