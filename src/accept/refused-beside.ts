import { at as familyAt } from '../core/family-at.ts'
import { type Document, getPath, sameJson, withPath } from '../core/json.ts'
import { liveOf } from '../core/live-of.ts'
import type { AddressContext } from './address-context.ts'
import { withAboveAsItIs } from './shown-now.ts'

/**
 * Settings of the configuration that would contradict GitHub once it has what GitHub has: they have no effect there, or are
 * shown of the level above. What GitHub has of the member's own stays.
 */
export function refusedBeside(at: AddressContext, before: Document, differing: readonly string[]): ReadonlySet<string> {
  const { facts, section, live } = at.planned
  const wanted = section.members.find(({ key }) => key === at.key)
  const there = wanted && liveOf(at.family, wanted, live)
  const refused = new Set<string>()
  if (wanted === undefined || there === undefined) return refused
  const known = withAboveAsItIs(facts.known)
  const above = known.live(at.family.name, 'above')?.find(({ key }) => key === at.key)?.spec as Document | undefined
  const isAbove = (leaf: string): boolean => sameJson(getPath(before, leaf), getPath(above ?? {}, leaf))
  const isWanted = (leaf: string): boolean => sameJson(getPath(before, leaf), getPath(wanted.spec, leaf))
  let { spec } = wanted
  for (const leaf of differing) spec = withPath(spec, leaf, getPath(before, leaf))
  for (let count = -1; count < refused.size; ) {
    count = refused.size
    const findings = familyAt(at.family, at.scope)?.check?.({ ...wanted, spec }, there, known, at.scope) ?? []
    for (const { severity, field } of findings) {
      if (severity !== 'error' || field === undefined) continue
      if (!isAbove(field) && (differing.includes(field) || isWanted(field))) continue
      refused.add(field)
      spec = withPath(spec, field, undefined)
    }
  }
  return refused
}
