import type { DesiredMember, DesiredSection } from '../core/desired.ts'
import type { Family } from '../core/family.ts'
import { getPath, sameJson, withPath } from '../core/json.ts'
import { fieldAt } from '../core/leaves.ts'
import type { Live } from '../core/live.ts'
import { LADDER, type Scope } from '../core/scope.ts'
import { isWider } from '../core/wider.ts'
import { sectionAddress } from './known.ts'

/** By family: the sections of the configuration at the level that has none above it. */
export type TopSections = ReadonlyMap<string, DesiredSection>

export function topSections(desired: ReadonlyMap<string, DesiredSection>): TopSections {
  const tops = [...desired.values()].filter(({ scope }) => LADDER[scope.type].above === undefined)
  return new Map(tops.map((section) => [section.family, section]))
}

/** The same family in the level right above this one, where that is the top. */
export function overOf({ type }: Scope, family: string, tops: TopSections): DesiredSection | undefined {
  const section = tops.get(family)
  return section?.scope.type === LADDER[type].above ? section : undefined
}

interface ReadSoFar {
  readonly desired: ReadonlyMap<string, DesiredSection>
  readonly live: ReadonlyMap<string, readonly Live[]>
}

/**
 * The desired settings of a level, with what comes into force there because the run changes the level above it: where both
 * show the same now, and where that becomes stricter. What is below such a level is bounded by both.
 */
export function throughAbove(
  scope: Scope,
  family: Family,
  { desired, live }: ReadSoFar,
  tops: TopSections,
): readonly DesiredMember[] | undefined {
  const address = sectionAddress({ scope, family: family.name })
  const members = desired.get(address)?.members
  const over = family.boundBy && overOf(scope, family.name, tops)
  const [own, top] = [members?.[0], over?.members[0]]
  if (over === undefined || top?.state !== 'present') return members
  const [now, is] = [live.get(sectionAddress(over))?.[0]?.spec, live.get(address)?.[0]?.spec]
  if (now === undefined || is === undefined) return members
  let spec = own?.spec ?? {}
  const fields = Object.keys(family.fields).filter((path) => {
    const [then, there, above] = [getPath(top.spec, path), getPath(is, path), getPath(now, path)]
    if (then === undefined || there === undefined || getPath(spec, path) !== undefined) return false
    if (sameJson(there, above)) return !sameJson(then, above)
    // Another value than the one above was set there, and stays where the level above is no bound.
    return family.follows !== true && isWider(fieldAt(family, path), then, there)
  })
  if (fields.length === 0) return members
  for (const path of fields) spec = withPath(spec, path, getPath(top.spec, path))
  return [{ ...(own ?? { ...top, edits: {} }), spec, through: { from: sectionAddress(over), fields } }]
}
