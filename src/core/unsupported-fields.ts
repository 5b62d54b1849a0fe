import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { getPath } from './json.ts'
import { fieldAt, isMentioned, leavesOf, supportsLeaf, whyNoSuchValue, whyUnsupported } from './leaves.ts'
import type { SectionFacts } from './section-facts.ts'

/** Tells of each member of a section the fields, and words in them, that the product's API does not take, each with its line. */
export function unsupportedFields({
  family,
  known: { product },
  scope: { type },
}: Pick<SectionFacts, 'family' | 'known' | 'scope'>): (member: DesiredMember) => readonly Diagnostic[] {
  const leaves = leavesOf(family, type)
  const lacking = leaves.filter((path) => !supportsLeaf(family, path, type, product))
  const words = leaves.filter((path) => !lacking.includes(path) && Array.isArray(fieldAt(family, path).wider))
  return (member) => {
    if (member.state !== 'present') return []
    const told = (path: string, why: string): Diagnostic => ({
      severity: 'error',
      message: `${family.name}.${path}: ${why}`,
      source: member.sources[path] ?? member.source,
      address: member.address,
    })
    const unknown = words.flatMap((path): readonly Diagnostic[] => {
      const why = whyNoSuchValue(family, path, type, product, getPath(member.spec, path))
      return why === undefined ? [] : [told(path, why)]
    })
    // A list whose entries were not found is missing from the member already.
    const waiting = member.withheld === 'all' ? [] : (member.withheld ?? [])
    const absent = lacking.filter((path) => isMentioned(member, path) || waiting.includes(path))
    return [...absent.map((path) => told(path, whyUnsupported(family, path, type, product))), ...unknown]
  }
}
