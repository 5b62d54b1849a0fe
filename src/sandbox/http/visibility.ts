import type { Repository } from '../world/store.ts'
import { grants, type Permissions, type Token } from '../world/token.ts'

/** Scopes that hold others (https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps). */
const HELD_BY: Readonly<Record<string, readonly string[]>> = {
  public_repo: ['repo'],
  'write:org': ['admin:org'],
  'read:org': ['admin:org', 'write:org'],
  'manage_runners:enterprise': ['admin:enterprise'],
  'read:enterprise': ['admin:enterprise'],
}

/** Whether a classic token has the scope, by itself or within a wider one. */
export function hasScope(scopes: readonly string[], scope: string): boolean {
  return [scope, ...(HELD_BY[scope] ?? [])].some((each) => scopes.includes(each))
}

/** Whether the token may know that the repository exists. */
export function sees(token: Token, repository: Repository): boolean {
  const isPublic = repository.visibility === 'public'
  switch (token.kind) {
    case 'owner':
    case 'reader':
      return true
    case 'classic':
      return isPublic || hasScope(token.scopes, 'repo')
    case 'fine-grained':
      return isPublic || grants(token.permissions, 'metadata', 'read')
    case 'workflow':
      return isPublic || reaches(token, repository)
    case 'installation':
      return reaches(token, repository)
    case 'app':
    case 'anonymous':
      return isPublic
  }
}

/** The permissions that the token has on a repository, or on an organization where none is given. */
export function permissionsOn(token: Token, repository: Repository | undefined): Permissions {
  if (token.kind === 'fine-grained') return token.permissions
  if (token.kind !== 'workflow' && token.kind !== 'installation') return {}
  return repository === undefined || reaches(token, repository) ? token.permissions : {}
}

/** Whether the token is for this repository too. */
function reaches(token: Token, repository: Repository): boolean {
  if (token.kind === 'workflow') return token.repository === undefined || token.repository === repository.id
  if (token.kind !== 'installation') return false
  const { installation, repositories } = token
  return installation.owner === repository.owner && (repositories === 'all' || repositories.has(repository.id))
}
