import type { ListEdit } from '../../core/desired.ts'
import type { Known, Wanted } from '../../core/family.ts'
import { isInSorted } from '../../core/in-sorted.ts'
import { pick } from '../common/carried.ts'
import { type SettingsAbove, settingsAbove } from '../common/settings-above.ts'
import { ALLOWED_ACTIONS, type AllowedActions, type Permissions } from './document.ts'
import { CHOICES } from './requests.ts'

/** Whether one lets more actions run than the other. */
export function isLooser(allowed: AllowedActions, limit: AllowedActions): boolean {
  return ALLOWED_ACTIONS.indexOf(allowed) > ALLOWED_ACTIONS.indexOf(limit)
}

/**
 * Whether the organization goes from none to all, and the YAML does not say whether the repository is to be on: its own
 * switch shows only then. The organization begins with local actions alone, so that the repository's prohibitions are
 * written next.
 */
export function showsLater({ now, then }: PolicyChange, isGiven: boolean): boolean {
  return !isGiven && now.enabled_repositories === 'none' && then.enabled_repositories === 'all'
}

/**
 * The fields of the level above that may forbid a wish: its policy of actions, and where Actions is to be on, its switch and
 * its list. Those that it may stop to forbid are read as well: until then GitHub shows its value in place of the level's own.
 */
export function boundBy(wanted: Wanted<Permissions>, above?: Wanted<Permissions>): readonly string[] {
  const { spec, edits } = wanted
  const { enabled_repositories: mode } = desiredPolicy(wanted)
  const then = above ? desiredPolicy(above) : {}
  const changesList = then.enabled_organizations !== undefined || above?.edits.organizations !== undefined
  const asksOn = spec.enabled === true || (mode !== undefined && mode !== 'none')
  const editsActions = Object.keys(edits).some((field) => field.startsWith('selected_actions.'))
  const actions = spec.allowed_actions !== undefined || spec.selected_actions !== undefined || editsActions
  const forbids = spec.enabled === false || mode === 'none' || spec.sha_pinning_required === true
  const mayOpen = then.allowed_actions !== undefined || then.sha_pinning_required === false
  const isBound = asksOn || actions || spec.sha_pinning_required === false
  const { main, list } = mode === undefined ? CHOICES.organization : CHOICES.enterprise
  return [
    ...(isBound || (forbids && mayOpen)
      ? ['selected_actions.github_owned_allowed', 'allowed_actions', 'sha_pinning_required']
      : []),
    ...(asksOn || (mode === 'none' && changesList) ? [main, list.field] : []),
  ]
}

/** Whether the list of actions of the level above is in force, so that none of the level's own is. */
export function isDictated(field: string, known: Known): boolean {
  const above = known.live('permissions', 'above')?.[0]?.spec as Permissions | undefined
  return field === 'allowed_actions' && above?.allowed_actions === 'selected'
}

/** The organization's policy with all that the YAML wants, as far as it is known. */
export function policyAbove({ now, desired }: SettingsAbove<Permissions>): Permissions {
  if (desired === undefined) return now ?? NOTHING_KNOWN
  return { ...now, ...desiredPolicy(desired) }
}

const NOTHING_KNOWN: Permissions = {}

/** The same after this run: what it does not write stays as GitHub has it. */
export function policyNext(above: SettingsAbove<Permissions>): Permissions {
  const { now, isInForce } = above
  return isInForce || now === undefined ? policyAbove(above) : now
}

/**
 * The same without what the organization has only where it follows its enterprise, which this run opens: GitHub shows its own
 * once that is in force.
 */
export function policySure(above: SettingsAbove<Permissions>): Permissions {
  const { now, following } = above
  const next = policyNext(above)
  const { allowed_actions: was, sha_pinning_required: pinned } = now ?? {}
  const isOpened = was !== undefined && next.allowed_actions !== undefined && isLooser(next.allowed_actions, was)
  return {
    ...next,
    ...(isOpened && following.includes('allowed_actions') ? { allowed_actions: was } : {}),
    ...(pinned === true && following.includes('sha_pinning_required') ? { sha_pinning_required: true } : {}),
  }
}

/** A desired policy, with the modes that its lists imply. */
export function desiredPolicy({ spec, edits }: Wanted<Permissions>): Partial<Permissions> {
  const implies = (list: 'repositories' | 'organizations'): boolean =>
    spec[list] !== undefined || (edits[list]?.add.length ?? 0) > 0
  const actions = spec.selected_actions !== undefined || edits['selected_actions.patterns_allowed'] !== undefined
  return {
    ...(implies('organizations') ? { enabled_organizations: 'selected' } : {}),
    ...(implies('repositories') ? { enabled_repositories: 'selected' } : {}),
    ...(actions ? { allowed_actions: 'selected' } : {}),
    ...spec,
  }
}

export interface PolicyChange {
  readonly now: Permissions
  readonly then: Permissions
  /** Patterns that `then` adds to those of `now`, or takes away from them, beside the lists that stand in it. */
  readonly patterns?: ListEdit | undefined
}

/** Whether a list of actions that stays in force admits more. */
export function admitsMore({ now, then, patterns }: PolicyChange): boolean {
  if (now.allowed_actions !== 'selected' || then.allowed_actions !== 'selected') return false
  const [had = {}, has = {}] = [now.selected_actions, then.selected_actions]
  const isTicked = (field: 'github_owned_allowed' | 'verified_allowed'): boolean =>
    has[field] === true && had[field] !== true
  const [before, after] = [new Set(had.patterns_allowed), new Set(has.patterns_allowed)]
  const comes = [...after, ...(patterns?.add ?? [])].some((each) => !each.startsWith('!') && !before.has(each))
  const goes = [...before].some((each) => each.startsWith('!') && (!after.has(each) || patterns?.remove.includes(each)))
  return isTicked('github_owned_allowed') || isTicked('verified_allowed') || comes || goes
}

/**
 * The organization's policy now and after this run; undefined where either is not known. An edited list is given only
 * as far as it concerns one repository: all of it, for each of ten thousand, would take longer than all other work.
 */
export function policyChange(known: Known, repo: string): PolicyChange | undefined {
  const { now, desired, isWritten } = settingsAbove<Permissions>(known, 'permissions')
  if (!now || !desired) return undefined
  const edit = desired.edits.repositories
  const isHeld = isInSorted(edit?.add, repo) || isInSorted(now.repositories, repo)
  const list = isHeld && !isInSorted(edit?.remove, repo) ? [repo] : []
  const whole = { ...now, ...(edit ? { repositories: list } : {}), ...desiredPolicy(desired) }
  // A repository waits for the list in any run; its actions are bounded by what GitHub has, unless this run changes that.
  const then = isWritten ? whole : { ...now, ...pick(whole, ['enabled_repositories', 'repositories']) }
  return { now, then, patterns: isWritten ? desired.edits['selected_actions.patterns_allowed'] : undefined }
}

/**
 * Whether GitHub enables a repository whose own switch is off, since the organization goes from all to a list that names it: its
 * own setting of actions comes into force with that.
 */
export function enabledByList({ now, then }: PolicyChange, { enabled }: Permissions, repo: string): boolean {
  const turns = now.enabled_repositories === 'all' && then.enabled_repositories === 'selected'
  return turns && enabled === false && enables(then, repo) === true
}

/** Whether a policy lets a repository run workflows; undefined where its list was not read. */
export function enables(policy: Permissions, repo: string): boolean | undefined {
  if (policy.enabled_repositories === 'selected') return policy.repositories && isInSorted(policy.repositories, repo)
  return policy.enabled_repositories === undefined ? undefined : policy.enabled_repositories !== 'none'
}
