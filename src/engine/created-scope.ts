import { encodeName, formatAddress, formatScope } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Live } from '../core/family.ts'
import { LADDER, type Scope, scopeAbove } from '../core/scope.ts'
import type { Work } from '../core/work.ts'

/** The section that holds a scope as one of its members, such as the environments of a repository; undefined of a scope that is no member. */
export function holderOf(scope: Scope): string | undefined {
  const { rooted, key } = LADDER[scope.type]
  const above = rooted ? undefined : scopeAbove(scope)
  return above && formatAddress(above, key, '')
}

/**
 * Whether this run creates the scope: the section that holds it was read and lacks it, and the configuration gives it. What
 * is in it then is nothing, and not unreadable.
 * @param desired and `live` by section address
 */
export function isCreatedHere(
  scope: Scope,
  desired: ReadonlyMap<string, DesiredSection>,
  live: ReadonlyMap<string, readonly Live[]>,
): boolean {
  const holder = holderOf(scope)
  const there = holder === undefined ? undefined : live.get(holder)
  if (holder === undefined || there === undefined) return false
  const isIt = (address: string): boolean => address.toLowerCase() === formatScope(scope).toLowerCase()
  const members = desired.get(holder)?.members ?? []
  const isWanted = members.some(({ address, state }) => state === 'present' && isIt(address))
  return isWanted && !there.some(({ key }) => isIt(`${holder}/${encodeName(key)}`))
}

/** Whether a change creates the scope of another one: its member stands at the path of that scope. */
export function creates({ change }: Work, scope: Scope): boolean {
  return change.action === 'create' && change.address.toLowerCase() === formatScope(scope).toLowerCase()
}
