import type { DesiredMember } from './desired.ts'
import { type Diagnostic, formatSource } from './diagnostic.ts'
import type { Finding } from './finding.ts'
import { fallsWith } from './held-back.ts'
import type { From } from './need.ts'
import type { SectionFacts } from './section-facts.ts'

/** The desired settings of the same family in a level above. */
export function desiredAbove(
  { known, family }: Pick<SectionFacts, 'known' | 'family'>,
  from: From = 'above',
): DesiredMember | undefined {
  return known.desired(family.name, from)?.[0] as DesiredMember | undefined
}

/**
 * A finding as a message with its line; undefined for one that is held back. A contradiction with the level above ends with
 * the line of that, too.
 */
export function diagnosticOf(
  finding: Finding,
  member: DesiredMember,
  section: Pick<SectionFacts, 'known' | 'family'>,
): Diagnostic | undefined {
  if (finding.severity === 'held back') return undefined
  const { severity, field, entry, against, againstIn } = finding
  const above = against === undefined ? undefined : desiredAbove(section, againstIn)
  const at = field === undefined || entry === undefined ? undefined : member.entries?.[field]?.get(entry)
  const other = against === undefined || above === undefined ? '' : `: see ${formatSource(sourceOf(above, against))}`
  return {
    severity,
    message: `${finding.message}${other}`,
    source: at ?? sourceOf(member, field),
    address: member.address,
  }
}

/** The place of the field, or of the first one below it. */
export function sourceOf(member: DesiredMember, field: string | undefined): DesiredMember['source'] {
  if (field === undefined) return member.source
  const exact = member.sources[field]
  const below = Object.keys(member.sources).find((path) => fallsWith(path, field))
  return exact ?? (below === undefined ? undefined : member.sources[below]) ?? member.source
}
