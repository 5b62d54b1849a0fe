import { formatScope } from '../core/address.ts'
import { PHASES } from '../core/directions.ts'
import type { Family } from '../core/family.ts'
import { LADDER, LEVELS } from '../core/scope.ts'
import { putsValue, type Work } from '../core/work.ts'
import { besideBringers } from './beside-bringers.ts'
import { inNeedOrder } from './need-order.ts'

/** One request of one change. */
export interface Step {
  readonly work: Work
  /** Index into the change's requests. */
  readonly index: number
}

/**
 * Requests that may go side by side: the steps of one scope in order, scopes among each other in any, and so are the members
 * of a family that has them apart: the steps of each in order.
 */
export type Wave = readonly (readonly Step[])[]

/**
 * The order of a run: narrowing writes before widening ones, releasing ones last; within that from wide to narrow (where
 * something takes the place of settings below, from narrow to wide) and in the order that families need one another, deletes in the reverse; what chooses of a member that another change brings comes
 * right after that one. Pure.
 */
export function schedule(works: readonly Work[], families: readonly Family[]): Wave[] {
  const ranks = rankOf(families)
  const waves = new Map<number, Map<string | Work, Step[]>>()
  const places = placesIn(works)
  const { orders, filledAt } = besideBringers(new Map(works.map((work) => [work, ordersOf(work)])))
  for (const work of works) {
    const chain = work.family.apart ? work : formatScope(work.scope)
    for (const [index, own] of (orders.get(work) ?? []).entries()) {
      const send = work.sends[index]
      const order = Math.max(own, send ? filledAt(work, send) : 0)
      const chains = waves.get(order) ?? new Map<string | Work, Step[]>()
      waves.set(order, chains)
      const steps = chains.get(chain)
      if (steps === undefined) chains.set(chain, [{ work, index }])
      else steps.push({ work, index })
    }
  }
  return [...waves].sort(([left], [right]) => left - right).map(([, chains]) => [...chains.values()])

  function ordersOf(work: Work): readonly number[] {
    const place =
      work.comesBy?.address.toLowerCase() ??
      (LADDER[work.scope.type].rooted ? undefined : formatScope(work.scope).toLowerCase())
    const earliest = earliestOf(work, place === undefined ? undefined : places.get(place))
    const rank = LEVELS.indexOf(work.scope.type) * families.length + (ranks.get(work.family.name) ?? 0)
    return work.sends.map((_, index) => orderOf(work, { index, earliest }, rank, LEVELS.length * families.length))
  }
}

interface Place {
  readonly isCreated: boolean
  /** The phase at whose end the member is written whole, but for what comes after changes below. */
  readonly last: number
}

/** By address, each member that is created or updated, and may be a scope that others are in. */
function placesIn(works: readonly Work[]): ReadonlyMap<string, Place> {
  const written = works.filter(({ change }) => change.action !== 'delete')
  return new Map(
    written.map(({ change, phases, sends }) => {
      const last = lastPhase(phases.filter((_, index) => !sends[index]?.fills))
      return [change.address.toLowerCase(), { isCreated: change.action === 'create', last }]
    }),
  )
}

/**
 * Members of a place come no sooner than the place itself, a value no sooner than all that protects the place, and a change of
 * what another one brings no sooner than that.
 */
function earliestOf(work: Work, place: Place | undefined): number {
  return place !== undefined && (place.isCreated || work.comesBy || putsValue(work)) ? place.last : 0
}

function lastPhase(phases: Work['phases']): number {
  return phases.reduce((last, phase) => Math.max(last, PHASES.indexOf(phase)), 0)
}

function orderOf(
  work: Work,
  { index, earliest }: { readonly index: number; readonly earliest: number },
  rank: number,
  ranks: number,
): number {
  const phase = Math.max(earliest, PHASES.indexOf(work.phases[index] ?? 'widen'))
  // Settings below are written before something takes their place.
  const isUpward = phase === PHASES.indexOf('replace')
  const within = work.change.action === 'delete' ? ranks + (ranks - rank) : isUpward ? ranks - rank : rank
  return phase * 2 * (ranks + 1) + within
}

function rankOf(families: readonly Family[]): ReadonlyMap<string, number> {
  const ranks = inNeedOrder(families)
  return new Map(ranks.flatMap((rank, index) => rank.map(({ name }) => [name, index] as const)))
}
