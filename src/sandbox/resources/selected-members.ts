import { integers, required } from '../http/body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  enterpriseOf,
  idParam,
  memberRepository,
  NO_CONTENT,
  organizationOf,
  type Route,
  seenBy,
} from '../http/call.ts'
import { noSelection, notFound, type Refusal } from '../http/errors.ts'
import { listAnswer } from '../http/page.ts'
import { organizationsOf } from '../world/enterprises.ts'
import type { Organization } from '../world/owners.ts'
import { type Repository, repositoriesIn } from '../world/store.ts'
import { memberIds, organizationIds } from './members.ts'

/** The things that a list may hold, and the words of its routes. */
interface Kind<Member extends { readonly id: number }> {
  readonly key: 'repositories' | 'organizations'
  /** The path parameter that names one of them. */
  readonly item: string
  /** The field of a body that replaces the list. */
  readonly sent: string
  /** Those of the ids that the token sees. */
  seen(call: Call, ids: ReadonlySet<number>): readonly Member[]
  /** @throws Refusal 422, with nothing changed, when one of the ids is none of the owner's */
  checked(call: Call, ids: readonly number[]): ReadonlySet<number>
  /** The one that the path names. @throws Refusal 404 when it is none of the owner's */
  named(call: Call): Member
}

const REPOSITORIES: Kind<Repository> = {
  key: 'repositories',
  item: 'repository_id',
  sent: 'selected_repository_ids',
  seen: (call, ids) => seenBy(call, repositoriesIn(call.world, ids)),
  checked: (call, ids) => memberIds(call, organizationOf(call), ids),
  named: (call) => memberRepository(call, organizationOf(call)),
}

const ORGANIZATIONS: Kind<Organization> = {
  key: 'organizations',
  item: 'org_id',
  sent: 'selected_organization_ids',
  seen: (call, ids) => organizationsOf(call.world, enterpriseOf(call)).filter(({ id }) => ids.has(id)),
  checked: (call, ids) => organizationIds(call, enterpriseOf(call), ids),
  named(call) {
    const id = idParam(call, 'org_id')
    const found = organizationsOf(call.world, enterpriseOf(call)).find((each) => each.id === id)
    if (!found) throw notFound()
    return found
  },
}

type RouteAccess = Pick<Route, 'permission' | 'scope' | 'since' | 'asker' | 'notOn'>

/** A list of those that may use something, and what its routes do beside the list. */
interface SelectedMembers<Member> {
  /** The path of what has the list. */
  readonly template: string
  readonly read: RouteAccess
  readonly write: RouteAccess
  /** The ids in the list of what the path names, changed in place. @throws Refusal 404 when there is no such thing */
  idsOf(call: Call): Set<number>
  /**
   * Why GitHub has no list there now, such as a `visibility` that is not `selected`, or the answer where its description has
   * one; undefined where it has a list.
   */
  unselected(call: Call): string | Refusal | undefined
  /**
   * The requests for the whole list that GitHub refuses with 409 then; it always refuses to add or remove one. A list that
   * it answers is empty then, and one that it takes counts once it is in force.
   */
  readonly refuses: readonly ('GET' | 'PUT')[]
  present(call: Call, member: Member): object
  /** Called for each member that comes to the list. */
  added?(member: Member): void
  /** Called after each change. */
  changed?(call: Call): void
}

/** The routes of a list of an organization's repositories: to read and to replace it, to add and to remove one. */
export function selectedRepositories(list: SelectedMembers<Repository>): readonly Route[] {
  return routesOf(REPOSITORIES, list)
}

/** The same of an enterprise's organizations. */
export function selectedOrganizations(list: SelectedMembers<Organization>): readonly Route[] {
  return routesOf(ORGANIZATIONS, list)
}

function routesOf<Member extends { readonly id: number }>(
  kind: Kind<Member>,
  list: SelectedMembers<Member>,
): readonly Route[] {
  const all = `${list.template}/${kind.key}`
  const one = `${all}/{${kind.item}}`
  const write = (handle: (call: Call, ids: Set<number>) => void) => (call: Call) => {
    handle(call, list.idsOf(call))
    list.changed?.(call)
    return NO_CONTENT
  }
  const add = write((call, ids) => {
    refuseUnselected(call, list)
    const member = kind.named(call)
    if (!ids.has(member.id)) list.added?.(member)
    ids.add(member.id)
  })
  const remove = write((call, ids) => {
    refuseUnselected(call, list)
    ids.delete(kind.named(call).id)
  })
  return [
    { ...list.read, method: 'GET', template: all, handle: (call) => read(call, kind, list) },
    { ...list.write, method: 'PUT', template: all, handle: write((call, ids) => replace(call, kind, list, ids)) },
    { ...list.write, method: 'PUT', template: one, handle: add },
    { ...list.write, method: 'DELETE', template: one, handle: remove },
  ]
}

function read<Member extends { readonly id: number }>(
  call: Call,
  kind: Kind<Member>,
  list: SelectedMembers<Member>,
): Answer {
  const ids = list.idsOf(call)
  if (list.refuses.includes('GET')) refuseUnselected(call, list)
  const listed = list.unselected(call) === undefined ? kind.seen(call, ids) : []
  return listAnswer(call, kind.key, listed, (each) => list.present(call, each))
}

function replace<Member extends { readonly id: number }>(
  call: Call,
  kind: Kind<Member>,
  list: SelectedMembers<Member>,
  ids: Set<number>,
): void {
  if (list.refuses.includes('PUT')) refuseUnselected(call, list)
  const sent = kind.checked(call, required(integers(bodyOf(call), kind.sent), kind.sent))
  for (const member of kind.seen(call, sent)) if (!ids.has(member.id)) list.added?.(member)
  ids.clear()
  for (const id of sent) ids.add(id)
}

/** "409: Conflict when visibility type is not set to selected." That it has a text is reported, in which words is not. */
function refuseUnselected(call: Call, list: Pick<SelectedMembers<never>, 'unselected'>): void {
  const problem = list.unselected(call)
  if (problem !== undefined) throw typeof problem === 'string' ? noSelection(problem) : problem
}
