import { formatAddress } from './address.ts'
import type { Difference } from './claim.ts'
import { sameJson } from './json.ts'
import type { Plan } from './plan.ts'
import { scopeAbove } from './scope.ts'
import type { Work } from './work.ts'

/**
 * Adds to a difference from a reviewed plan that an apply of that plan may have made it: what the plan changes above, and an
 * interrupted apply has written of that, changes what GitHub shows below. Actions are off, say, in each repository that its
 * organization's list lacks while that list is not written.
 */
export function withBegunAbove(
  found: readonly Difference[],
  own: { readonly plan: Plan; readonly works: readonly Work[] },
  claimed: Plan,
): readonly Difference[] {
  if (found.length === 0) return found
  const differing = new Set(found.map(({ address }) => address))
  const works = new Map(own.works.map((work) => [work.change.address, work]))
  const [now, then] = [own.plan, claimed].map(({ changes }) => new Map(changes.map((each) => [each.address, each])))
  return found.map((difference) => {
    const work = works.get(difference.address)
    const above = work && scopeAbove(work.scope)
    if (work === undefined || above === undefined) return difference
    const needs = (work.family.needs ?? []).filter(({ from }) => from === 'above')
    const names = [work.family.name, ...needs.map(({ family }) => family)]
    const begun = names
      .map((name) => formatAddress(above, name, ''))
      .find((address) => {
        const reviewed = then?.get(address)
        if (reviewed === undefined || differing.has(address)) return false
        return !sameJson(now?.get(address)?.before, reviewed.before)
      })
    if (begun === undefined) return difference
    const why = `The plan's change of ${begun} was applied in part, or is done, and what GitHub has here may follow from it: a new plan does the rest of both`
    return { ...difference, message: `${difference.message}. ${why}` }
  })
}
