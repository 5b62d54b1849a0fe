import { byText, formatAddress, formatScope } from './address.ts'
import type { DesiredSection } from './desired.ts'
import type { Family } from './family.ts'
import { isPresent } from './family-at.ts'
import type { LeftAlone } from './plan.ts'
import type { SectionPlan } from './planned-section.ts'
import type { SectionFacts } from './section-facts.ts'

interface PlannedSection extends Pick<SectionPlan, 'leftAlone' | 'fieldsLeftAlone'> {
  readonly section: DesiredSection
  readonly facts: SectionFacts
}

/** The most members of a section that are named. */
const NAMED = 10

/**
 * Counts the settings that a plan leaves alone because the YAML does not mention them: members, fields, and whole
 * families of the scopes that it does mention.
 * @param leftOut addresses that are mentioned, but left out of the run by a flag
 */
export function countLeftAlone(
  planned: readonly PlannedSection[],
  families: readonly Family[],
  leftOut: ReadonlySet<string>,
): LeftAlone[] {
  const counted = planned
    .map(({ section, leftAlone, fieldsLeftAlone }) => {
      const names = leftAlone.filter((key) => key !== '').slice(0, NAMED)
      const named = names.length > 0 ? { names } : {}
      return { section: addressOf(section), members: leftAlone.length, fields: fieldsLeftAlone, ...named }
    })
    .filter(({ members, fields }) => members > 0 || fields > 0)
  const mentioned = new Set([...planned.map(({ section }) => addressOf(section)), ...leftOut])
  const scopes = new Map(planned.map(({ section, facts }) => [formatScope(section.scope), facts]))
  const whole = [...scopes.values()].flatMap(({ scope, known }) =>
    families
      .filter((family) => isPresent(family, scope, known.product))
      .map(({ name }) => formatAddress(scope, name, ''))
      .filter((section) => !mentioned.has(section))
      .map((section) => ({ section, members: null, fields: 0 })),
  )
  return [...counted, ...whole].sort((left, right) => byText(left.section, right.section))
}

function addressOf({ scope, family }: DesiredSection): string {
  return formatAddress(scope, family, '')
}
