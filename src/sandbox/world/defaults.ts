import { newGitObjects } from '../resources/git/objects.ts'
import { newSettings } from '../resources/repositories/settings.ts'
import type {
  Organization,
  OrganizationPermissions,
  Owner,
  Repository,
  RepositoryPermissions,
  RepositoryVisibility,
  RunnerGroup,
  SelectedActions,
} from './store.ts'

/** When everything came to be of which a seed does not say so: a fixed moment, so that a seed always gives one world. */
export const BEGINNING = '2024-01-01T00:00:00Z'

/** Nothing is ticked when `selected` is first chosen. */
function newSelectedActions(): SelectedActions {
  return { github_owned_allowed: false, verified_allowed: false, patterns_allowed: [] }
}

/** A new organization lets all repositories run all actions. */
function newOrganizationPermissions(): OrganizationPermissions {
  return {
    enabledRepositories: 'all',
    repositories: new Set(),
    allowedActions: 'all',
    selectedActions: newSelectedActions(),
    shaPinningRequired: false,
  }
}

/** A new repository has Actions as far as its organization lets it. */
function newRepositoryPermissions(): RepositoryPermissions {
  return { enabled: true, allowedActions: 'all', selectedActions: newSelectedActions(), shaPinningRequired: false }
}

/** An organization with nothing in it, not even the default runner group. */
export function newOrganization(id: number, login: string, plan: string): Organization {
  return {
    type: 'Organization',
    id,
    login,
    plan,
    permissions: newOrganizationPermissions(),
    secrets: new Map(),
    runners: new Map(),
    groups: new Map(),
    lastGroupId: 0,
    keys: undefined,
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
    permissions: newRepositoryPermissions(),
    secrets: new Map(),
    defaultBranch: 'main',
    branches: new Map(),
    git: newGitObjects(),
    runs: new Map(),
    issues: new Map(),
    checkRuns: new Map(),
    keys: undefined,
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
