import { parseAddress } from '../core/address.ts'
import { listedWord, ownerOf } from '../core/scope.ts'
import { count } from './row.ts'

/** So many of those that may use the setting at an address: `3 repositories`, or `1 organization` of an enterprise's. */
export function countReached(number: number, address: string): string {
  const scope = parseAddress(address)?.scope
  const word = scope ? listedWord(ownerOf(scope)) : 'repository'
  return count(number, word, MANY[word])
}

const MANY = { repository: 'repositories', organization: 'organizations' } as const
