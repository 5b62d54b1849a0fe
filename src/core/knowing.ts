import { formatAddress } from './address.ts'
import type { DesiredMember } from './desired.ts'
import type { Known, Wanted } from './family.ts'
import { withPath } from './json.ts'
import { onceEach } from './once.ts'
import { type Scope, scopeAbove } from './scope.ts'

/** The parts of a member that this run does not write: all of it, or the fields at these dotted paths. */
export type Withheld = 'all' | ReadonlySet<string>

/** By section address, then by the member's key. */
export type WithheldBySection = ReadonlyMap<string, ReadonlyMap<string, Withheld>>

/** Sections that a run writes, by section address. */
export type WrittenSections = ReadonlySet<string>

/** The known facts, with the settings above that the run writes. */
export function knowingWritten(known: Known, scope: Scope, written: WrittenSections): Known {
  const place = scopeAbove(scope)
  return place === undefined
    ? known
    : { ...known, writesAbove: (family) => written.has(formatAddress(place, family, '')) }
}

/**
 * The known facts, with the desired state that this run can reach: settings held back in a level above do not count
 * below it, and a held-back group takes up no runner that another releases.
 */
export function knowing(known: Known, scope: Scope, withheld: WithheldBySection): Known {
  if (withheld.size === 0) return known
  return {
    ...known,
    once: onceEach(),
    desired: (family, from) => {
      const members = known.desired(family, from)
      const place = from === 'here' ? scope : scopeAbove(scope)
      const held = place && withheld.get(formatAddress(place, family, ''))
      return held ? members?.flatMap((member) => without(member, held.get(member.key))) : members
    },
  }
}

function without(member: Wanted, withheld: Withheld | undefined): readonly Wanted[] {
  if (withheld === undefined) return [member]
  if (withheld === 'all') return []
  let spec = member.spec as DesiredMember['spec']
  for (const path of withheld) spec = withPath(spec, path, undefined)
  const edits = Object.fromEntries(Object.entries(member.edits).filter(([path]) => !withheld.has(path)))
  return [{ ...member, spec, edits }]
}
