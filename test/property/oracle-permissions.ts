import type { Body } from '../worlds/world.ts'
import { type Entry, listAfter } from './lists.ts'
import {
  actionsOf,
  type OrganizationPermissions,
  type OrganizationState,
  type RepositoryPermissions,
  type SelectedActions,
} from './state.ts'

const STRICTNESS = ['local_only', 'selected', 'all']

/** The organization's policy as it will be; with no wishes, as it is. */
export function expectedPermissions(
  wished: Body,
  before: OrganizationPermissions,
  repositories: (entries: readonly Entry[]) => string[],
): object {
  const kept = [...(before.repositories ?? [])].sort()
  const given = heldBack(wished, (wished.enabled_repositories ?? before.enabled_repositories) !== 'none')
  // It is switched on for a list of none until its list of actions is there; a list that is not in force is never relied on.
  const isEmptied =
    before.enabled_repositories === 'none' &&
    given.enabled_repositories === 'all' &&
    given.selected_actions !== undefined
  const own = isEmptied ? [] : kept
  return {
    enabled_repositories: given.enabled_repositories ?? before.enabled_repositories,
    repositories: listAfter(given, 'repositories', own, repositories) ?? own,
    allowed_actions: given.allowed_actions ?? before.allowed_actions,
    sha_pinning_required: given.sha_pinning_required ?? before.sha_pinning_required,
    selected_actions: actionsAfter((given.selected_actions ?? {}) as Body, actionsOf(before)),
  }
}

function actionsAfter(given: Body, before: SelectedActions): Body {
  const own = [...before.patterns_allowed].sort()
  return {
    github_owned_allowed: given.github_owned_allowed ?? before.github_owned_allowed,
    verified_allowed: given.verified_allowed ?? before.verified_allowed,
    patterns_allowed: listAfter(given, 'patterns_allowed', own, (entries) => entries as string[]) ?? own,
  }
}

/** The effective settings of a repository: its own within those of its organization, by GitHub's documentation. */
export function effective(organization: OrganizationState, name: string): RepositoryPermissions {
  const above = organization.permissions
  const own = organization.repositories[name]?.permissions as RepositoryPermissions
  const lets =
    above.enabled_repositories === 'all' ||
    (above.enabled_repositories === 'selected' && (above.repositories ?? []).includes(name))
  const looser = STRICTNESS.indexOf(own.allowed_actions) > STRICTNESS.indexOf(above.allowed_actions)
  return {
    enabled: own.enabled && lets,
    allowed_actions: looser ? above.allowed_actions : own.allowed_actions,
    selected_actions: actionsOf(above.allowed_actions === 'selected' ? above : own),
    sha_pinning_required: own.sha_pinning_required || above.sha_pinning_required,
  }
}

interface Sides {
  readonly was: RepositoryPermissions
  readonly is: RepositoryPermissions
  readonly wasEffective: RepositoryPermissions
  readonly isEffective: RepositoryPermissions
}

/**
 * Managed settings are in force. Others are as before; but a repository that joins its organization's list is switched
 * on, and a request that GitHub takes as a whole carries the effective values, which may have come from above.
 */
export function permissionProblems(
  where: string,
  wanted: Body | 'unmanaged' | undefined,
  sides: Sides,
  joined: boolean,
): string[] {
  const given = heldBack(wanted, sides.isEffective.enabled)
  const problems: string[] = []
  const verify = (field: string, is: unknown, may: readonly unknown[]): void => {
    const texts = may.map((each) => JSON.stringify(each))
    if (!texts.includes(JSON.stringify(is))) {
      problems.push(`${where} ${field}: expected ${texts.join(' or ')}, is ${JSON.stringify(is)}`)
    }
  }
  const carries = Object.keys(given).length > 0
  for (const field of ['enabled', 'allowed_actions', 'sha_pinning_required'] as const) {
    const carried = carries ? [sides.wasEffective[field], sides.isEffective[field]] : []
    if (given[field] !== undefined) verify(field, sides.isEffective[field], [given[field]])
    else
      verify(field, sides.is[field], [sides.was[field], ...carried, ...(field === 'enabled' && joined ? [true] : [])])
  }
  const actions = (given.selected_actions ?? {}) as Body
  const [own, shown] = [actionsOf(sides.was), actionsOf(sides.wasEffective)]
  const bases = Object.keys(actions).length > 0 ? [own, shown] : [own]
  for (const field of ['github_owned_allowed', 'verified_allowed', 'patterns_allowed'] as const) {
    const may = bases.map((base) => actionsAfter(actions, base)[field])
    verify(`selected_actions.${field}`, actionsAfter({}, actionsOf(sides.is))[field], may)
  }
  return problems
}

/** GitHub keeps nothing about which actions may run where Actions is off: such wishes wait. */
function heldBack(wanted: Body | 'unmanaged' | undefined, isOn: boolean): Body {
  if (wanted === undefined || wanted === 'unmanaged') return {}
  const { allowed_actions: _, selected_actions: __, ...others } = wanted
  return isOn ? wanted : others
}
