import type { Repository } from '../../world/store.ts'

/** `private` takes internal repositories in: they have `private: true`. */
export function isOfType(repository: Repository, type: string): boolean {
  if (type === 'public' || type === 'internal') return repository.visibility === type
  if (type === 'private') return repository.visibility !== 'public'
  if (type === 'forks') return repository.fork
  if (type === 'sources') return !repository.fork
  return true
}

/** By creation, the newest first, unless the query asks otherwise; `full_name` runs from a to z by itself. */
export function sortedBy(repositories: Repository[], query: Readonly<Record<string, string>>): Repository[] {
  const sort = query.sort ?? 'created'
  const direction = query.direction ?? (sort === 'full_name' ? 'asc' : 'desc')
  const key = (each: Repository): string => {
    if (sort === 'full_name') return each.name.toLowerCase()
    return sort === 'updated' ? each.updatedAt : each.createdAt
  }
  const ascending = repositories.sort((a, b) => compare(key(a), key(b)) || a.id - b.id)
  return direction === 'asc' ? ascending : ascending.reverse()
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
