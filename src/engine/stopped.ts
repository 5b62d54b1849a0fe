import { formatScope } from '../core/address.ts'
import { LEVELS, type Scope, scopeAbove } from '../core/scope.ts'
import type { Work } from '../core/work.ts'
import type { Progress } from './outcome-of.ts'

type Test = (work: Work, progress: Progress) => boolean

/**
 * The changes of a run that stopped before their end, by place: each request asks for those that it must not go without,
 * and a run has tens of thousands of both. Of several the first in the order of the run is found.
 */
export interface Stopped {
  /** Takes up how far a change has come. */
  note(work: Work, progress: Progress): void
  /** Of the scope itself, where it is a member of another one. */
  ofScope(scope: Scope): Work | undefined
  /** Of the member at an address. */
  member(address: string, test: Test): Work | undefined
  /** Of a member that the change of this address has brought. */
  broughtBy(address: string): Work | undefined
  /** In the scope, of any of these families. */
  inSections(families: readonly string[], scope: Scope, test: Test): Work | undefined
  /** In scopes right below this one, and in those of all levels further down, of any owner. */
  below(family: string, scope: Scope, test: Test): Work | undefined
}

/** @param works in the order of the run */
export function createStopped(works: readonly Work[]): Stopped {
  const order = new Map(works.map((work, index) => [work, index]))
  const states = new Map<Work, Progress>()
  const places = new Map<string, Work[]>()
  const add = (place: string, work: Work): void => {
    const there = places.get(place)
    if (there === undefined) places.set(place, [work])
    else there.push(work)
  }
  const first = (keys: readonly string[], test: Test): Work | undefined => {
    let found: Work | undefined
    for (const work of keys.flatMap((key) => places.get(key) ?? [])) {
      const state = states.get(work)
      if (state === undefined || (found && placeOf(found) <= placeOf(work)) || !test(work, state)) continue
      found = work
    }
    return found
  }
  const placeOf = (work: Work): number => order.get(work) ?? works.length
  return {
    note(work, progress) {
      if (!(progress.error || progress.held)) {
        states.delete(work)
        return
      }
      if (!states.has(work)) for (const place of placesOf(work)) add(place, work)
      states.set(work, progress)
    },
    ofScope: (scope) => first([memberAt(formatScope(scope))], () => true),
    member: (address, test) => first([memberAt(address)], test),
    broughtBy: (address) => first([brought(address)], () => true),
    inSections(families, scope, test) {
      return first(
        families.map((family) => sectionAt(family, scope)),
        test,
      )
    },
    below(family, scope, test) {
      const further = LEVELS.slice(LEVELS.indexOf(scope.type) + 2).map((level) => levelOf(family, level))
      return first([rightBelow(family, scope), ...further], test)
    },
  }
}

/** The places at which a change is looked for. */
function placesOf({ change, family: { name }, scope, comesBy }: Work): readonly string[] {
  const above = scopeAbove(scope)
  return [
    memberAt(change.address),
    sectionAt(name, scope),
    levelOf(name, scope.type),
    ...(above === undefined ? [] : [rightBelow(name, above)]),
    ...(comesBy === undefined ? [] : [brought(comesBy.address)]),
  ]
}

const memberAt = (address: string): string => `at ${address.toLowerCase()}`
const brought = (by: string): string => `brought by ${by.toLowerCase()}`
const sectionAt = (family: string, scope: Scope): string => `${family} in ${formatScope(scope)}`
const rightBelow = (family: string, above: Scope): string => `${family} below ${formatScope(above)}`
const levelOf = (family: string, level: Scope['type']): string => `${family} of each ${level}`
