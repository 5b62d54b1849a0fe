import type { Wanted } from '../../core/family.ts'
import type { AllowedActions, Permissions } from './document.ts'
import { isLooser, type PolicyChange } from './policy.ts'

/**
 * The settings of actions that GitHub shows of a level, as they stand under the future policy above it: what that dictates is
 * there already, and what the present one hides is unknown, so that a wish is written even where it seems to be right.
 * @param isOn whether Actions is on at the level, without which GitHub shows no allowed actions
 */
export function actionsUnder(
  wanted: Wanted<Permissions>,
  seen: Permissions,
  change: PolicyChange,
  isOn: boolean,
): Pick<Permissions, 'allowed_actions' | 'sha_pinning_required' | 'selected_actions'> {
  const allowed = isOn ? allowedUnder(wanted, seen, change) : undefined
  const pinning = pinningUnder(wanted, seen, change)
  const ownList = change.now.allowed_actions !== 'selected' || change.then.allowed_actions === 'selected'
  return {
    ...(allowed === undefined ? {} : { allowed_actions: allowed }),
    ...(pinning === undefined ? {} : { sha_pinning_required: pinning }),
    ...(seen.selected_actions && allowed === 'selected' && ownList ? { selected_actions: seen.selected_actions } : {}),
  }
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
