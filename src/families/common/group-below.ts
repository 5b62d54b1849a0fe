import type { Known, Wanted } from '../../core/family.ts'
import type { Document } from '../../core/json.ts'
import { overlay } from '../../core/leaves.ts'
import type { Live } from '../../core/live.ts'
import { type GroupAccess, isUnread, letsPublicIn, reachGroup } from './group-access.ts'

/** A group by its name, which an organization knows it by. */
export interface NamedGroup<Spec extends GroupAccess = GroupAccess> {
  readonly key: string
  readonly spec: Spec
}

/**
 * Ids of the repositories of an organization that may use a group which its enterprise shares with it. GitHub lets all in
 * until the organization chooses some
 * (https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access).
 * Whether the default group is shared is not documented, so that only GitHub's answer shows it. After the change the
 * organization's own wishes count beside what it has: both may be in force, one after the other.
 */
export function groupReachBelow(
  { key, spec, side }: NamedGroup & { readonly side: 'before' | 'after' },
  below: Known,
): readonly number[] | undefined {
  const groups = below.live('runner_groups', 'here') as readonly Live<GroupAccess>[] | undefined
  if (groups === undefined) return undefined
  const live = groups.find((group) => group.fixed === 'inherited' && group.key === key)
  if (live === undefined && side === 'before') return undefined
  const now: GroupAccess = live?.spec ?? { visibility: 'all' }
  const choices = side === 'before' || live === undefined ? [now] : [now, settingsAfter(live, below) ?? now]
  if (choices.some(isUnread)) return undefined
  const open = letsPublicIn(spec, below)
  const ids = choices.flatMap((choice) => reachGroup({ ...choice, allows_public_repositories: open }, below))
  return [...new Set(ids)]
}

/** The settings that a group will have, as far as the YAML and GitHub say; undefined where neither knows it. */
export function settingsAfter<Spec extends GroupAccess>(
  { key, spec }: { readonly key: string; readonly spec?: Spec | undefined },
  known: Known,
): Spec | undefined {
  const all = (known.desired('runner_groups', 'here') ?? []) as readonly Wanted<Spec>[]
  const wanted = all.find((each) => each.key === key && each.state === 'present')
  if (!wanted) return spec
  const fields = [...Object.keys(wanted.spec), ...Object.keys(wanted.edits)]
  return overlay((spec ?? {}) as Document, wanted.spec as Document, wanted.edits, fields) as object as Spec
}
