import { integers, required } from '../http/body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  memberRepository,
  NO_CONTENT,
  organizationOf,
  type Route,
  seenBy,
} from '../http/call.ts'
import { noSelection } from '../http/errors.ts'
import { listAnswer } from '../http/page.ts'
import { type Repository, repositoriesIn } from '../world/store.ts'
import { memberIds } from './members.ts'

type Access = Pick<Route, 'permission' | 'scope' | 'since'>

/** The list of the repositories that may use something of an organization, and what its routes do beside the list. */
interface SelectedRepositories {
  /** The path of what has the list. */
  readonly template: string
  readonly read: Access
  readonly write: Access
  /** The ids in the list of what the path names, changed in place. @throws Refusal 404 when there is no such thing */
  idsOf(call: Call): Set<number>
  /** Why GitHub has no list there now, such as a `visibility` that is not `selected`; undefined where it has. */
  unselected(call: Call): string | undefined
  /**
   * The requests for the whole list that GitHub refuses with 409 then; it always refuses to add or remove one. A list that
   * it answers is empty then, and one that it takes counts once it is in force.
   */
  readonly refuses: readonly ('GET' | 'PUT')[]
  present(call: Call, repository: Repository): object
  /** Called for each repository that comes to the list. */
  added?(repository: Repository): void
  /** Called after each change. */
  changed?(call: Call): void
}

/** The routes of the list: to read and to replace it, to add and to remove one. */
export function selectedRepositories(list: SelectedRepositories): readonly Route[] {
  const all = `${list.template}/repositories`
  const one = `${all}/{repository_id}`
  return [
    { ...list.read, method: 'GET', template: all, handle: (call) => read(call, list) },
    { ...list.write, method: 'PUT', template: all, handle: (call) => replace(call, list) },
    { ...list.write, method: 'PUT', template: one, handle: (call) => add(call, list) },
    { ...list.write, method: 'DELETE', template: one, handle: (call) => remove(call, list) },
  ]
}

function read(call: Call, list: SelectedRepositories): Answer {
  if (list.refuses.includes('GET')) refuseUnselected(call, list)
  const ids = list.idsOf(call)
  const listed = list.unselected(call) === undefined ? seenBy(call, repositoriesIn(call.world, ids)) : []
  return listAnswer(call, 'repositories', listed, (each) => list.present(call, each))
}

function replace(call: Call, list: SelectedRepositories): Answer {
  const ids = list.idsOf(call)
  if (list.refuses.includes('PUT')) refuseUnselected(call, list)
  const sent = required(integers(bodyOf(call), 'selected_repository_ids'), 'selected_repository_ids')
  const members = repositoriesIn(call.world, memberIds(call, organizationOf(call), sent))
  for (const member of members) if (!ids.has(member.id)) list.added?.(member)
  ids.clear()
  for (const { id } of members) ids.add(id)
  list.changed?.(call)
  return NO_CONTENT
}

function add(call: Call, list: SelectedRepositories): Answer {
  const ids = list.idsOf(call)
  refuseUnselected(call, list)
  const repository = memberRepository(call, organizationOf(call))
  if (!ids.has(repository.id)) list.added?.(repository)
  ids.add(repository.id)
  list.changed?.(call)
  return NO_CONTENT
}

function remove(call: Call, list: SelectedRepositories): Answer {
  const ids = list.idsOf(call)
  refuseUnselected(call, list)
  ids.delete(memberRepository(call, organizationOf(call)).id)
  list.changed?.(call)
  return NO_CONTENT
}

/** "409: Conflict when visibility type is not set to selected." That it has a text is reported, in which words is not. */
function refuseUnselected(call: Call, list: SelectedRepositories): void {
  const problem = list.unselected(call)
  if (problem !== undefined) throw noSelection(problem)
}
