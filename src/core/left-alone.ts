import { byText } from './address.ts'
import type { Family } from './family.ts'
import { isPresent } from './family-at.ts'
import type { LeftAlone } from './plan.ts'
import type { SectionPlan } from './planned-section.ts'
import type { ScopeType } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'
import type { Support } from './support.ts'

interface PlannedSection {
  /** Of its scope and its family. */
  readonly address: string
  readonly facts: SectionFacts
  readonly own: Pick<SectionPlan, 'leftAlone' | 'fieldsLeftAlone'>
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
  const counted: LeftAlone[] = []
  const mentioned = new Set(leftOut)
  const scopes = new Map<string, SectionFacts>()
  for (const { address, facts, own } of planned) {
    mentioned.add(address)
    scopes.set(address.slice(0, -facts.family.name.length - 1), facts)
    const { length } = own.leftAlone
    if (length === 0 && own.fieldsLeftAlone === 0) continue
    const names = own.leftAlone.filter((key) => key !== '').slice(0, NAMED)
    const row = { section: address, members: length, fields: own.fieldsLeftAlone }
    counted.push(names.length > 0 ? { ...row, names } : row)
  }
  // In the order of the result, or nearly: what is sorted already sorts in a tenth of the time.
  const byName = [...families].sort((left, right) => byText(left.name, right.name))
  const present = new Map<Support, Map<ScopeType, readonly Family[]>>()
  for (const [place, { scope, known }] of scopes) {
    const ofProduct = present.get(known.product) ?? new Map<ScopeType, readonly Family[]>()
    present.set(known.product, ofProduct)
    const found = ofProduct.get(scope.type) ?? byName.filter((family) => isPresent(family, scope, known.product))
    ofProduct.set(scope.type, found)
    for (const family of found) {
      const section = [place, family.name].join('/')
      if (!mentioned.has(section)) counted.push({ section, members: null, fields: 0 })
    }
  }
  return counted.sort((left, right) => byText(left.section, right.section))
}
