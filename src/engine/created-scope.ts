import { encodeName, formatScope } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { HeldBack } from '../core/held-back.ts'
import { holderOf } from '../core/holder.ts'
import type { Live } from '../core/live.ts'
import type { Scope } from '../core/scope.ts'

/**
 * The state of a scope that is a member of another one. `created`: the section that holds it was read and lacks it, and this
 * run creates it, so that nothing is in it yet. `missing`: it is not there, and this run does not create it.
 * @param desired and `live` by section address
 * @param inRun whether the run may change an address
 */
export function stateOfScope(
  scope: Scope,
  desired: ReadonlyMap<string, DesiredSection>,
  live: ReadonlyMap<string, readonly Live[]>,
  inRun: (address: string) => boolean,
): 'created' | 'missing' | 'to be read' {
  const holder = holderOf(scope)?.section
  const there = holder === undefined ? undefined : live.get(holder)
  if (holder === undefined || there === undefined) return 'to be read'
  const isIt = (address: string): boolean => address.toLowerCase() === formatScope(scope).toLowerCase()
  if (there.some(({ key }) => isIt(`${holder}/${encodeName(key)}`))) return 'to be read'
  const members = desired.get(holder)?.members ?? []
  const isWanted = members.some(({ address, state }) => state === 'present' && isIt(address) && inRun(address))
  return isWanted ? 'created' : 'missing'
}

/** Holds back each desired member of a scope that is not there. */
export function heldInMissing(
  { scope, members }: DesiredSection,
  inRun: (address: string) => boolean,
): readonly HeldBack[] {
  const place = formatScope(scope)
  return members
    .filter(({ state, address }) => state === 'present' && inRun(address))
    .map(({ address, source }) => {
      const reason = `${place} does not exist, and this run does not create it`
      return { address, field: null, reason, source, help: `Apply ${place} too.` }
    })
}
