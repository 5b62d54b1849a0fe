import type { Configuration } from '../config/configuration.ts'
import { startSpending } from '../config/limits.ts'
import { firstProblems, sortProblems } from '../config/problems.ts'
import { resolveOwner } from '../config/resolve.ts'
import { layersOfOwner } from '../config/scopes.ts'
import { lackedSelectors, selectorNeeds } from '../config/selector-needs.ts'
import { append } from '../core/append.ts'
import type { DesiredSection } from '../core/desired.ts'
import { checkOffline, type OnNames } from '../engine/check-offline.ts'
import { supportOf } from '../engine/get.ts'
import { ConfigurationError } from './load.ts'
import { sectionsAbove } from './sections-above.ts'

/** An error of a configuration that GitHub's answers may still refute. */
export interface Doubted extends OnNames {
  /** Set where a set gives it, and another set, whose matches only GitHub knows, may say otherwise. */
  readonly fromOpenSet?: true
}

/**
 * Throws the errors that `validate` finds across the keys of a configuration: where no answer of GitHub's could make it
 * right, no request is sent for it. Gives the other ones.
 * @param owners folded: those of the run
 * @throws ConfigurationError
 */
export function refuseContradictions(configuration: Configuration, owners: readonly string[]): readonly Doubted[] {
  const { families, github } = configuration
  const { product } = github
  const spend = startSpending()
  const above = sectionsAbove(configuration)
  const doubted: Doubted[] = []
  const found = owners.flatMap((owner) => {
    const { sections, diagnostics } = resolveOwner(configuration, owner, undefined, families, spend)
    // A set's values may be overridden by another set, whose matches only GitHub knows.
    const isOpen = layersOfOwner(configuration, owner).some(({ match = {} }) => Object.keys(match).some(isFact))
    const certain = isOpen ? sections.map((section) => withMembers(section, ({ fromSet }) => !fromSet)) : sections
    const checked = checkOffline(certain, families, product, above(certain))
    append(doubted, checked.onNames)
    if (isOpen) {
      const open = sections
        .map((section) => withMembers(section, ({ fromSet }) => fromSet))
        .filter(({ members }) => members.length > 0)
      const { onNames } = checkOffline(open, families, product, [...above(sections), ...certain])
      append(
        doubted,
        onNames.map((each) => ({ ...each, fromOpenSet: true as const })),
      )
    }
    return [
      ...diagnostics,
      ...checked.certain,
      ...(product === undefined
        ? []
        : lackedSelectors(selectorNeeds(configuration, owner, families), supportOf(product))),
    ].filter(({ severity }) => severity === 'error')
  })
  if (found.length > 0) throw new ConfigurationError(firstProblems(sortProblems(found)))
  return doubted.filter(({ told }) => told.severity === 'error')
}

function withMembers(
  section: DesiredSection,
  takes: (member: DesiredSection['members'][number]) => boolean,
): DesiredSection {
  return { ...section, members: section.members.filter(takes) }
}

function isFact(key: string): boolean {
  return key !== 'name'
}
