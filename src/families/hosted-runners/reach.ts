import type { Consequence } from '../../core/consequence.ts'
import type { Edit, Known } from '../../core/family.ts'
import { LADDER } from '../../core/scope.ts'
import { type GroupAccess, isUnread, listedIn, reachGroup } from '../common/group-access.ts'
import { groupReachBelow, type NamedGroup, settingsAfter } from '../common/group-below.ts'
import { unreadNotes } from '../common/public-users.ts'
import type { HostedRunner, HostedRunnerRef } from './document.ts'
import type { Offered } from './look-up.ts'

type HostedEdit = Edit<HostedRunner, HostedRunnerRef>

/** The group of a runner, with the settings that it will have; undefined where these are not known. */
function groupOf({ runner_group: key }: HostedRunner, known: Known): NamedGroup | undefined {
  if (key === undefined) return undefined
  const read = (known.offered as Offered | undefined)?.access?.get(key)
  const live = known.live('runner_groups', 'here')?.find((group) => group.key === key && group.fixed !== 'inherited')
  const spec = settingsAfter<GroupAccess>({ key, spec: read ?? live?.spec }, known)
  return spec && !isUnread(spec) ? { key, spec } : undefined
}

/** Ids of those that may use the runners of its group; undefined where that is not known. */
export function reachHosted(spec: HostedRunner, known: Known): readonly number[] | undefined {
  const group = groupOf(spec, known)
  return group && reachGroup(group.spec, known)
}

/** The same below an enterprise: the organization knows the group by its name. */
export function reachHostedBelow(
  { spec, side }: { readonly spec: HostedRunner; readonly side: 'before' | 'after' },
  below: Known,
  known: Known,
): readonly number[] | undefined {
  const group = groupOf(spec, known)
  return group && groupReachBelow({ ...group, side }, below)
}

/** Says of a runner that comes to a group what is not known of those who may use it there. */
export function comingNotes({ before, after, scope, known, changed }: HostedEdit): readonly Consequence[] {
  const name = after?.runner_group
  if (name === undefined || !changed.has('runner_group')) return []
  const to = groupOf(after ?? {}, known)
  if (to === undefined) {
    return [{ message: `who may use it in ${name} is not known here`, widens: true, opens: true }]
  }
  if (LADDER[scope.type].lists !== 'organizations') return []
  const from = before && groupOf(before, known)
  return [...unlistedNotes(to, from, known), ...unreadNotes(to, from, known)]
}

/** Names the organizations of the group's list that the run does not read, so that they are not among those who gain. */
function unlistedNotes(to: NamedGroup, from: NamedGroup | undefined, known: Known): readonly Consequence[] {
  const had = new Set(from ? unlistedIn(from.spec, known) : [])
  const names = unlistedIn(to.spec, known).filter((name) => !had.has(name))
  return names.length === 0 ? [] : [{ message: `${names.join(', ')} may use it`, widens: true }]
}

function unlistedIn(spec: GroupAccess, { repositories }: Known): readonly string[] {
  if (spec.visibility !== 'selected') return []
  return (listedIn(spec) ?? []).filter((name) => !repositories.byName.has(name))
}

/** The groups that it leaves and comes to: what holds for these holds for it. */
export function besideHosted({ before, after }: Pick<HostedEdit, 'before' | 'after'>): readonly string[] {
  return [...new Set([before?.runner_group, after?.runner_group])].flatMap((name) => name ?? [])
}
