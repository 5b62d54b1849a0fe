import { append } from '../../core/append.ts'
import { RENAMED_FROM } from '../../core/rename.ts'
import type { Route } from '../../core/routes.ts'
import type { Params } from '../../core/send.ts'
import { carryingSend, pick } from '../common/carried.ts'
import { listedIn } from '../common/group-access.ts'
import { replaceSend } from '../common/list-sends.ts'
import { directedSends, idsOf } from '../common/selected-list.ts'
import type { GroupEdit, GroupSend, RunnerGroup, RunnerGroupRef } from './document.ts'
import { closedMeanwhile, withoutPublic } from './meanwhile.ts'
import { PATCHED, SWITCHES, type Turn, turnOf } from './meet.ts'
import { leavesAny, takesAny } from './moves.ts'
import { networkOf } from './networks.ts'
import { ROUTES } from './routes.ts'

/** Of a group that the enterprise shares, what the organization has of its own. */
const INHERITED = ['visibility', 'allows_public_repositories'] as const

/** `private` hides the switch of a group for public repositories, which its YAML need not mention. */
type Closed = Pick<Partial<RunnerGroup>, 'visibility' | 'allows_public_repositories'>
type GroupParams = (ref: RunnerGroupRef | undefined) => Params

/**
 * The requests that change the access to a group. GitHub takes the switches in one request and the list in another:
 * where both change, or runners leave for other groups and others come, the group passes through the meet of both
 * sides, so that in between no repository may use it, or a runner of it, that may neither before nor after. A runner
 * that leaves has left before its old group opens, and one that comes finds its new group narrowed.
 */
export function writeAccess(edit: GroupEdit, params: GroupParams): readonly GroupSend[] {
  const { before, after, changed } = edit
  if (!before || !after) return []
  const turn = turnOf(before, after)
  const isBeside = isBesideEnterprise(edit)
  const leaves = leavesAny(edit) || isBeside
  const opening: Partial<GroupSend> = leaves ? { opens: true } : { phase: 'widen' }
  const lists = changed.has(ROUTES[edit.scope.type].selected.field)
  const swaps = leaves && (takesAny(edit) || isBeside)
  const switches = SWITCHES.filter((field) => changed.has(field))
  const splits = turn.narrows && turn.widens && (lists || swaps)
  const narrowed = splits ? switches.filter((field) => isThere(turn, after, field)) : switches
  const requests: GroupSend[] = lists ? [...listAhead(edit, params, leaves)] : []
  const closed: Closed = {}
  const meanwhile = splits ? closedMeanwhile(edit, turn) : undefined
  if (splits) {
    const narrowing = patchSend(edit, params, narrowed, turn.meet, closed)
    requests.push({ ...narrowing, phase: 'narrow', ...(meanwhile === undefined ? {} : { meanwhile }) })
  }
  if (turn.narrows && !turn.widens) requests.push({ ...patchSend(edit, params, switches), phase: 'narrow' })
  append(requests, listRequests(edit, params, { opening, leaves, swaps }))
  const rest = splits ? switches.filter((field) => !narrowed.includes(field)) : switches
  if (switches.length > 0 && (splits || turn.widens || !turn.narrows)) {
    requests.push({ ...patchSend(edit, params, rest, undefined, closed), ...opening })
  }
  return changed.has(RENAMED_FROM) ? renaming(edit, params, requests) : requests
}

/**
 * Whether the same run may put runners into a group of the enterprise's, or take them out, or open it: the organization chooses
 * fewer repositories before that, and more after it.
 */
function isBesideEnterprise({ before, known, ref }: GroupEdit): boolean {
  if (before?.inherited !== true || ref === undefined) return false
  return ['runner_groups', 'hosted_runners'].some((family) => known.writes?.(family, 'above') === 'in this run')
}

/** Each PATCH has the name: the first one brings a new one. */
function renaming(edit: GroupEdit, params: GroupParams, requests: readonly GroupSend[]): readonly GroupSend[] {
  const { update } = ROUTES[edit.scope.type]
  const first = requests.findIndex(({ route }) => route === update)
  if (first < 0) return [patchSend(edit, params, [RENAMED_FROM]), ...requests]
  return requests.map((send, index) => {
    return index === first ? { ...send, fields: [...send.fields, RENAMED_FROM] } : send
  })
}

/**
 * Where GitHub has no switch for public repositories (GHES 2.22), a group that was private brings those of its kept list in as
 * it turns to `selected`: the list is written ahead. Whether GitHub takes it so early is not documented: refused, it comes
 * after the switch as it does elsewhere.
 */
function listAhead(edit: GroupEdit, params: GroupParams, leaves: boolean): readonly GroupSend[] {
  const { before, after, known, ref, scope } = edit
  const { update, selected } = ROUTES[scope.type]
  if (before?.visibility !== 'private' || after?.visibility !== 'selected') return []
  if (known.product.accepts(update, 'allows_public_repositories')) return []
  const has = listedIn(after) ?? []
  const names = leaves ? (withoutPublic(edit, has) ?? has) : has
  const ids = (): readonly number[] => idsOf(names, known, ref?.[selected.field])
  return [{ ...replaceSend(selected, params, ids), fields: [], phase: 'narrow', mayBeRefused: true }]
}

function isThere({ meet }: Turn, after: RunnerGroup, field: (typeof SWITCHES)[number]): boolean {
  return JSON.stringify(meet[field]) === JSON.stringify(after[field])
}

/**
 * Where the switch to `selected` goes before the list, the repositories on GitHub's kept list had access until then.
 * Where runners leave, the list passes through what both sides let in.
 */
function listRequests(
  edit: GroupEdit,
  params: GroupParams,
  {
    opening,
    leaves,
    swaps,
  }: { readonly opening: Partial<GroupSend>; readonly leaves: boolean; readonly swaps: boolean },
): readonly GroupSend[] {
  const { before, after, shared, known, ref, scope } = edit
  const { selected } = ROUTES[scope.type]
  const wasOpen = before?.visibility !== 'selected'
  const sends = directedSends(selected, edit, params, { wasOpen, opening })
  const through = (names: readonly string[]): GroupSend => {
    const narrowing = replaceSend(selected, params, () => idsOf(names, known, ref?.[selected.field]))
    return { ...narrowing, fields: [], phase: 'narrow' }
  }
  const [had, has] = [listedIn(before ?? {}) ?? [], listedIn(after ?? {}) ?? []]
  const closed = withoutPublic(edit, wasOpen ? has : had)
  if (closed !== undefined && (wasOpen ? leaves : swaps)) {
    return [through(closed), ...sends.map((send) => ({ ...send, ...opening }))]
  }
  const wanted = new Set(has)
  const kept = had.filter((name) => wanted.has(name))
  const gives = kept.length < has.length
  const takes = kept.length < had.length
  if (sends.length === 0 || !swaps || wasOpen || shared.has(selected.field) || !gives || !takes) return sends
  return [through(kept), ...sends]
}

/**
 * GitHub's PATCH gives the booleans a default of false, so that leaving one out may reset it: all known fields are
 * sent, and those that the YAML leaves out are read again just before.
 * https://docs.github.com/rest/actions/self-hosted-runner-groups#update-a-self-hosted-runner-group-for-an-organization
 * @param between the temporary values of the changed fields, where they differ from the final ones
 * @param closed carries fields that the first of two requests found open and closes meanwhile, for the second
 */
export function patchSend(
  edit: GroupEdit,
  params: GroupParams,
  fields: readonly string[],
  between?: Partial<RunnerGroup>,
  closed: Closed = {},
): GroupSend {
  const { update, get } = ROUTES[edit.scope.type]
  const patched: readonly (keyof RunnerGroup)[] = edit.before?.inherited ? INHERITED : PATCHED
  const becomesPrivate = edit.after?.visibility === 'private' && edit.changed.has('visibility')
  const shut = becomesPrivate ? { allows_public_repositories: false } : {}
  // A private group is compared as if it were open to all but public repositories: its switch, which may say otherwise, is hidden.
  const isClosed = edit.before?.allows_public_repositories === false
  const mayBePrivate = edit.after?.visibility === 'all' && !edit.changed.has('visibility') && isClosed
  return carryingSend<RunnerGroup, RunnerGroupRef>({
    route: update,
    get,
    fields: fields.filter((field) => edit.changed.has(field)),
    params,
    carried:
      edit.before === undefined
        ? []
        : patched.filter((field) => !edit.given.has(field) || (field === 'visibility' && mayBePrivate)),
    body(now) {
      const { visibility, ...others } = now
      const found: Partial<RunnerGroup> = edit.given.has('visibility') && visibility !== 'private' ? others : now
      if (between) Object.assign(closed, pick(found, ['visibility', 'allows_public_repositories']))
      const fresh = between ? found : { ...found, ...closed }
      const aimed = { ...pick(edit.after, patched), ...withEdits(edit, fresh), ...shut }
      const body = between ? { ...aimed, ...still(between, fresh) } : aimed
      return { name: edit.key, ...accepted(edit, update, body), ...network(edit, between) }
    },
  })
}

/** Sent only where it changes: GitHub keeps one that is left out, and takes null for none. */
function network({ changed, after }: GroupEdit, between: Partial<RunnerGroup> | undefined): object {
  if (!changed.has('network_configuration_id')) return {}
  return { network_configuration_id: networkOf(between ?? after ?? {}) ?? null }
}

/** The temporary values, without entries that were taken away meanwhile. */
function still(between: Partial<RunnerGroup>, fresh: Partial<RunnerGroup>): Partial<RunnerGroup> {
  const { selected_workflows: workflows, network_configuration_id: _, ...switches } = between
  const { selected_workflows: now } = fresh
  if (!workflows) return switches
  return { ...switches, selected_workflows: now ? workflows.filter((each) => now.includes(each)) : workflows }
}

/** GitHub's present list with the YAML's additions and removals, where the YAML gives no exact one. */
function withEdits(edit: GroupEdit, now: Partial<RunnerGroup>): Partial<RunnerGroup> {
  if (!edit.changed.has('selected_workflows') || now.selected_workflows === undefined) return now
  const before = edit.before?.selected_workflows ?? []
  const after = edit.after?.selected_workflows ?? []
  const kept = now.selected_workflows.filter((workflow) => after.includes(workflow) || !before.includes(workflow))
  return { ...now, selected_workflows: [...new Set([...kept, ...after])].sort() }
}

export function accepted(edit: GroupEdit, route: Route, spec: Partial<RunnerGroup>): Partial<RunnerGroup> {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => edit.known.product.accepts(route, field)))
}
