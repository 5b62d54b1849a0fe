import type { DesiredMember } from './desired.ts'
import { at } from './family-at.ts'
import type { HeldBack } from './held-back.ts'
import { getPath } from './json.ts'
import type { SectionFacts } from './section-facts.ts'

/**
 * The obstacle to creating a member of which the YAML does not give all that a create needs, because GitHub's default would be
 * wider.
 * @param why it is to be created, after its name
 */
export function lackingField(
  { family, scope }: SectionFacts,
  { address, key, source, spec }: DesiredMember,
  why: string,
): HeldBack | undefined {
  const missing = (at(family, scope)?.required ?? []).filter((field) => getPath(spec, field) === undefined)
  if (missing.length === 0) return undefined
  const reason = `${key} ${why}; to create it, ${missing.join(' and ')} must be given`
  const help = `Write ${missing.join(' and ')} for ${key}, or take it out of the YAML.`
  return { address, field: missing[0] ?? null, reason, source, help }
}
