import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { isMentioned, leavesOf, supportsLeaf, whyUnsupported } from './leaves.ts'
import type { SectionFacts } from './section-facts.ts'

/** Tells of each member of a section the fields that the product's API does not take, each with its line. */
export function unsupportedFields({
  family,
  known: { product },
  scope: { type },
}: Pick<SectionFacts, 'family' | 'known' | 'scope'>): (member: DesiredMember) => readonly Diagnostic[] {
  const lacking = leavesOf(family, type).filter((path) => !supportsLeaf(family, path, type, product))
  return (member) => {
    if (lacking.length === 0 || member.state !== 'present') return []
    return lacking
      .filter((path) => isMentioned(member, path))
      .map((path) => ({
        severity: 'error',
        message: `${family.name}.${path}: ${whyUnsupported(family, path, type, product)}`,
        source: member.sources[path] ?? member.source,
        address: member.address,
      }))
  }
}
