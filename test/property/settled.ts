import { effective } from './oracle-permissions.ts'
import { actionsOf, type OrganizationState, type WorldState } from './state.ts'

/**
 * A world on the way, without the two exceptions that GitHub's API forces. A list of actions can only be written while
 * it is in force, and an organization's list of repositories likewise: GitHub's kept list of an earlier time holds for
 * the moment between the switch and the list. Tolerated is that alone: of a list of actions, where Actions was on and
 * ran other ones; of a list of repositories, from none, and with no more than local actions.
 */
export function settled(before: WorldState, step: WorldState, after: WorldState): WorldState {
  const copy = structuredClone(step) as { organizations: { acme: Writable } }
  const { acme } = copy.organizations
  const [was, will] = [before.organizations.acme, after.organizations.acme]
  const policy = acme.permissions
  const wasOn = was.permissions.enabled_repositories !== 'none'
  if (wasOn && isKept(was.permissions, policy)) policy.selected_actions = actionsOf(will.permissions)
  const comes = !wasOn && policy.enabled_repositories === 'selected' && policy.allowed_actions === 'local_only'
  if (
    comes &&
    will.permissions.enabled_repositories === 'selected' &&
    same(policy.repositories, was.permissions.repositories)
  ) {
    policy.repositories = will.permissions.repositories ?? []
  }
  for (const [name, { permissions }] of Object.entries(acme.repositories)) {
    const own = was.repositories[name]?.permissions
    const next = will.repositories[name]?.permissions
    const ran = effective(was, name)
    const isInForce =
      ran.enabled && ran.allowed_actions === 'selected' && was.permissions.allowed_actions !== 'selected'
    const off = { ...own, allowed_actions: isInForce ? 'selected' : 'local_only' } as Policy
    if (own && next && isKept(off, permissions)) permissions.selected_actions = actionsOf(next)
  }
  return copy as WorldState
}

type Policy = OrganizationState['permissions'] | OrganizationState['repositories'][string]['permissions']

/** Whether GitHub's kept list came into force, and the new list is not there yet. */
function isKept(was: Policy, now: Policy): boolean {
  return (
    was.allowed_actions !== 'selected' && now.allowed_actions === 'selected' && same(actionsOf(was), actionsOf(now))
  )
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? []) === JSON.stringify(right ?? [])
}

type Writable = {
  permissions: { -readonly [K in keyof OrganizationState['permissions']]: OrganizationState['permissions'][K] }
  repositories: Record<
    string,
    {
      permissions: {
        -readonly [K in keyof OrganizationState['repositories'][string]['permissions']]: OrganizationState['repositories'][string]['permissions'][K]
      }
    }
  >
}
