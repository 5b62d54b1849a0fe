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
    if (member.state !== 'present') return NOTHING
    let found: Diagnostic[] | undefined
    const tell = (path: string, why: string): void => {
      found ??= []
      found.push(told(facts, member, path, why))
    }
    // A list whose entries were not found is missing from the member already.
    const waiting = member.withheld === 'all' ? NOTHING : (member.withheld ?? NOTHING)
    for (const path of lacking) {
      if (isMentioned(member, path) || waiting.includes(path)) tell(path, whyUnsupported(family, path, type, product))
    }
    for (const path of words) {
      const value = getPath(member.spec, path)
      const why = value === undefined ? undefined : whyNoSuchValue(family, path, type, product, value)
      if (why !== undefined) tell(path, why)
    }
    return found ?? NOTHING
  }
}

const NOTHING: readonly never[] = []

function told({ family }: Pick<SectionFacts, 'family'>, member: DesiredMember, path: string, why: string): Diagnostic {
  const { sources, source, address } = member
  return { severity: 'error', message: `${family.name}.${path}: ${why}`, source: sources[path] ?? source, address }
}
