import { append } from '../../core/append.ts'
import type { Edit, Params, Send } from '../../core/family.ts'
import { idsOf, listSends } from '../common/repository-list.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { PATCHED, type Turn, turnOf } from './meet.ts'
import { leavesAny, takesAny } from './moves.ts'

type GroupEdit = Edit<RunnerGroup, RunnerGroupRef, 'organization'>
type GroupSend = Send<RunnerGroupRef>
/** `private` hides this switch of a group, which its YAML need not mention. */
type Closed = { allows_public_repositories?: boolean }
type GroupParams = (ref: RunnerGroupRef | undefined) => Params

export const GROUP = '/orgs/{org}/actions/runner-groups/{runner_group_id}'
export const REPOSITORIES = 'PUT /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories'
export const ITEM = 'PUT /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories/{repository_id}'
export const ITEM_OFF = 'DELETE /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories/{repository_id}'
const PATCH = `PATCH ${GROUP}` as const
const GET = `GET ${GROUP}` as const

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
  const leaves = leavesAny(edit)
  const opening: Partial<GroupSend> = leaves ? { opens: true } : { phase: 'widen' }
  const lists = changed.has('repositories')
  const swaps = leaves && takesAny(edit)
  const switches = PATCHED.filter((field) => changed.has(field))
  const splits = turn.narrows && turn.widens && (lists || swaps)
  const narrowed = splits ? switches.filter((field) => isThere(turn, after, field)) : switches
  const requests: GroupSend[] = []
  const closed: Closed = {}
  if (splits) requests.push({ ...patchSend(edit, params, narrowed, turn.meet, closed), phase: 'narrow' })
  else if (turn.narrows && !turn.widens) requests.push({ ...patchSend(edit, params, switches), phase: 'narrow' })
  append(requests, listRequests(edit, params, { opening, swaps }))
  const rest = splits ? switches.filter((field) => !narrowed.includes(field)) : switches
  if (switches.length > 0 && (splits || turn.widens || !turn.narrows)) {
    requests.push({ ...patchSend(edit, params, rest, undefined, closed), ...opening })
  }
  return requests
}

function isThere({ meet }: Turn, after: RunnerGroup, field: (typeof PATCHED)[number]): boolean {
  return JSON.stringify(meet[field]) === JSON.stringify(after[field])
}

/**
 * Where the switch to `selected` goes before the list, the repositories on GitHub's kept list had access until then.
 */
function listRequests(
  edit: GroupEdit,
  params: GroupParams,
  { opening, swaps }: { readonly opening: Partial<GroupSend>; readonly swaps: boolean },
): readonly GroupSend[] {
  const { after, before, changed, known, ref } = edit
  if (!changed.has('repositories')) return []
  const [had, has] = [before?.repositories ?? [], after?.repositories ?? []]
  const shared = edit.shared.has('repositories')
  const idOf = (name: string): number => idsOf([name], known, ref?.repositories)[0] ?? 0
  const sends = listSends<RunnerGroupRef>({
    field: 'repositories',
    before: had,
    after: has,
    shared,
    replace: REPOSITORIES,
    add: ITEM,
    remove: ITEM_OFF,
    params,
    id: idOf,
  })
  const narrowing: Partial<GroupSend> = { phase: 'narrow' }
  if (before?.visibility !== 'selected') return sends.map((send) => ({ ...send, ...narrowing }))
  if (shared) return sends.map((send) => ({ ...send, ...(send.route === ITEM_OFF ? narrowing : opening) }))
  const both = had.filter((name) => has.includes(name))
  if (both.length === has.length) return sends.map((send) => ({ ...send, ...narrowing }))
  const wider = sends.map((send) => ({ ...send, ...opening }))
  if (!swaps || both.length === had.length) return wider
  return [{ ...putRepositories(params, both.map(idOf)), fields: [], ...narrowing }, ...wider]
}

export function putRepositories(params: GroupParams, ids: readonly number[]): GroupSend {
  return { route: REPOSITORIES, fields: ['repositories'], params, body: () => ({ selected_repository_ids: ids }) }
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
  const becomesPrivate = edit.after?.visibility === 'private' && edit.changed.has('visibility')
  const shut = becomesPrivate ? { allows_public_repositories: false } : {}
  const carried = edit.before === undefined ? [] : PATCHED.filter((field) => !edit.given.has(field))
  const body = (_: RunnerGroupRef | undefined, [now]: readonly unknown[] = []): object => {
    const found = pick(now as RunnerGroup | undefined, carried)
    if (between) Object.assign(closed, pick(found, ['allows_public_repositories']))
    const fresh = between ? found : { ...found, ...pick(closed, ['allows_public_repositories']) }
    const aimed = { ...pick(edit.after, PATCHED), ...withEdits(edit, fresh), ...shut }
    return { name: edit.key, ...accepted(edit, PATCH, between ? { ...aimed, ...still(between, fresh) } : aimed) }
  }
  return {
    route: PATCH,
    fields: fields.filter((field) => edit.changed.has(field)),
    params,
    body,
    ...(carried.length > 0 ? { rereads: [{ route: GET, params }] } : {}),
  }
}

/** The temporary values, without entries that were taken away meanwhile. */
function still(between: Partial<RunnerGroup>, fresh: Partial<RunnerGroup>): Partial<RunnerGroup> {
  const { selected_workflows: workflows, ...switches } = between
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

export function pick<K extends keyof RunnerGroup>(
  spec: RunnerGroup | undefined,
  fields: readonly K[],
): Partial<RunnerGroup> {
  return Object.fromEntries(fields.flatMap((field) => (spec?.[field] === undefined ? [] : [[field, spec[field]]])))
}

export function accepted(
  edit: GroupEdit,
  route: typeof PATCH | 'POST /orgs/{org}/actions/runner-groups',
  spec: Partial<RunnerGroup>,
): Partial<RunnerGroup> {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => edit.known.product.accepts(route, field)))
}
