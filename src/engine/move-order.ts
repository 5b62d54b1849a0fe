import { formatAddress } from '../core/address.ts'
import type { Send } from '../core/send.ts'
import type { Work } from '../core/work.ts'

/** The members of a run between which others move, such as runners between groups. */
export interface MoveOrder {
  /** Each after those that what leaves it goes to: it opens once that has left. */
  readonly sorted: readonly Work[]
  /** Whether a request moves something round a circle of them: no order has each of them wait for the others. */
  isCircular(work: Work, send: Send): boolean
}

/** The order of some of the changes of a run, by what all of its changes move between their members. Pure. */
export function moveOrder(some: readonly Work[], all: Iterable<Work>): MoveOrder {
  const ofAddress = new Map(some.map((work) => [work.change.address, work]))
  const goesTo = new Map<string, Set<string>>()
  for (const work of some.length > 0 ? all : []) {
    for (const send of work.sends) {
      const { from, to } = endsOf(work, send) ?? {}
      if (from === undefined || to === undefined || !ofAddress.has(from) || !ofAddress.has(to)) continue
      goesTo.set(from, (goesTo.get(from) ?? new Set()).add(to))
    }
  }
  const reached = (start: string): ReadonlySet<string> => {
    const found = new Set<string>()
    const follow = (place: string): void => {
      for (const next of goesTo.get(place) ?? []) {
        if (found.has(next)) continue
        found.add(next)
        follow(next)
      }
    }
    follow(start)
    return found
  }
  const sorted = new Set<Work>()
  const visited = new Set<string>()
  const visit = (address: string): void => {
    if (visited.has(address)) return
    visited.add(address)
    for (const target of goesTo.get(address) ?? []) visit(target)
    const work = ofAddress.get(address)
    if (work) sorted.add(work)
  }
  for (const address of ofAddress.keys()) visit(address)
  return {
    sorted: [...sorted],
    isCircular(work, send) {
      const { from, to } = endsOf(work, send) ?? {}
      return from !== undefined && to !== undefined && reached(to).has(from)
    },
  }
}

/** The addresses that the request moves something from and to. */
function endsOf({ scope }: Work, { fills }: Send): { readonly from: string; readonly to: string } | undefined {
  if (fills?.from === undefined) return undefined
  const { family, key, from } = fills
  return { from: formatAddress(scope, family, from), to: formatAddress(scope, family, key) }
}
