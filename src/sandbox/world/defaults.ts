import type { Organization, Owner } from './owners.ts'
import type { Repository, RepositoryVisibility } from './store.ts'

/** The creation time of everything that a seed gives none: a fixed moment, so that a seed always gives one world. */
export const BEGINNING = '2024-01-01T00:00:00Z'

/** An organization with nothing in it. */
export function newOrganization(id: number, login: string, plan: string): Organization {
  return {
    type: 'Organization',
    id,
    login,
    plan,
    enterprise: undefined,
    kept: new Map(),
  }
}

/** A repository with GitHub's defaults. */
export function newRepository(given: {
  id: number
  owner: Owner
  name: string
  visibility: RepositoryVisibility
  description: string | null
  createdAt: string
}): Repository {
  return {
    ...given,
    archived: false,
    fork: false,
    environments: new Map(),
    updatedAt: given.createdAt,
    kept: new Map(),
  }
}
