import { formatScope } from './address.ts'
import type { DesiredSection } from './desired.ts'
import type { Family } from './family.ts'
import { holderOf } from './holder.ts'
import { LADDER, scopeAbove } from './scope.ts'

/**
 * The sections that a run reads where it is to compare some of them: beside these the policies above that they depend on, and
 * the list of environments that says whether one is there.
 * @param isMeant whether a section is to be compared
 */
export function withNeeded(
  sections: readonly DesiredSection[],
  families: readonly Family[],
  isMeant: (section: DesiredSection) => boolean,
): (section: DesiredSection) => boolean {
  const needed = new Set(families.flatMap(({ needs }) => (needs ?? []).map(({ family }) => family)))
  const meant = new Set(sections.filter(isMeant))
  const above = new Set([...meant].flatMap(({ scope }) => scopeAbove(scope) ?? []).map(formatScope))
  // Whether an environment is there decides what can be in it.
  const holders = new Set([...meant].flatMap(({ scope }) => holderOf(scope)?.section ?? []))
  return (section) => {
    const { family, scope } = section
    if (meant.has(section) || holders.has(`${formatScope(scope)}/${family}`)) return true
    return needed.has(family) && (LADDER[scope.type].owns || above.has(formatScope(scope)))
  }
}
