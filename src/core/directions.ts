import type { Family, Send } from './family.ts'
import { getPath } from './json.ts'
import { fieldAt } from './leaves.ts'
import { isWider } from './wider.ts'

/** When a request goes: what narrows first, what widens after it, what lets go of something at the very end. */
export type Phase = 'narrow' | 'widen' | 'last'

interface Sides {
  readonly before: object | undefined
  readonly after: object | undefined
  /** Whether any repository gains access by the change as a whole. */
  readonly gains: boolean
}

/**
 * The phase of each request of one change. Requests that GitHub takes only one after the other form a chain and go
 * together: a switch that narrows, and the list that it makes hold, are one step. A field that had no live value
 * because its switch was elsewhere follows the switch.
 */
export function phasesOf(family: Family, sends: readonly Send[], sides: Sides): Phase[] {
  const phases: Phase[] = []
  for (let start = 0; start < sends.length; ) {
    let end = start + 1
    while (sends[end]?.needsPrevious) end += 1
    const chain = sends.slice(start, end)
    const phase = chain.some((send) => widens(family, send, chain[0], sides)) ? 'widen' : 'narrow'
    for (const send of chain) phases.push(send.last ? 'last' : phase)
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
  const narrowing = new Set(sends.flatMap((send, index) => (phases[index] === 'narrow' ? send.fields : [])))
  return [...changed].filter((path) => !narrowing.has(path) && leafWidens(family, path, sides)).sort()
}

function widens(family: Family, send: Send, first: Send | undefined, sides: Sides): boolean {
  if (sides.before === undefined) return sides.after !== undefined
  const follows = first !== undefined && first !== send && !first.fields.some((path) => leafWidens(family, path, sides))
  return send.fields.some((path) => {
    if (!leafWidens(family, path, sides)) return false
    const dormant = getPath(sides.before as object, path) === undefined
    return !(follows && dormant && !sides.gains)
  })
}

function leafWidens(family: Family, path: string, sides: Sides): boolean {
  const before = sides.before && getPath(sides.before, path)
  const after = sides.after && getPath(sides.after, path)
  return isWider(fieldAt(family, path), before, after)
}
