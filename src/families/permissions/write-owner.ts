import { scopeParams } from '../../core/scope.ts'
import type { Params } from '../../core/send.ts'
import { replaceSend } from '../common/list-sends.ts'
import { directedSends, leavingSend, listSends } from '../common/selected-list.ts'
import { settingsAbove } from '../common/settings-above.ts'
import { isOff, type Permissions } from './document.ts'
import {
  type PermissionsEdit as AnyEdit,
  CHOICES,
  type PermissionsSend,
  policyOfBoth,
  putActions,
  putSwitches,
  type Switches,
  writesActions,
} from './requests.ts'

type PermissionsEdit = AnyEdit<'enterprise' | 'organization'>

/** A request on the way from one policy to the other: the switches as they are after it, or a list. */
type Move =
  | {
      readonly to: 'switches'
      readonly switches: Switches
      readonly phase: 'narrow' | 'replace' | 'widen'
      /** Waits until repositories have sent their prohibitions. */
      readonly opens?: true
    }
  | { readonly to: 'lists'; readonly sends: readonly PermissionsSend[] }

/**
 * The requests that change the policy of an organization (an enterprise). GitHub takes the switches, the list of actions and
 * the list of repositories (organizations) apart, and each list only while its switch says `selected`, which brings the kept
 * list into force. So everything narrows first, then repositories come and go, then everything widens; a policy that is
 * switched on begins with local actions alone and, where it gets a list of actions, with no repository.
 */
export function writeOwner(edit: PermissionsEdit): readonly PermissionsSend[] {
  const { before, after, changed } = edit
  if (!before || !after || changed.size === 0) return []
  const wasOff = isOff(before) === true
  if (isOff(after)) return closing([{ ...putSwitches(edit), phase: 'narrow' }], edit)
  return closing(sendsOf(edit, before, wasOff ? switchOn(edit, before, after) : change(edit, before, after)), edit)
}

/** The phases of requests that close; a list of actions that comes into force closes, too. */
const CLOSING: ReadonlySet<PermissionsSend['phase']> = new Set(['narrow', 'replace'] as const)

/** An organization is closed before the same run opens the policy of its enterprise, which waits where that failed. */
export function closing(sends: readonly PermissionsSend[], { known }: PermissionsEdit): readonly PermissionsSend[] {
  if (!isBesideAbove(known)) return sends
  return sends.map((send) => (CLOSING.has(send.phase) ? { ...send, closesFirst: true } : send))
}

/** Whether the same run may change the policy of its enterprise. */
function isBesideAbove(known: PermissionsEdit['known']): boolean {
  const { desired, isWritten } = settingsAbove(known, 'permissions')
  return desired !== undefined && isWritten
}

/** From none: no repository may run anything yet. */
function switchOn(edit: PermissionsEdit, before: Permissions, after: Permissions): readonly Move[] {
  const { sha_pinning_required: pinned } = policyOfBoth(before, after)
  const { main, list } = CHOICES[edit.scope.type]
  const closed = { [main]: 'selected', allowed_actions: 'local_only', ...pinning(pinned) } as const
  const params = (): Params => scopeParams(edit.scope)
  const members = listSends(list, edit, params).map((send) => ({ ...send, phase: 'widen' as const }))
  if (writesActions(edit)) {
    return [
      widenTo(closed),
      lists([{ ...replaceSend(list, params, () => []), fields: [], phase: 'widen' }]),
      widenTo({ ...closed, allowed_actions: 'selected' }),
      lists([{ ...putActions(edit), phase: 'widen' }]),
      ...(after[main] === 'all' ? [] : [widenTo({ ...after, [main]: 'selected' })]),
      lists(members),
      ...toAll(after, main),
    ]
  }
  if (after[main] === 'all') return toAll(after, main)
  return [widenTo(closed), lists(members), widenTo(after)]
}

/**
 * `all` brings the own setting of each repository (organization) into force, which is unseen so far: it is written before
 * more than local actions run.
 */
function toAll(after: Permissions, main: keyof Switches): readonly Move[] {
  if (after[main] !== 'all' || after.allowed_actions === 'local_only') return [widenTo(after)]
  return [widenTo({ ...after, allowed_actions: 'local_only' }), { ...widenTo(after), opens: true }]
}

/**
 * From one policy to another while repositories run workflows. A list of actions holds in place of their own settings: one that
 * comes finds those that leave gone, and those below narrowed; one that ends has ended before others come, which GitHub enables.
 */
function change(edit: PermissionsEdit, before: Permissions, after: Permissions): readonly Move[] {
  const both = policyOfBoth(before, after)
  const { main, list } = CHOICES[edit.scope.type]
  const isOpen = before[main] === 'all'
  const isChosen = [before[main], after[main]].includes('selected')
  const comes = before.allowed_actions === 'all' && after.allowed_actions === 'selected'
  const ends = before.allowed_actions === 'selected' && after.allowed_actions === 'all'
  // The list enables what it names, with settings of its own that are written before.
  const enables = isOpen && after[main] === 'selected'
  const phase = comes || enables ? ('replace' as const) : ('narrow' as const)
  const late = comes ? ('replace' as const) : ('widen' as const)
  const allowed = enables && (comes || ends) ? ('local_only' as const) : both.allowed_actions
  const mode = isChosen ? ('selected' as const) : after[main]
  const narrow = {
    ...(mode === undefined ? {} : { [main]: mode }),
    ...(allowed === undefined ? {} : { allowed_actions: allowed }),
    ...pinning(both.sha_pinning_required),
  }
  const early = earlyActions(edit, both, phase)
  const isLate =
    writesActions(edit) && (early.length === 0 || early[0]?.fields.length === 0 || allowed === 'local_only')
  // The fields of a request without a switch show whether it narrows or widens.
  const direct = before.allowed_actions === after.allowed_actions && early.length === 0 && !moves(before, after, edit)
  const actionsLast = direct ? putActions(edit) : { ...putActions(edit), phase: late }
  const params = (): Params => scopeParams(edit.scope)
  const members = directedSends(list, edit, params, { wasOpen: isOpen }).map((send) => {
    return isOpen ? { ...send, phase } : send
  })
  const isFirst = (send: PermissionsSend): boolean => before[main] === 'selected' && send.phase === 'narrow'
  const isNew = before[main] === 'selected' && before.allowed_actions !== after.allowed_actions
  const leave = isNew && after.allowed_actions !== 'local_only' ? leavingSend(list, edit, params) : undefined
  const others = members.filter((send) => !isFirst(send))
  const comesLast = isNew && ends && after[main] === 'selected'
  const first = allowed === 'local_only' ? [] : early
  return [
    lists([...(leave ? [leave] : []), ...members.filter(isFirst)]),
    { to: 'switches', switches: narrow, phase },
    lists(first),
    lists(comesLast ? [] : others),
    ...(isLate && allowed === 'local_only'
      ? [{ ...widenTo({ ...narrow, allowed_actions: 'selected' }), phase: late }]
      : []),
    lists(isLate ? [actionsLast] : []),
    widenTo(after),
    lists(comesLast ? others : []),
  ]
}

/**
 * The list of actions as far as it narrows. In force only since now, it takes the place of `all`; where repositories
 * come meanwhile and it both narrows and widens, it becomes for now the list that both sides admit.
 */
function earlyActions(
  edit: PermissionsEdit,
  both: Permissions,
  phase: 'narrow' | 'replace',
): readonly PermissionsSend[] {
  const { before = {}, after = {} } = edit
  if (!writesActions(edit)) return []
  if (before.allowed_actions === 'all') return [{ ...putActions(edit), phase }]
  if (before.allowed_actions !== after.allowed_actions || !moves(before, after, edit)) return []
  if (sameActions(both, before)) return []
  return [{ ...putActions(edit, sameActions(both, after) ? undefined : both.selected_actions), phase }]
}

/** Whether repositories (organizations) come or go. */
function moves(before: Permissions, after: Permissions, { changed, scope }: PermissionsEdit): boolean {
  const { main, list } = CHOICES[scope.type]
  return changed.has(list.field) || before[main] !== after[main]
}

function sameActions({ selected_actions: left }: Permissions, { selected_actions: right }: Permissions): boolean {
  const textOf = (actions: Permissions['selected_actions']): string =>
    JSON.stringify(Object.entries(actions ?? {}).sort(([first], [second]) => (first < second ? -1 : 1)))
  return textOf(left) === textOf(right)
}

function pinning(pinned: boolean | undefined): Switches {
  return pinned === undefined ? {} : { sha_pinning_required: pinned }
}

function widenTo(switches: Switches): Extract<Move, { to: 'switches' }> {
  return { to: 'switches', switches, phase: 'widen' }
}

function lists(sends: readonly PermissionsSend[]): Move {
  return { to: 'lists', sends }
}

/** The requests in order, without those that change nothing and those that the next one makes needless. */
function sendsOf(edit: PermissionsEdit, before: Permissions, moves: readonly Move[]): readonly PermissionsSend[] {
  const steps = moves.filter((move) => move.to === 'switches' || move.sends.length > 0)
  const needed: Move[] = []
  let now: Switches = before
  for (const [index, move] of steps.entries()) {
    if (move.to === 'switches') {
      const next = steps[index + 1]
      // One request that forbids and allows would come after the enterprise has allowed more.
      const isWhole =
        next?.to === 'switches' && !next.opens && (next.phase === move.phase || !isBesideAbove(edit.known))
      const isPassed = isWhole && !sameSwitches(move.switches, next.switches, edit)
      if (sameSwitches(now, move.switches, edit) || isPassed) continue
      now = { ...now, ...move.switches }
    }
    needed.push(move)
  }
  return needed.flatMap((move, index): readonly PermissionsSend[] => {
    if (move.to === 'lists') return move.sends
    const send = putSwitches(edit, move.switches)
    const earlier = needed.slice(0, index).flatMap((other) => (other.to === 'switches' ? [other.switches] : []))
    const later = needed.slice(index + 1).flatMap((other) => (other.to === 'switches' ? [other.switches] : []))
    const fields = send.fields.filter((field) => isSetBy(field as keyof Switches, edit, earlier, later))
    return [{ ...send, fields, ...(move.opens ? { opens: true } : { phase: move.phase }) }]
  })
}

/** Whether this request gives a switch its final value, which it neither had before nor loses again. */
function isSetBy(
  field: keyof Switches,
  { after }: PermissionsEdit,
  earlier: readonly Switches[],
  later: readonly Switches[],
): boolean {
  const isFinal = (switches: Switches): boolean => switches[field] === after?.[field]
  const last = earlier.at(-1)
  return later.every(isFinal) && (last === undefined || !isFinal(last))
}

function sameSwitches(now: Switches, next: Switches, { changed }: PermissionsEdit): boolean {
  const fields = ['enabled_organizations', 'enabled_repositories', 'allowed_actions', 'sha_pinning_required'] as const
  return fields.every((field) => next[field] === undefined || !changed.has(field) || now[field] === next[field])
}
