import { parseAddress } from '../core/address.ts'
import type { AccessTo } from '../core/plan.ts'
import { isEnterprise, listedWord, ownerOf } from '../core/scope.ts'
import { count } from './row.ts'

/**
 * So many of those that may use the setting at an address: `3 repositories`; of an enterprise's `1 organization and 2
 * repositories`, whose names have their organization before them.
 */
export function countReached(reached: readonly Pick<AccessTo, 'repository'>[], address: string): string {
  const scope = parseAddress(address)?.scope
  const owner = scope ? ownerOf(scope) : ''
  const word = listedWord(owner)
  const below = isEnterprise(owner) ? reached.filter(({ repository }) => repository.includes('/')).length : 0
  const own = reached.length - below
  if (below === 0) return count(own, word, MANY[word])
  const through = count(below, 'repository', MANY.repository)
  return own === 0 ? through : `${count(own, word, MANY[word])} and ${through}`
}

const MANY = { repository: 'repositories', organization: 'organizations' } as const
