/** The levels at which GitHub keeps Actions settings, from wide to narrow. */
export type ScopeType = 'enterprise' | 'organization' | 'repository' | 'environment'

export interface OrganizationScope {
  readonly type: 'organization'
  readonly org: string
}

export interface RepositoryScope {
  readonly type: 'repository'
  readonly owner: string
  readonly repo: string
}

/**
 * One place that holds settings. Names are folded to lower case, as GitHub compares them. Beside `type` the keys are the
 * path parameters of GitHub's documentation, so that a scope spreads straight into a request's parameters.
 */
export type Scope =
  | { readonly type: 'enterprise'; readonly enterprise: string }
  | OrganizationScope
  | RepositoryScope
  | { readonly type: 'environment'; readonly owner: string; readonly repo: string; readonly environment_name: string }

/** The path parameters of a scope, by GitHub's names. */
export function scopeParams(scope: Scope): Readonly<Record<string, string>> {
  const { type: _, ...params } = scope
  return params
}

/** The organization or personal account that owns a scope: what credentials are asked for. An enterprise owns itself. */
export function ownerOf(scope: Scope): string {
  if (scope.type === 'enterprise') return scope.enterprise
  return scope.type === 'organization' ? scope.org : scope.owner
}

/** The scope one level up that may hold a policy for this one; undefined at the top. */
export function scopeAbove(scope: Scope): Scope | undefined {
  if (scope.type === 'repository') return { type: 'organization', org: scope.owner }
  if (scope.type === 'environment') return { type: 'repository', owner: scope.owner, repo: scope.repo }
  return undefined
}
