import { formatAddress } from '../core/address.ts'
import { PHASES, type Phase } from '../core/directions.ts'
import type { Send } from '../core/send.ts'
import type { Work } from '../core/work.ts'
import { moveOrder } from './move-order.ts'

/** By change, the order of each of its requests. */
export type Orders = ReadonlyMap<Work, readonly number[]>

/**
 * Puts what chooses of a member that another change brings right after that change, before the other requests of the run: until
 * then GitHub lets all below use the member. Orders that come in are whole numbers; the new ones lie between them.
 * @returns with it, when a request may fill a member that a change brings below; 0 for any time
 */
export function besideBringers(orders: Orders): {
  readonly orders: Orders
  filledAt(work: Work, send: Send): number
} {
  const below = new Map<string, Work[]>()
  for (const work of orders.keys()) {
    if (work.comesBy === undefined) continue
    const others = below.get(work.comesBy.address)
    if (others === undefined) below.set(work.comesBy.address, [work])
    else others.push(work)
  }
  const found = [...orders.keys()].filter(({ change }) => below.has(change.address))
  const { sorted: bringers, isCircular } = moveOrder(found, orders.keys())
  const moved = new Map(orders)
  const filled = new Map<string, number>()
  const share = 1 / (bringers.length + 2)
  if (bringers.length > 0) {
    for (const [work, own] of orders) moved.set(work, afterFilling(work, own, 1 - share / 6))
  }
  for (const [index, bringer] of bringers.entries()) {
    const own = (orders.get(bringer) ?? []).map((order) => order + (index + 1) * share)
    moved.set(bringer, own)
    const brings = own.filter((_, each) => !bringer.sends[each]?.fills)
    const phase = latestOf(bringer.phases.filter((_, each) => !bringer.sends[each]?.fills))
    const soon = greatest(brings, Number.NEGATIVE_INFINITY) + share / 3
    for (const work of below.get(bringer.change.address) ?? []) {
      const chosen = (orders.get(work) ?? []).map((order, each) => {
        return latestOf(work.phases.slice(each, each + 1)) > phase ? order : soon
      })
      moved.set(work, chosen)
      const before = filled.get(bringer.change.address) ?? 0
      filled.set(
        bringer.change.address,
        greatest(
          chosen.map((order) => order + share / 3),
          before,
        ),
      )
    }
  }
  return {
    orders: moved,
    filledAt(work, send) {
      const { fills } = send
      // All of a circle are filled while they are closed: what one holds would be used there by those that come to it.
      if (fills === undefined || isCircular(work, send)) return 0
      return filled.get(formatAddress(work.scope, fills.family, fills.key)) ?? 0
    },
  }
}

/** A group that opens once something has left it waits for that, which may fill another group that opens in the same phase. */
function afterFilling({ phases }: Work, own: readonly number[], later: number): readonly number[] {
  return own.map((order, index) => (phases[index] === 'open' ? order + later : order))
}

function greatest(numbers: readonly number[], least: number): number {
  return numbers.reduce((most, number) => Math.max(most, number), least)
}

function latestOf(phases: readonly Phase[]): number {
  return phases.reduce((last, phase) => Math.max(last, PHASES.indexOf(phase)), 0)
}
