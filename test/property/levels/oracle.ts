import { type Policy, runs } from '../power.ts'
import { actionsOf, type OrganizationPermissions, type RepositoryPermissions, type SelectedActions } from '../state.ts'

/** The parts of `GET /_sandbox/state` that say which actions may run. */
export interface LevelsState {
  readonly enterprises: {
    readonly inc: {
      readonly permissions: EnterprisePermissions
      readonly organizations: Readonly<Record<string, object>>
    }
  }
  readonly organizations: Readonly<Record<string, OrganizationState>>
}

interface OrganizationState {
  readonly permissions: OrganizationPermissions
  readonly repositories: Readonly<Record<string, { readonly permissions: RepositoryPermissions }>>
}

export interface EnterprisePermissions extends Omit<OrganizationPermissions, 'enabled_repositories' | 'repositories'> {
  readonly enabled_organizations: 'all' | 'none' | 'selected'
  readonly organizations?: readonly string[]
}

/** The policy in force at a level: the stricter of its own and those above, and the list of the highest that has one. */
export interface InForce extends Policy {
  readonly isOn: boolean
}

const STRICTNESS = ['local_only', 'selected', 'all']

/**
 * All that workflows may run anywhere below the enterprise, as sentences; of repositories and organizations of tomorrow, too,
 * where Actions is on for all. Written from GitHub's documentation of the three levels and for the test alone.
 */
export function runsBelow(state: LevelsState): ReadonlySet<string> {
  const top = state.enterprises.inc.permissions
  const found: string[] = []
  if (top.enabled_organizations === 'all') found.push(...runs('(an organization made tomorrow)', ownOf(top)))
  for (const [org, { permissions, repositories }] of Object.entries(state.organizations)) {
    const above = organizationInForce(state, org)
    if (!above.isOn) continue
    if (permissions.enabled_repositories === 'all') found.push(...runs(`${org}/(one made tomorrow)`, above))
    for (const repo of Object.keys(repositories)) {
      const inForce = repositoryInForce(state, org, repo)
      if (inForce.isOn) found.push(...runs(`${org}/${repo}`, inForce))
    }
  }
  return new Set(found)
}

export function organizationInForce(state: LevelsState, org: string): InForce {
  const top = state.enterprises.inc.permissions
  const own = state.organizations[org]?.permissions as OrganizationPermissions
  const isOn = includes(top.enabled_organizations, top.organizations, org) && own.enabled_repositories !== 'none'
  return { isOn, ...bounded(ownOf(own), ownOf(top)) }
}

export function repositoryInForce(state: LevelsState, org: string, repo: string): InForce {
  const { permissions: over, repositories } = state.organizations[org] as OrganizationState
  const own = repositories[repo]?.permissions as RepositoryPermissions
  const above = organizationInForce(state, org)
  const isOn = above.isOn && own.enabled && includes(over.enabled_repositories, over.repositories, repo)
  return { isOn, ...bounded(ownOf(own), above) }
}

function includes(mode: 'all' | 'none' | 'selected', list: readonly string[] = [], name: string): boolean {
  return mode === 'all' || (mode === 'selected' && list.includes(name))
}

function bounded(own: Policy, above: Policy): Policy {
  const isLooser = STRICTNESS.indexOf(own.allowed) > STRICTNESS.indexOf(above.allowed)
  return {
    allowed: isLooser ? above.allowed : own.allowed,
    list: above.allowed === 'selected' ? above.list : own.list,
    pinned: own.pinned || above.pinned,
  }
}

function ownOf(permissions: {
  readonly allowed_actions: Policy['allowed']
  readonly selected_actions?: SelectedActions
  readonly sha_pinning_required?: boolean
}): Policy {
  return {
    allowed: permissions.allowed_actions,
    list: actionsOf({ ...permissions, sha_pinning_required: permissions.sha_pinning_required === true }),
    pinned: permissions.sha_pinning_required === true,
  }
}
