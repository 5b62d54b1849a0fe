import { formatScope } from './address.ts'
import { repositoryOf, writesByName } from './by-name.ts'
import type { Work } from './work.ts'

/**
 * Counts each request of each change with the reads before it, of its member itself where another change brings that; one
 * public key per scope that a value is sent to; and once the id of each repository that is written to by its name.
 */
export function countRequests(works: readonly Work[]): number {
  const keys = new Set<string>()
  const named = new Set<string>()
  let count = 0
  for (const { sends, scope, family, comesBy } of works) {
    for (const { rereads } of sends) count += 1 + (rereads?.length ?? 0)
    if (comesBy) count += 1
    const repository = sends.some(({ route }) => writesByName(route)) ? repositoryOf(scope) : undefined
    if (repository !== undefined) named.add(repository)
    if (sends.some((send) => send.seals)) keys.add(`${formatScope(scope)}/${family.name}`)
  }
  return count + keys.size + named.size
}
