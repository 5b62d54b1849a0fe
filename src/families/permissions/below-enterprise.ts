import type { Aligned, Known, Wanted } from '../../core/family.ts'
import { isInSorted } from '../../core/in-sorted.ts'
import type { Live } from '../../core/live.ts'
import type { ScopeOf } from '../../core/scope.ts'
import { settingsAbove } from '../common/settings-above.ts'
import { actionsUnder } from './actions-under.ts'
import { alignOwner } from './align.ts'
import { isOff, type Permissions } from './document.ts'
import { desiredPolicy, isLooser, type PolicyChange } from './policy.ts'
import { type PermissionsEdit, type PermissionsSend, policyOfBoth, putSwitches, type Switches } from './requests.ts'

/**
 * Compares an organization. GitHub shows what its enterprise leaves of its policy: where this run changes the enterprise's, the
 * organization is compared with what that will leave, and what it hides until then is unknown.
 */
export function alignOrganization(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  { org }: ScopeOf<'organization'>,
): Aligned<Permissions> {
  const change = enterpriseChange(known, org)
  if (!live || !change) return alignOwner(wanted, live)
  const { enabled_repositories: mode, repositories, ...seen } = live.spec
  // Its own switch comes to light: to be off, it must be written before.
  const isHidden = comesOn(org, change.now, change.then) && wanted.spec.enabled_repositories === 'none'
  const spec: Permissions = {
    ...(mode === undefined || isHidden ? {} : { enabled_repositories: mode }),
    ...(repositories === undefined ? {} : { repositories }),
    ...actionsUnder(wanted, seen, change, mode !== 'none'),
  }
  return alignOwner(wanted, { ...live, spec })
}

/**
 * The request that closes an organization before its enterprise stops hiding its own settings, where its other requests can be
 * sent only afterwards. Whether GitHub takes it below such a policy is not documented: refused, the change goes on.
 */
export function closedFirst(edit: PermissionsEdit<'organization'>): PermissionsSend | undefined {
  const { before, after, known, scope, given } = edit
  const change = enterpriseChange(known, scope.org)
  if (!change || !before || !after || isOff(after)) return undefined
  const { sha_pinning_required: pinned } = policyOfBoth(before, after)
  const pinning: Switches = pinned === undefined ? {} : { sha_pinning_required: pinned }
  const send = (switches: Switches): PermissionsSend => {
    return { ...putSwitches(edit, { ...switches, ...pinning }), fields: [], phase: 'narrow', mayBeRefused: true }
  }
  if (comesOn(scope.org, change.now, change.then)) return send({ enabled_repositories: 'none' })
  const [limit, next] = [change.now.allowed_actions, change.then.allowed_actions]
  const opens = limit !== undefined && next !== undefined && isLooser(next, limit)
  const { enabled_repositories: mode } = before
  const { allowed_actions: allowed = 'all' } = after
  // A stricter wish is sent as it is.
  const waits = given.has('allowed_actions') && before.allowed_actions === limit && allowed !== 'all'
  if (!opens || !waits || !isLooser(allowed, limit)) return undefined
  return send({ ...(mode ? { enabled_repositories: mode } : {}), allowed_actions: limit })
}

/** The enterprise's policy now and after this run; undefined where it is not read, or not written by this run. */
function enterpriseChange(known: Known, org: string): PolicyChange | undefined {
  const { now, desired, isWritten } = settingsAbove<Permissions>(known, 'permissions')
  if (!now || !desired || !isWritten) return undefined
  const then = futureOf(now, desired, org)
  return { now, then }
}

/** An edited list is given only as far as it concerns the one organization. */
export function futureOf(now: Permissions, desired: Wanted<Permissions>, org: string): Permissions {
  const edit = desired.edits.organizations
  const isHeld = isInSorted(edit?.add, org) || isInSorted(now.organizations, org)
  const list = isHeld && !isInSorted(edit?.remove, org) ? [org] : []
  return { ...now, ...(edit ? { organizations: list } : {}), ...desiredPolicy(desired) }
}

/** Whether the enterprise comes to leave it to the organization to have Actions. */
export function comesOn(org: string, now: Permissions, then: Permissions): boolean {
  return letsHave(now, org) === false && letsHave(then, org) !== false
}

/** Undefined where the enterprise's list was not read. */
function letsHave({ enabled_organizations: mode, organizations }: Permissions, org: string): boolean | undefined {
  if (mode === 'selected') return organizations && isInSorted(organizations, org)
  return mode === undefined ? undefined : mode !== 'none'
}
