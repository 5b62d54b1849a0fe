import { newGitObjects } from '../resources/git/objects.ts'
import { newSettings } from '../resources/repositories/settings.ts'
import type { Organization, Owner, Repository, RepositoryVisibility, RunnerGroup } from './store.ts'

/** The creation time of everything that a seed gives none: a fixed moment, so that a seed always gives one world. */
export const BEGINNING = '2024-01-01T00:00:00Z'

/** An organization with nothing in it, not even the default runner group. */
export function newOrganization(id: number, login: string, plan: string): Organization {
  return {
    type: 'Organization',
    id,
    login,
    plan,
    kept: new Map(),
    runners: new Map(),
    groups: new Map(),
    lastGroupId: 0,
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
    topics: [],
    settings: newSettings(),
    vulnerabilityAlerts: false,
    license: undefined,
    updatedAt: given.createdAt,
    kept: new Map(),
    defaultBranch: 'main',
    branches: new Map(),
    git: newGitObjects(),
    runs: new Map(),
    issues: new Map(),
    checkRuns: new Map(),
  }
}

/**
 * The group that GitHub makes with the organization. The documentation's examples show it open to public
 * repositories; GitHub's advice, and the default of a group that is created, is closed, and that is taken here.
 */
export function newDefaultGroup(id: number): RunnerGroup {
  return {
    id,
    name: 'Default',
    visibility: 'all',
    repositories: new Set(),
    allowsPublicRepositories: false,
    restrictedToWorkflows: false,
    selectedWorkflows: [],
    default: true,
    inherited: false,
  }
}
