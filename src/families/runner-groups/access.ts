import type { Known } from '../../core/family.ts'
import { LADDER } from '../../core/scope.ts'
import { isUnread, letsPublicIn, reachGroup } from '../common/group-access.ts'
import type { GroupEdit, RunnerGroup } from './document.ts'

/** The most repositories that are named of those that may use a runner. */
const NAMED = 3

/** Whether a runner that moves from one group into the other gives a repository access; true where that is unknown. */
export function isWiderThan(to: RunnerGroup | undefined, from: RunnerGroup | undefined, known: Known): boolean {
  if (!to || isUnread(to)) return true
  const gaining = reachGroup(to, known)
  if (gaining.length === 0 && to.visibility === 'selected') return false
  if (!from || opensMore(to, from, known)) return true
  const had = new Set(reachGroup(from, known))
  return gaining.some((id) => !had.has(id)) || admitsMore(to, from)
}

/**
 * Whether a runner that moves from one group into the other gives a public repository access, as far as that is known.
 */
export function isOpened(to: RunnerGroup | undefined, from: RunnerGroup | undefined, known: Known): boolean {
  if (!to || isUnread(to)) return !to || letsPublicIn(to, known)
  const had = new Set(from && !isUnread(from) ? reachGroup(from, known) : [])
  return reachGroup(to, known).some((id) => !had.has(id) && known.repositories.byId.get(id)?.visibility === 'public')
}

/** Whether a switch is open to more repositories, even if none of the present ones is affected. */
function opensMore(to: RunnerGroup, from: RunnerGroup, known: Known): boolean {
  if (to.visibility === 'selected') return false
  return from.visibility === 'selected' || (letsPublicIn(to, known) && !letsPublicIn(from, known))
}

function admitsMore(to: RunnerGroup, from: RunnerGroup): boolean {
  if (from.restricted_to_workflows !== true) return false
  const had = new Set(from.selected_workflows)
  return to.restricted_to_workflows !== true || (to.selected_workflows ?? []).some((workflow) => !had.has(workflow))
}

/**
 * Describes the repositories (of an enterprise: organizations) that may use the runners of a group, as the end of a sentence
 * about one or more of them.
 */
export function whoMayUse(
  group: RunnerGroup | undefined,
  { known, scope }: Pick<GroupEdit, 'known' | 'scope'>,
  them: 'it' | 'them',
): string {
  const { lists } = LADDER[scope.type]
  if (group === undefined) return `and who may use ${them} there is not known`
  if (isUnread(group)) return `where ${lists} may use ${them} whose list was not read`
  const limits = group.restricted_to_workflows === true ? ', from the workflows that it lists' : ''
  if (group.visibility !== 'selected') {
    const isOpen = letsPublicIn(group, known)
    const all =
      lists === 'organizations'
        ? `all organizations may use ${them}, ${isOpen ? 'in' : 'but not in'} public repositories`
        : undefined
    return `where ${all ?? `all repositories${isOpen ? ', public ones too,' : ' but public ones'} may use ${them}`}${limits}`
  }
  const names = reachGroup(group, known).flatMap((id) => known.repositories.byId.get(id)?.name ?? [])
  if (names.length === 0) return `where no ${lists === 'organizations' ? 'organization' : 'repository'} may use ${them}`
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return `where ${names.sort().slice(0, NAMED).join(', ')}${more} may use ${them}${limits}`
}
