import type { Consequence } from '../../core/consequence.ts'
import type { Known, Wanted } from '../../core/family.ts'
import type { Document } from '../../core/json.ts'
import { overlay } from '../../core/leaves.ts'
import type { Live } from '../../core/live.ts'
import { LADDER } from '../../core/scope.ts'
import { isOpened, isUnread, letsPublicIn, reachGroup } from './access.ts'
import { type GroupEdit, listedIn, type RunnerGroup } from './document.ts'

/** A group by its name, which an organization knows it by. */
export interface Group {
  readonly key: string
  readonly spec: RunnerGroup
}

/**
 * Ids of the repositories of an organization that may use a group which its enterprise shares with it. GitHub lets all in
 * until the organization chooses some
 * (https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access).
 * Whether the default group is shared is not documented, so that only GitHub's answer shows it. After the change the
 * organization's own wishes count beside what it has: both may be in force, one after the other.
 */
export function reachBelow(
  { key, spec, side }: Group & { readonly side: 'before' | 'after' },
  below: Known,
): readonly number[] | undefined {
  const groups = below.live('runner_groups', 'here') as readonly Live<RunnerGroup>[] | undefined
  if (groups === undefined) return undefined
  const live = groups.find((group) => group.fixed === 'inherited' && group.key === key)
  if (live === undefined && side === 'before') return undefined
  const now: RunnerGroup = live?.spec ?? { visibility: 'all' }
  const choices = side === 'before' || live === undefined ? [now] : [now, wantedOver(live, below)]
  if (choices.some(isUnread)) return undefined
  const open = letsPublicIn(spec, below)
  const ids = choices.flatMap((choice) => reachGroup({ ...choice, allows_public_repositories: open }, below))
  return [...new Set(ids)]
}

/** The organization's settings of the group as its YAML wants them. */
function wantedOver(live: Live<RunnerGroup>, below: Known): RunnerGroup {
  const all = (below.desired('runner_groups', 'here') ?? []) as readonly Wanted<RunnerGroup>[]
  const wanted = all.find(({ key, state }) => key === live.key && state === 'present')
  if (!wanted) return live.spec
  const fields = [...Object.keys(wanted.spec), ...Object.keys(wanted.edits)]
  return overlay(live.spec as Document, wanted.spec as Document, wanted.edits, fields) as RunnerGroup
}

/** The public repositories that may use an enterprise's group: known ones, and the organizations where they are not known. */
interface PublicUsers {
  readonly repositories: ReadonlySet<string>
  readonly unread: ReadonlySet<string>
}

const OTHERS = 'organizations that are not named here'

function publicUsers(group: Group | undefined, side: 'before' | 'after', known: Known): PublicUsers {
  const [repositories, unread] = [new Set<string>(), new Set<string>()]
  if (!group || !letsPublicIn(group.spec, known)) return { repositories, unread }
  if (group.spec.visibility !== 'selected' || listedIn(group.spec) === undefined) unread.add(OTHERS)
  for (const id of reachGroup(group.spec, known)) {
    const name = known.repositories.byId.get(id)?.name ?? ''
    const below = known.below?.(name)
    const ids = below && reachBelow({ ...group, side }, below)
    if (ids === undefined) unread.add(name)
    for (const each of ids ?? []) {
      const repository = below?.repositories.byId.get(each)
      if (repository?.visibility === 'public') repositories.add(`${name}/${repository.name}`)
    }
  }
  return { repositories, unread }
}

/** Whether a public repository may use one group and not the other, as far as that is known. */
export function opensFor(
  { known, scope }: Pick<GroupEdit, 'known' | 'scope'>,
  to: Group | undefined,
  from: Group | undefined,
): boolean {
  if (LADDER[scope.type].lists === 'organizations') return opensBelow(to, from, known)
  return isOpened(to?.spec, from?.spec, known)
}

/** Whether a public repository of an enterprise's organizations may use one group and not the other, as far as that is known. */
function opensBelow(to: Group | undefined, from: Group | undefined, known: Known): boolean {
  if (!to) return true
  const [had, has] = [publicUsers(from, 'before', known), publicUsers(to, 'after', known)]
  return (
    [...has.repositories].some((name) => !had.repositories.has(name)) ||
    [...has.unread].some((name) => !had.unread.has(name))
  )
}

/** Names the organizations whose public repositories gain an enterprise's group, where these are not known. */
export function unreadNotes({ key, before, after, scope, known }: GroupEdit): readonly Consequence[] {
  if (LADDER[scope.type].lists !== 'organizations' || !after) return []
  const had = publicUsers(before && { key, spec: before }, 'before', known)
  const gaining = [...publicUsers({ key, spec: after }, 'after', known).unread].filter((name) => !had.unread.has(name))
  if (gaining.length === 0) return []
  const names = gaining.length > NAMED ? [...gaining.slice(0, NAMED), `${gaining.length - NAMED} more`] : gaining
  const message = `public repositories of ${names.join(', ')} may use it, and which these are is not known here`
  return [{ message, widens: true, opens: true }]
}

/** The most organizations that a message names. */
const NAMED = 5
