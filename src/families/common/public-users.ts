import type { Consequence } from '../../core/consequence.ts'
import type { Known } from '../../core/family.ts'
import { type GroupAccess, letsPublicIn, listedIn, reachGroup } from './group-access.ts'
import { groupReachBelow, type NamedGroup } from './group-below.ts'

/** The public repositories that may use an enterprise's group: known ones, and the organizations where they are not known. */
interface PublicUsers {
  readonly repositories: ReadonlySet<string>
  readonly unread: ReadonlySet<string>
}

const OTHERS = 'organizations that are not named here'

function publicUsers(group: NamedGroup | undefined, side: 'before' | 'after', known: Known): PublicUsers {
  const [repositories, unread] = [new Set<string>(), new Set<string>()]
  if (!group || !letsPublicIn(group.spec, known)) return { repositories, unread }
  if (group.spec.visibility !== 'selected' || listedIn(group.spec) === undefined) unread.add(OTHERS)
  for (const name of usersOf(group.spec, known)) {
    const below = known.below?.(name)
    const ids = below && groupReachBelow({ ...group, side }, below)
    if (ids === undefined) unread.add(name)
    for (const each of ids ?? []) {
      const repository = below?.repositories.byId.get(each)
      if (repository?.visibility === 'public') repositories.add(`${name}/${repository.name}`)
    }
  }
  return { repositories, unread }
}

/** The organizations that may use a group, by name: also those of its list that the run does not read. */
export function usersOf(spec: GroupAccess, known: Known): readonly string[] {
  if (spec.visibility === 'selected') return listedIn(spec) ?? []
  return reachGroup(spec, known).flatMap((id) => known.repositories.byId.get(id)?.name ?? [])
}

/** Whether a public repository of an enterprise's organizations may use one group and not the other, as far as that is known. */
export function opensBelow(to: NamedGroup | undefined, from: NamedGroup | undefined, known: Known): boolean {
  if (!to) return true
  const [had, has] = [publicUsers(from, 'before', known), publicUsers(to, 'after', known)]
  return (
    [...has.repositories].some((name) => !had.repositories.has(name)) ||
    [...has.unread].some((name) => !had.unread.has(name))
  )
}

/** Names the organizations whose public repositories gain an enterprise's group, or what is in it, where these are not known. */
export function unreadNotes(
  to: NamedGroup | undefined,
  from: NamedGroup | undefined,
  known: Known,
): readonly Consequence[] {
  const had = publicUsers(from, 'before', known)
  const gaining = [...publicUsers(to, 'after', known).unread].filter((name) => !had.unread.has(name))
  if (gaining.length === 0) return []
  const names = gaining.length > NAMED ? [...gaining.slice(0, NAMED), `${gaining.length - NAMED} more`] : gaining
  const message = `public repositories of ${names.join(', ')} may use it, and which these are is not known here`
  return [{ message, widens: true, opens: true }]
}

/** The most organizations that a message names. */
const NAMED = 5
