import { accessBetween } from './access.ts'
import type { DesiredMember } from './desired.ts'
import type { Live } from './family.ts'
import type { HeldBack } from './held-back.ts'
import type { Document } from './json.ts'
import { mentionedLeaves, overlay } from './leaves.ts'
import type { AccessTo } from './plan.ts'
import type { SectionFacts } from './section-facts.ts'

/** More names help nobody; what is public comes first. */
const NAMED = 10

/** The repositories that may use a member now and that its wish, were it not held back, would shut out: public ones first. */
export function accessBeyond(
  { family, scope, known }: SectionFacts,
  { wanted, present }: { readonly wanted: DesiredMember; readonly present: Live | undefined },
): readonly AccessTo[] {
  if (!family.reach || present === undefined) return []
  const leaves = mentionedLeaves(family, scope.type, wanted)
  const wished = overlay(present.spec as Document, wanted.spec, wanted.edits, leaves)
  const [now, then] = [present.spec, wished].map((spec) => family.reach?.(spec, known, scope) ?? [])
  return accessBetween(now ?? [], then ?? [], known.repositories, new Set()).loses
}

/** Names first who has what nobody wrote down: what is held back may have been opened by hand. */
export function withAccess(heldBack: readonly HeldBack[], beyond: readonly AccessTo[]): readonly HeldBack[] {
  const [first, ...others] = heldBack
  if (first === undefined || beyond.length === 0) return heldBack
  const names = beyond.slice(0, NAMED).map(({ repository, visibility }) => {
    return visibility === 'public' ? `${repository} (public)` : repository
  })
  const more = beyond.length > NAMED ? ` and ${beyond.length - NAMED} more` : ''
  const verb = beyond.length === 1 ? 'has' : 'have'
  return [{ ...first, reason: `${first.reason}; ${names.join(', ')}${more} ${verb} access beyond the YAML` }, ...others]
}
