import { actionsOf } from '../state.ts'
import { type EnterprisePermissions, type LevelsState, organizationInForce, repositoryInForce } from './oracle.ts'

/**
 * A world on the way, without the two exceptions that GitHub's API forces at each level. A list of actions can only be written
 * while it is in force, and a list of members likewise: GitHub's kept list of an earlier time holds for the moment between the
 * switch and the list. Tolerated is that alone: of a list of actions, where Actions was on and ran by another one; of a list of
 * members, from none, and with no more than local actions.
 */
export function withoutForced(before: LevelsState, step: LevelsState, wanted: LevelsState): LevelsState {
  const copy = structuredClone(step) as Writable
  const [was, will] = [before.enterprises.inc.permissions, wanted.enterprises.inc.permissions]
  const top = copy.enterprises.inc.permissions
  if (was.enabled_organizations !== 'none' && isKept(was, top, was.allowed_actions === 'selected')) {
    top.selected_actions = actionsOf(will)
  }
  const topComes = was.enabled_organizations === 'none' && top.enabled_organizations === 'selected'
  if (topComes && top.allowed_actions === 'local_only' && same(top.organizations, was.organizations)) {
    top.organizations = will.organizations ?? []
  }
  for (const [name, { permissions, repositories }] of Object.entries(copy.organizations)) {
    const [own, next] = [before.organizations[name], wanted.organizations[name]]
    if (own === undefined || next === undefined) continue
    const ran = organizationInForce(before, name)
    const isOwn = ran.allowed === 'selected' && was.allowed_actions !== 'selected'
    if (ran.isOn && isKept(own.permissions, permissions, isOwn))
      permissions.selected_actions = actionsOf(next.permissions)
    const isLocal = organizationInForce(step, name).allowed === 'local_only'
    const isListed = [permissions, next.permissions].every(({ enabled_repositories: mode }) => mode === 'selected')
    if (!ran.isOn && isLocal && isListed && same(permissions.repositories, own.permissions.repositories)) {
      permissions.repositories = next.permissions.repositories ?? []
    }
    for (const [repo, { permissions: policy }] of Object.entries(repositories)) {
      const [had, has] = [own.repositories[repo]?.permissions, next.repositories[repo]?.permissions]
      const used = repositoryInForce(before, name, repo)
      const isUsed = used.isOn && used.allowed === 'selected' && ran.allowed !== 'selected'
      if (had && has && isKept(had, policy, isUsed)) policy.selected_actions = actionsOf(has)
    }
  }
  return copy as unknown as LevelsState
}

type Actions = Pick<EnterprisePermissions, 'allowed_actions' | 'selected_actions' | 'sha_pinning_required'>

/** Whether GitHub's kept list came into force, and the new list is not there yet. */
function isKept(was: Actions, now: Actions, wasInForce: boolean): boolean {
  return !wasInForce && now.allowed_actions === 'selected' && same(actionsOf(was), actionsOf(now))
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? []) === JSON.stringify(right ?? [])
}

type Writable = {
  enterprises: { inc: { permissions: Changeable<EnterprisePermissions> } }
  organizations: Record<
    string,
    {
      permissions: Changeable<LevelsState['organizations'][string]['permissions']>
      repositories: Record<
        string,
        { permissions: Changeable<LevelsState['organizations'][string]['repositories'][string]['permissions']> }
      >
    }
  >
}

type Changeable<T> = { -readonly [K in keyof T]: T[K] }
