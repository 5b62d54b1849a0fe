import { byText } from './address.ts'
import type { Family } from './family.ts'
import { isPresent } from './family-at.ts'
import { inOrder } from './in-order.ts'
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
): readonly LeftAlone[] {
  const places = new Map<string, ScopeInPlan>()
  for (const { address, facts, own } of planned) {
    const { name } = facts.family
    const path = address.slice(0, -name.length - 1)
    const place = places.get(path) ?? { facts, mentioned: [] }
    places.set(path, place)
    place.mentioned.push({ family: name, row: rowOf(address, own) })
  }
  const counted: LeftAlone[] = []
  // In the order of the result, or nearly: what is sorted already is not sorted again.
  const byName = [...families].sort((left, right) => byText(left.name, right.name))
  const present = new Map<Support, Map<ScopeType, readonly Family[]>>()
  for (const [path, { facts, mentioned }] of places) {
    const { scope, known } = facts
    const ofProduct = present.get(known.product) ?? new Map<ScopeType, readonly Family[]>()
    present.set(known.product, ofProduct)
    const found = ofProduct.get(scope.type) ?? byName.filter((family) => isPresent(family, scope, known.product))
    ofProduct.set(scope.type, found)
    const isPlaced = ({ family }: Mentioned): boolean => found.some(({ name }) => name === family)
    for (const own of mentioned) if (own.row && !isPlaced(own)) counted.push(own.row)
    for (const { name } of found) {
      const own = mentioned.find(({ family }) => family === name)
      if (own !== undefined) {
        if (own.row) counted.push(own.row)
        continue
      }
      const section = [path, name].join('/')
      if (!leftOut.has(section)) counted.push({ section, members: null, fields: 0 })
    }
  }
  return inOrder(counted, (left, right) => byText(left.section, right.section))
}

/** The sections of a scope that the YAML mentions. */
interface ScopeInPlan {
  readonly facts: SectionFacts
  readonly mentioned: Mentioned[]
}

interface Mentioned {
  readonly family: string
  readonly row: LeftAlone | undefined
}

/** Undefined where nothing of a section is left alone. */
function rowOf(section: string, { leftAlone, fieldsLeftAlone: fields }: PlannedSection['own']): LeftAlone | undefined {
  const members = leftAlone.length
  if (members === 0 && fields === 0) return undefined
  const names = leftAlone.filter((key) => key !== '').slice(0, NAMED)
  return names.length > 0 ? { section, members, fields, names } : { section, members, fields }
}
