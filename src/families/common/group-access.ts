import type { Known } from '../../core/family.ts'
import { reachOf } from './selected-access.ts'

/** The settings of a runner group that say who may use what is in it. */
export interface GroupAccess {
  readonly visibility?: 'selected' | 'private' | 'all'
  /** Of an organization's. */
  readonly repositories?: readonly string[]
  /** Of an enterprise's. */
  readonly organizations?: readonly string[]
  readonly allows_public_repositories?: boolean
}

/** The names in a group's list, which has one of either kind. */
export function listedIn({ repositories, organizations = repositories }: GroupAccess): readonly string[] | undefined {
  return organizations
}

/** Ids of the repositories (of an enterprise: organizations) that may use a group with these settings. */
export function reachGroup(spec: GroupAccess, known: Known): readonly number[] {
  const ids = reachOf(spec.visibility, listedIn(spec), known)
  if (letsPublicIn(spec, known)) return ids
  return ids.filter((id) => known.repositories.byId.get(id)?.visibility !== 'public')
}

/** A group without the switch is a future one: closed, where GitHub can close it. */
export function letsPublicIn(spec: GroupAccess, { product }: Pick<Known, 'product'>): boolean {
  if (spec.visibility === 'private') return false
  const { allows_public_repositories: open } = spec
  return (
    open ?? !product.accepts('PATCH /orgs/{org}/actions/runner-groups/{runner_group_id}', 'allows_public_repositories')
  )
}

/** Whether its list is in force and was not read. */
export function isUnread(group: GroupAccess): boolean {
  return group.visibility === 'selected' && listedIn(group) === undefined
}
