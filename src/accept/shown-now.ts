import type { Known, Wanted } from '../core/family.ts'
import { at as familyAt } from '../core/family-at.ts'
import type { Document } from '../core/json.ts'
import { liveOf } from '../core/live-of.ts'
import type { AddressContext } from './address-context.ts'

/**
 * The member as GitHub has it now. The live side of a plan is what the member will have once the levels above are as the
 * configuration wants them: a value that they hide today is not in it, and one that they will dictate is.
 */
export function shownNow(at: AddressContext): Document | undefined {
  const { facts, section, live } = at.planned
  const wanted = section.members.find(({ key }) => key === at.key)
  const there = wanted && liveOf(at.family, wanted, live)
  if (wanted === undefined || there === undefined) return undefined
  const known = withAboveAsItIs(facts.known)
  return (familyAt(at.family, at.scope)?.align?.(wanted, there, known, at.scope).live ?? there.spec) as Document
}

/** The facts of a configuration that says of the levels above what GitHub has there, as far as this one speaks of it. */
export function withAboveAsItIs(known: Known): Known {
  return {
    ...known,
    once: (_, work) => work(),
    desired(family, from) {
      const desired = known.desired(family, from)
      if (from === 'here') return desired
      const live = known.live(family, from)
      return desired?.flatMap((wanted) => asItIs(wanted, live?.find(({ key }) => key === wanted.key)?.spec))
    },
  }
}

function asItIs(wanted: Wanted, spec: object | undefined): readonly Wanted[] {
  if (spec === undefined) return []
  const spoken = new Set([...Object.keys(wanted.spec), ...Object.keys(wanted.edits).map((path) => path.split('.')[0])])
  const kept = Object.entries(spec).filter(([field]) => spoken.has(field))
  return [{ ...wanted, spec: Object.fromEntries(kept), edits: {} }]
}
