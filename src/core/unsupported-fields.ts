import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { tableOf } from './field-table.ts'
import { getPath } from './json.ts'
import { isMentioned, whyNoSuchValue, whyUnsupported } from './leaves.ts'
import type { SectionFacts } from './section-facts.ts'

/** Tells of each member of a section the fields, and words in them, that the product's API does not take, each with its line. */
export function unsupportedFields(
  facts: Pick<SectionFacts, 'family' | 'known' | 'scope' | 'table'>,
): (member: DesiredMember) => readonly Diagnostic[] {
  const {
    family,
    known: { product },
    scope: { type },
  } = facts
  const { lacking, words } = tableOf(facts)
  return (member) => {
    if (member.state !== 'present' || lacking.length + words.length === 0) return []
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
