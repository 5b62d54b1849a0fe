import type { Configuration } from '../config/configuration.ts'
import { startSpending } from '../config/limits.ts'
import { firstProblems, sortProblems } from '../config/problems.ts'
import { resolveOwner } from '../config/resolve.ts'
import { layersOfOwner } from '../config/scopes.ts'
import { lackedSelectors, selectorNeeds } from '../config/selector-needs.ts'
import type { DesiredSection } from '../core/desired.ts'
import { checkOffline } from '../engine/check-offline.ts'
import { supportOf } from '../engine/get.ts'
import { ConfigurationError } from './load.ts'
import { sectionsAbove } from './sections-above.ts'

/**
 * Throws the errors that `validate` finds across the keys of a configuration: where no answer of GitHub's could make it
 * right, no request is sent for it.
 * @param owners folded: those of the run
 * @throws ConfigurationError
 */
export function refuseContradictions(configuration: Configuration, owners: readonly string[]): void {
  const { families, github } = configuration
  const { product } = github
  const spend = startSpending()
  const above = sectionsAbove(configuration)
  const found = owners.flatMap((owner) => {
    const { sections, diagnostics } = resolveOwner(configuration, owner, undefined, families, spend)
    // A set's values may be overridden by another set, whose matches only GitHub knows.
    const isOpen = layersOfOwner(configuration, owner).some(({ match = {} }) => Object.keys(match).some(isFact))
    const certain = isOpen ? sections.map(withoutSets) : sections
    return [
      ...diagnostics,
      ...checkOffline(certain, families, product, 'certain', above(certain)),
      ...(product === undefined
        ? []
        : lackedSelectors(selectorNeeds(configuration, owner, families), supportOf(product))),
    ].filter(({ severity }) => severity === 'error')
  })
  if (found.length > 0) throw new ConfigurationError(firstProblems(sortProblems(found)))
}

function withoutSets(section: DesiredSection): DesiredSection {
  return { ...section, members: section.members.filter(({ fromSet }) => !fromSet) }
}

function isFact(key: string): boolean {
  return key !== 'name'
}
