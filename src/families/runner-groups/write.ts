import { scopeParams } from '../../core/scope.ts'
import type { Params } from '../../core/send.ts'
import { pick } from '../common/carried.ts'
import { listedIn } from '../common/group-access.ts'
import { itemSend, replaceSend } from '../common/list-sends.ts'
import { idsOf } from '../common/selected-list.ts'
import type { GroupEdit, GroupSend, RunnerGroupRef } from './document.ts'
import { whyHidden, writeHiddenGroup } from './hidden.ts'
import { learntId } from './learnt-id.ts'
import { claimedRunners, homesOf } from './moves.ts'
import { networkOf } from './networks.ts'
import { ROUTES } from './routes.ts'
import { accepted, patchSend, writeAccess } from './update.ts'

/** The requests that make a change of a runner group. */
export function writeRunnerGroup(edit: GroupEdit): readonly GroupSend[] {
  const params = (ref: RunnerGroupRef | undefined): Params => {
    if (!ref) throw new Error(`bug: the runner group ${edit.key} has no id`)
    return { ...scopeParams(edit.scope), runner_group_id: ref.id }
  }
  if (edit.action === 'delete') return [{ route: ROUTES[edit.scope.type].remove, fields: [], params, last: true }]
  if (whyHidden(edit.scope.type, edit.known.product) !== undefined) return writeHiddenGroup(edit, params)
  if (edit.action === 'create') return createClosed(edit, params)
  const access = writeAccess(edit, params)
  const opens = access.filter((send) => send.opens)
  return [...access.filter((send) => !send.opens), ...runners(edit, params), ...opens]
}

/** Runners come in once the organizations that the group is shared with have said which repositories use it. */
function filling({ key }: GroupEdit, from?: string): Pick<GroupSend, 'fills'> {
  return { fills: { family: 'runner_groups', key, from } }
}

type GroupParams = (ref: RunnerGroupRef | undefined) => Params

/** A group is created without any access; its access is written only afterwards, its runners last. */
function createClosed(edit: GroupEdit, params: GroupParams): GroupSend[] {
  const { after, known, scope } = edit
  const { create, selected } = ROUTES[scope.type]
  const network = networkOf(after ?? {})
  const { product } = known
  const isTaken = { list: !product.has(selected.replace), runners: !product.has(ROUTES[scope.type].held.replace) }
  const given = after?.visibility === 'selected' ? (listedIn(after) ?? []) : []
  // Where no later request takes a list, the group is created with it.
  const begin = {
    name: edit.key,
    visibility: 'selected',
    [selected.as]: isTaken.list ? idsOf(given, known) : [],
    runners: isTaken.runners ? runnerIds(edit, after?.runners ?? []) : [],
    ...accepted(edit, create, { allows_public_repositories: false }),
    ...accepted(edit, create, pick(after, ['restricted_to_workflows', 'selected_workflows'])),
    ...(network === undefined ? {} : { network_configuration_id: network }),
  }
  const opens = after?.visibility !== 'selected' || after.allows_public_repositories === true
  const open: GroupSend[] = opens ? [patchSend(edit, params, ['visibility', 'allows_public_repositories'])] : []
  const listed = listedIn(after ?? {}) ?? []
  const list =
    !isTaken.list && after?.visibility === 'selected' && listed.length > 0
      ? [replaceSend(selected, params, () => idsOf(listed, known))]
      : []
  const held = after?.runners ?? []
  const move =
    !isTaken.runners && runnerIds(edit, held).length > 0
      ? [{ ...putRunners(edit, params, held), ...filling(edit) }]
      : []
  const next = [...open, ...list, ...move]
  const later = new Set(next.flatMap(({ fields }) => fields))
  const first: GroupSend = {
    route: create,
    fields: [...edit.changed].filter((field) => !later.has(field)),
    params: () => scopeParams(edit.scope),
    body: () => begin,
    learn: (answer) => ({ id: learntId(answer), runners: {} }),
  }
  return [first, ...next.map((send) => ({ ...send, needsPrevious: true as const }))]
}

/**
 * A runner that changes groups joins the new one first, and only then leaves the old one: in between it would fall to
 * the default group, which may be open to more. A shared list is never replaced: that would take back runners that
 * another group has taken up.
 */
function runners(edit: GroupEdit, params: GroupParams): GroupSend[] {
  if (!edit.changed.has('runners')) return []
  const after = edit.after?.runners ?? []
  const before = edit.before?.runners ?? []
  const [had, has] = [new Set(before), new Set(after)]
  const added = after.filter((name) => !had.has(name))
  const one = (way: 'add' | 'remove', names: readonly string[]): GroupSend[] =>
    runnerIds(edit, names).map((id) => itemSend(ROUTES[edit.scope.type].held, way, params, () => id))
  const homes = homesOf(new Set(added), edit.known)
  const takes = added.flatMap((name) =>
    one('add', [name]).map((send) => ({ ...send, ...filling(edit, homes.get(name)?.key) })),
  )
  const removed = before.filter((name) => !has.has(name))
  if (removed.length === 0) return takes
  const claimed = claimedRunners(edit.known)
  const leaves = edit.shared.has('runners')
    ? one(
        'remove',
        removed.filter((name) => !claimed.has(name)),
      )
    : [putRunners(edit, params, after)]
  return [...takes, ...leaves.map((send) => ({ ...send, last: true as const }))]
}

function putRunners(edit: GroupEdit, params: GroupParams, names: readonly string[]): GroupSend {
  const ids = runnerIds(edit, names)
  return replaceSend(ROUTES[edit.scope.type].held, params, () => ids)
}

/** Every live group's ref has the ids of all runners that a group holds or is to hold; the default group is always there. */
function runnerIds(edit: GroupEdit, names: readonly string[]): number[] {
  const groups = edit.known.live('runner_groups', 'here') ?? []
  const ids = (groups[0]?.ref as RunnerGroupRef | undefined)?.runners ?? {}
  return names.flatMap((name) => (Object.hasOwn(ids, name) ? (ids[name] ?? []) : []))
}
