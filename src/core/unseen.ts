import type { Family } from './family.ts'
import { listsOwned } from './field.ts'
import { joinedMap } from './joined-map.ts'
import { getPath } from './json.ts'
import { fieldAt, leavesOf } from './leaves.ts'
import { indexRepositories, type Repositories } from './repository.ts'
import type { ScopeType } from './scope.ts'

/**
 * The repositories that a live document lists and the owner's listing lacks: the credential does not see them all, or
 * one was renamed, deleted or shifted across pages while it was read. In either case they may be wanted.
 */
export function unseenIn(
  family: Family,
  scope: ScopeType,
  live: object | undefined,
  repositories: Repositories,
): readonly string[] {
  if (live === undefined) return []
  return leavesOf(family, scope)
    .filter((leaf) => listsOwned(fieldAt(family, leaf)))
    .flatMap((leaf) => unseenAmong(getPath(live, leaf), repositories))
}

/** Those of a list's names that the listing lacks. */
export function unseenAmong(list: unknown, repositories: Repositories): readonly string[] {
  return Array.isArray(list) ? list.filter((name: string) => !repositories.byName.has(name)) : []
}

/** The listing with these added, so that their loss of access is reported and counted. GitHub has no negative ids. */
export function withUnseen(repositories: Repositories, names: readonly string[]): Repositories {
  const missing = [...new Set(names)].filter((name) => !repositories.byName.has(name))
  if (missing.length === 0) return repositories
  const unseen = missing.map((name, index) => {
    return { id: -1 - index, name, visibility: 'private', fork: false, archived: false, topics: [] } as const
  })
  const added = indexRepositories(unseen, 'complete')
  const { byName, byId, complete } = repositories
  return {
    get all() {
      return [...repositories.all, ...unseen]
    },
    byName: joinedMap(byName, added.byName),
    byId: joinedMap(byId, added.byId),
    complete,
  }
}
