import type { Aligned, Known, Live, Wanted } from '../core/family.ts'
import type { Scope } from '../core/scope.ts'
import type { AllowedActions, Permissions } from './permissions.ts'

const STRICTNESS: readonly AllowedActions[] = ['local_only', 'selected', 'all']

/** Whether one lets more actions run than the other. */
export function isLooser(allowed: AllowedActions, limit: AllowedActions): boolean {
  return STRICTNESS.indexOf(allowed) > STRICTNESS.indexOf(limit)
}

/**
 * GitHub shows of a repository what holds there, which may be its organization's policy and not its own setting. Where
 * this run changes that policy, the repository is compared with what will hold then: what the new policy dictates is
 * there already, and what the old one hid is not known, so that it is written even where it seems to be right.
 */
export function alignPermissions(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  scope: Scope,
): Aligned<Permissions> {
  const change = live && scope.type === 'repository' ? policyChange(known) : undefined
  if (!live || !change || scope.type !== 'repository') return { wanted, live: live?.spec, findings: [] }
  return { wanted, live: underPolicy(wanted, live.spec, change, scope.repo), findings: [] }
}

/** Whether a list of actions above, which nothing can override, ends with this run. */
export function endsListAbove(known: Known): boolean {
  const change = policyChange(known)
  return change !== undefined && change.now.allowed_actions === 'selected' && change.then.allowed_actions !== 'selected'
}

interface PolicyChange {
  readonly now: Permissions
  readonly then: Permissions
}

function policyChange(known: Known): PolicyChange | undefined {
  const now = known.live('permissions', 'above')?.[0]?.spec as Permissions | undefined
  const desired = known.desired('permissions', 'above')?.[0] as Wanted<Permissions> | undefined
  if (!now || !desired) return undefined
  const edit = desired.edits.repositories
  const list = [...(now.repositories ?? []), ...(edit?.add ?? [])].filter((name) => !edit?.remove.includes(name))
  const then = { ...now, ...(edit ? { repositories: list } : {}), ...desired.spec }
  return { now, then }
}

function underPolicy(wanted: Wanted<Permissions>, seen: Permissions, change: PolicyChange, repo: string): Permissions {
  const enabled = enabledUnder(wanted, seen, change, repo)
  const allowed = enabled === false ? undefined : allowedUnder(wanted, seen, change)
  const pinning = pinningUnder(wanted, seen, change)
  const ownList = change.now.allowed_actions !== 'selected' || change.then.allowed_actions === 'selected'
  return {
    ...(enabled === undefined ? {} : { enabled }),
    ...(allowed === undefined ? {} : { allowed_actions: allowed }),
    ...(pinning === undefined ? {} : { sha_pinning_required: pinning }),
    ...(seen.selected_actions && allowed === 'selected' && ownList ? { selected_actions: seen.selected_actions } : {}),
  }
}

function enabledUnder(
  { spec, edits }: Wanted<Permissions>,
  seen: Permissions,
  { now, then }: PolicyChange,
  repo: string,
): boolean | undefined {
  const after = enables(then, repo)
  if (after === false) return false
  if (after === undefined || enables(now, repo) !== false) return seen.enabled
  // From `none` or a list without it to `all`: its own switch shows, and nobody knows how that stands.
  if (then.enabled_repositories === 'all') return spec.enabled === false ? undefined : seen.enabled
  // GitHub enables a repository that joins the list, so that only what needs it enabled has to come after that.
  const actions = spec.allowed_actions !== undefined || spec.selected_actions !== undefined
  const further = actions || Object.keys(edits).length > 0 || spec.sha_pinning_required === false
  return spec.enabled === true || (spec.enabled === undefined && further) ? true : seen.enabled
}

function allowedUnder(
  { spec }: Wanted<Permissions>,
  seen: Permissions,
  { now, then }: PolicyChange,
): AllowedActions | undefined {
  const [own, before, limit] = [seen.allowed_actions, now.allowed_actions, then.allowed_actions]
  if (own === undefined || limit === undefined) return own
  if (isLooser(own, limit)) return limit
  const hidden = own === before && isLooser(limit, before)
  return hidden && spec.allowed_actions === own ? undefined : own
}

function pinningUnder(
  { spec }: Wanted<Permissions>,
  seen: Permissions,
  { now, then }: PolicyChange,
): boolean | undefined {
  if (seen.sha_pinning_required === undefined) return undefined
  if (then.sha_pinning_required === true) return true
  const hidden = now.sha_pinning_required === true
  return hidden && spec.sha_pinning_required === true ? undefined : seen.sha_pinning_required
}

/** Whether a policy lets a repository run workflows; undefined where its list was not read. */
function enables(policy: Permissions, repo: string): boolean | undefined {
  if (policy.enabled_repositories === 'selected') return policy.repositories?.includes(repo)
  return policy.enabled_repositories === undefined ? undefined : policy.enabled_repositories !== 'none'
}
