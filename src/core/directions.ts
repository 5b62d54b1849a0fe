import type { Family } from './family.ts'
import { getPath } from './json.ts'
import { fieldAt } from './leaves.ts'
import type { Send } from './send.ts'
import { isWider } from './wider.ts'

/**
 * The order of requests: narrowing ones first, then those that put something else in the place of settings below, widening ones
 * after them, then releasing ones, and at the very end those that open only after the release.
 */
export const PHASES = ['narrow', 'replace', 'widen', 'last', 'open'] as const

export type Phase = (typeof PHASES)[number]

interface Sides {
  readonly before: object | undefined
  readonly after: object | undefined
  /** Whether any repository gains access by the change as a whole. */
  readonly gains: boolean
}

/**
 * The phase of each request of one change. Requests that GitHub takes only one after the other form a chain and go
 * together: a switch that narrows, and the list that it makes hold, are one step.
 */
export function phasesOf(family: Family, sends: readonly Send[], sides: Sides): Phase[] {
  const phases: Phase[] = []
  for (let start = 0; start < sends.length; ) {
    let end = start + 1
    while (sends[end]?.needsPrevious) end += 1
    const chain = sends.slice(start, end)
    const phase = chainWidens(family, chain, sides) ? 'widen' : 'narrow'
    for (const send of chain) phases.push(send.opens ? 'open' : send.last ? 'last' : (send.phase ?? phase))
    start = end
  }
  return phases
}

/** The changed fields that give access, by dotted path. */
export function widenedFields(
  family: Family,
  sends: readonly Send[],
  changed: ReadonlySet<string>,
  sides: Sides,
): string[] {
  const phases = phasesOf(family, sends, sides)
  const fieldsOf = (wanted: readonly Phase[]): Set<string> =>
    new Set(sends.flatMap((send, index) => (wanted.includes(phases[index] ?? 'widen') ? send.fields : [])))
  const [narrowing, others] = [fieldsOf(['narrow', 'replace']), fieldsOf(['widen', 'last', 'open'])]
  const narrows = (path: string): boolean => narrowing.has(path) && !others.has(path)
  return [...changed].filter((path) => !narrows(path) && leafWidens(family, path, sides)).sort()
}

/**
 * Whether requests that go together give access. A field that had no live value because of its switch follows the
 * switch, in one request with it or after it.
 */
function chainWidens(family: Family, chain: readonly Send[], sides: Sides): boolean {
  const { before } = sides
  if (before === undefined) return sides.after !== undefined
  const dormant = (path: string): boolean => getPath(before, path) === undefined
  const fields = chain.flatMap((send) => send.fields)
  const live = fields.filter((path) => !dormant(path))
  if (chain.some((send) => send.fields.some((path) => !dormant(path) && sendWidens(family, send, path, sides))))
    return true
  const follows = live.length > 0 && !sides.gains
  return !follows && fields.some((path) => dormant(path) && leafWidens(family, path, sides))
}

/** A request that takes an item out of a list gives no access, even if another request adds one. */
function sendWidens(family: Family, send: Send, path: string, sides: Sides): boolean {
  const takesOut = send.route.startsWith('DELETE ') && fieldAt(family, path).wider === 'more'
  return !takesOut && leafWidens(family, path, sides)
}

function leafWidens(family: Family, path: string, sides: Sides): boolean {
  const before = sides.before && getPath(sides.before, path)
  const after = sides.after && getPath(sides.after, path)
  return isWider(fieldAt(family, path), before, after)
}
