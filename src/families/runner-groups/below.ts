import type { Consequence } from '../../core/consequence.ts'
import { LADDER } from '../../core/scope.ts'
import type { NamedGroup } from '../common/group-below.ts'
import { opensBelow, unreadNotes } from '../common/public-users.ts'
import { isOpened } from './access.ts'
import type { GroupEdit, RunnerGroup } from './document.ts'

type Group = NamedGroup<RunnerGroup>

/** Whether a public repository may use one group and not the other, as far as that is known. */
export function opensFor(
  { known, scope }: Pick<GroupEdit, 'known' | 'scope'>,
  to: Group | undefined,
  from: Group | undefined,
): boolean {
  if (LADDER[scope.type].lists === 'organizations') return opensBelow(to, from, known)
  return isOpened(to?.spec, from?.spec, known)
}

/** Names the organizations whose public repositories gain an enterprise's group, where these are not known. */
export function openingNotes({ key, before, after, scope, known }: GroupEdit): readonly Consequence[] {
  if (LADDER[scope.type].lists !== 'organizations' || !after) return []
  return unreadNotes({ key, spec: after }, before && { key, spec: before }, known)
}
