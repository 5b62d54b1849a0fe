import type { Permissions } from './document.ts'
import { admitsMore, enabledByList, enables, isLooser, type PolicyChange, policyChange, showsLater } from './policy.ts'
import {
  type PermissionsEdit as AnyEdit,
  type PermissionsSend,
  policyOfBoth,
  putActions,
  putSwitches,
  type Switches,
  stricter,
  writesActions,
} from './requests.ts'

type PermissionsEdit = AnyEdit<'repository'>

/**
 * The requests that change a repository's policy. GitHub takes its list of actions only while `allowed_actions` says
 * `selected`, which brings the kept list into force: pinning is loosened only after it. Where the organization is about
 * to admit more, and the repository's own setting is unseen, that is narrowed first.
 */
export function writeRepository(edit: PermissionsEdit): readonly PermissionsSend[] {
  const { before, after, changed } = edit
  if (!before || !after || changed.size === 0) return []
  const change = policyChange(edit.known, edit.scope.repo)
  if (change && showsLater(change, edit.given.has('enabled'))) {
    return switchesChange(edit) ? [{ ...putSwitches(edit), phase: 'widen', closesFirst: true }] : []
  }
  if (after.enabled === false) return closing(switchedOff(edit, before), edit, change)
  const first = change ? narrowFirst(edit, change) : undefined
  const sends = own(edit, before, after, change)
  return closing(
    [...(first ? [first] : []), ...(change ? withOrganization(sends, after, change) : sends)],
    edit,
    change,
  )
}

/**
 * The requests of a repository where Actions is off. Pinning is loosened only after the organization, which may require it
 * until then.
 */
function switchedOff(edit: PermissionsEdit, before: Permissions): readonly PermissionsSend[] {
  if (!switchesChange(edit)) return []
  const send = putSwitches(edit)
  const loosens = edit.changed.has('sha_pinning_required') && edit.after?.sha_pinning_required !== true
  if (!loosens) return [{ ...send, phase: 'narrow' }]
  const { sha_pinning_required: pinned } = before
  const first = putSwitches(edit, pinned === undefined ? {} : { sha_pinning_required: pinned })
  const closes = first.fields.some((field) => field !== 'sha_pinning_required')
  return [
    ...(closes ? [{ ...first, phase: 'narrow' as const }] : []),
    { ...send, fields: ['sha_pinning_required'], phase: 'widen' },
  ]
}

/** From none to all the organization begins with local actions, below which GitHub refuses to admit more. */
function withOrganization(
  sends: readonly PermissionsSend[],
  after: Permissions,
  { now, then }: PolicyChange,
): readonly PermissionsSend[] {
  const begins = now.enabled_repositories === 'none' && then.enabled_repositories === 'all'
  if (!begins || then.allowed_actions === 'local_only' || after.allowed_actions === 'local_only') return sends
  return sends.map((send) => (send.phase === 'narrow' ? send : { ...send, opens: true }))
}

/**
 * Narrowing requests of the repository must be sent before its organization brings the repository's own setting into
 * force.
 */
function closing(
  sends: readonly PermissionsSend[],
  { before, scope }: PermissionsEdit,
  change: PolicyChange | undefined,
): readonly PermissionsSend[] {
  const isEnabled = change && before && enabledByList(change, before, scope.repo)
  if (!change || !(isEnabled || opensBefore(change, scope.repo))) return sends
  return sends.map((send) => (send.phase === 'narrow' ? { ...send, closesFirst: true } : send))
}

/** Whether the organization stops hiding a setting of the repository itself, or comes to hold a list of actions in its place. */
function opensBefore(change: PolicyChange, repo: string): boolean {
  const { now, then } = change
  const [limit, next] = [now.allowed_actions, then.allowed_actions]
  const admits = limit !== undefined && next !== undefined && isLooser(next, limit)
  const comes = limit === 'all' && next === 'selected'
  const unpins = now.sha_pinning_required === true && then.sha_pinning_required !== true
  return (
    admits || comes || unpins || admitsMore(change) || (enables(now, repo) === false && enables(then, repo) !== false)
  )
}

function own(
  edit: PermissionsEdit,
  before: Permissions,
  after: Permissions,
  change: PolicyChange | undefined,
): readonly PermissionsSend[] {
  const phase = phaseOf(edit, before, after, change)
  if (!writesActions(edit)) return switchesChange(edit) ? [{ ...putSwitches(edit), phase }] : []
  const { sha_pinning_required: pinned } = policyOfBoth(before, after)
  const loosens = pinned !== after.sha_pinning_required
  const begins: Switches = pinned === undefined ? {} : { sha_pinning_required: pinned }
  const isListed = before.enabled === true && before.allowed_actions === 'selected'
  // A list above that nothing can override must have ended before: the organization's requests go first in this phase.
  const ends = change?.now.allowed_actions === 'selected' && change.then.allowed_actions !== 'selected'
  const actions =
    isListed && !ends ? putActions(edit) : { ...putActions(edit), phase: ends ? ('widen' as const) : phase }
  const turns = switchesChange(edit) && (!isListed || pinned !== before.sha_pinning_required || !loosens)
  const fields = (send: PermissionsSend): PermissionsSend => {
    return loosens ? { ...send, fields: send.fields.filter((field) => field !== 'sha_pinning_required') } : send
  }
  const loosening = putSwitches(edit)
  return [
    ...(turns ? [{ ...fields(putSwitches(edit, begins)), phase }] : []),
    actions,
    ...(loosens
      ? [{ ...loosening, fields: turns ? ['sha_pinning_required'] : loosening.fields, phase: 'widen' as const }]
      : []),
  ]
}

function switchesChange({ changed }: PermissionsEdit): boolean {
  return changed.has('enabled') || changed.has('allowed_actions') || changed.has('sha_pinning_required')
}

/** An unknown setting of the repository may be any; requests that narrow it go before the organization opens. */
function phaseOf(
  { changed, given }: PermissionsEdit,
  before: Permissions,
  after: Permissions,
  change: PolicyChange | undefined,
): 'narrow' | 'widen' {
  if (changed.has('enabled')) return 'widen'
  const [was, is] = [before.allowed_actions, after.allowed_actions]
  if (changed.has('sha_pinning_required') && after.sha_pinning_required !== true) return 'widen'
  if (!changed.has('allowed_actions')) return 'narrow'
  if (was !== undefined) return is !== undefined && isLooser(is, was) ? 'widen' : 'narrow'
  const limit = change?.now.allowed_actions
  const isTaken =
    is !== undefined && limit !== undefined && !isLooser(is, limit) && !(is !== limit && limit === 'selected')
  return isTaken && given.has('allowed_actions') ? 'narrow' : 'widen'
}

/**
 * The request that closes a repository before its organization admits more. Whether GitHub takes it while Actions is off
 * there, or below a list of the organization, is not documented: refused, the change goes on as if it had not been sent.
 */
function narrowFirst(edit: PermissionsEdit, change: PolicyChange): PermissionsSend | undefined {
  const { now, then } = change
  const { scope, after, given } = edit
  if (!after || !switchesChange(edit)) return undefined
  const desired = given.has('allowed_actions') ? after.allowed_actions : undefined
  const pinned = given.has('sha_pinning_required') && after.sha_pinning_required === true
  if ((desired === undefined || desired === 'all') && !pinned) return undefined
  const pinning: Switches = pinned ? { sha_pinning_required: true } : {}
  const isOff = enables(now, scope.repo) === false
  if (isOff && enables(then, scope.repo) !== false) {
    // A list that comes to name it switches it on, even where its own switch is off.
    if (!given.has('enabled') && then.enabled_repositories !== 'selected') return undefined
    const allowed = desired === undefined ? undefined : 'local_only'
    // Looser than the organization still is, GitHub would refuse it, and the repository's hidden setting would come first.
    const requires: Switches = now.sha_pinning_required === true ? { sha_pinning_required: true } : pinning
    const closed: Switches = {
      enabled: false,
      ...(allowed === undefined ? {} : { allowed_actions: allowed }),
      ...requires,
    }
    return { ...putSwitches(edit, closed), fields: [], phase: 'narrow', mayBeRefused: true }
  }
  if (isOff || edit.before === undefined) return undefined
  if (enabledByList(change, edit.before, scope.repo)) return beneathList(edit, now, pinning)
  if (edit.before.enabled === false) return undefined
  const seen = edit.before.allowed_actions
  const limit = now.allowed_actions
  const opens = limit !== undefined && then.allowed_actions !== undefined && isLooser(then.allowed_actions, limit)
  const hidesAllowed = desired !== undefined && opens && (seen === undefined || seen === limit)
  const hidesPinning = pinned && now.sha_pinning_required === true && then.sha_pinning_required !== true
  // A change that narrows in one and widens in another is sent once the organization has opened.
  const isMixed = desired !== undefined && seen !== undefined && isLooser(seen, desired)
  const narrows = isMixed && opensBefore(change, scope.repo)
  const isFirst = phaseOf(edit, edit.before, after, change) === 'narrow'
  if (isFirst || !(hidesAllowed || hidesPinning || narrows)) return undefined
  const allowed = stricter(hidesAllowed || narrows ? desired : seen, limit)
  const kept = policyOfBoth(edit.before, after).sha_pinning_required
  const shut: Switches = {
    ...(allowed === undefined ? {} : { allowed_actions: allowed }),
    ...(kept === undefined ? {} : { sha_pinning_required: kept }),
  }
  const first: PermissionsSend = { ...putSwitches(edit, shut), fields: [], phase: 'narrow' }
  return narrows ? first : { ...first, mayBeRefused: true }
}

/** The list enables the repository: it is held to what both admit before the organization admits more. */
function beneathList(edit: PermissionsEdit, now: Permissions, pinning: Switches): PermissionsSend | undefined {
  if (edit.after?.enabled !== true) return undefined
  const desired = edit.after.allowed_actions
  const allowed = desired === 'selected' ? 'local_only' : stricter(desired, now.allowed_actions)
  const beneath: Switches = {
    enabled: true,
    ...(allowed === undefined ? {} : { allowed_actions: allowed }),
    ...(now.sha_pinning_required === true ? { sha_pinning_required: true } : pinning),
  }
  return { ...putSwitches(edit, beneath), fields: [], phase: 'narrow', mayBeRefused: true }
}
