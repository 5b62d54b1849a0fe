import { formatScope } from '../core/address.ts'
import { PHASES } from '../core/directions.ts'
import type { Family } from '../core/family.ts'
import { LADDER, LEVELS } from '../core/scope.ts'
import { putsValue, type Work } from '../core/work.ts'
import { inNeedOrder } from './need-order.ts'

/** One request of one change. */
export interface Step {
  readonly work: Work
  /** Index into the change's requests. */
  readonly index: number
}

/** Requests that may go side by side: the steps of one scope in order, scopes among each other in any. */
export type Wave = readonly (readonly Step[])[]

/**
 * The order of a run: narrowing writes before widening ones, releasing ones last; within that from wide to narrow and
 * in the order that families need one another, deletes in the reverse. Pure.
 */
export function schedule(works: readonly Work[], families: readonly Family[]): Wave[] {
  const ranks = rankOf(families)
  const waves = new Map<number, Map<string, Step[]>>()
  const places = placesIn(works)
  for (const work of works) {
    const earliest = LADDER[work.scope.type].rooted ? 0 : earliestOf(work, places)
    const rank = LEVELS.indexOf(work.scope.type) * families.length + (ranks.get(work.family.name) ?? 0)
    for (const [index] of work.sends.entries()) {
      const order = orderOf(work, { index, earliest }, rank, LEVELS.length * families.length)
      const scopes = waves.get(order) ?? new Map<string, Step[]>()
      waves.set(order, scopes)
      const scope = formatScope(work.scope)
      const steps = scopes.get(scope)
      if (steps === undefined) scopes.set(scope, [{ work, index }])
      else steps.push({ work, index })
    }
  }
  return [...waves].sort(([left], [right]) => left - right).map(([, scopes]) => [...scopes.values()])
}

interface Place {
  readonly isCreated: boolean
  /** The phase at whose end the member is written whole. */
  readonly last: number
}

/** By address, each member that is created or updated, and may be a scope that others are in. */
function placesIn(works: readonly Work[]): ReadonlyMap<string, Place> {
  const written = works.filter(({ change }) => change.action !== 'delete')
  return new Map(
    written.map(({ change, phases }) => {
      return [change.address.toLowerCase(), { isCreated: change.action === 'create', last: lastPhase(phases) }]
    }),
  )
}

/** Members of a place come no sooner than the place itself, and a value no sooner than all that protects the place. */
function earliestOf(work: Work, places: ReadonlyMap<string, Place>): number {
  const place = places.get(formatScope(work.scope).toLowerCase())
  return place !== undefined && (place.isCreated || putsValue(work)) ? place.last : 0
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
  const within = work.change.action === 'delete' ? ranks + (ranks - rank) : rank
  return phase * 2 * (ranks + 1) + within
}

function rankOf(families: readonly Family[]): ReadonlyMap<string, number> {
  const ranks = inNeedOrder(families)
  return new Map(ranks.flatMap((rank, index) => rank.map(({ name }) => [name, index] as const)))
}
