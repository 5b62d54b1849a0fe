import { accessBetween } from './access.ts'
import type { DesiredMember } from './desired.ts'
import { at } from './family-at.ts'
import { type Document, getPath, sameJson, withPath } from './json.ts'
import { mentionedLeaves, overlay } from './leaves.ts'
import type { Live } from './live.ts'
import type { AccessTo } from './plan.ts'
import type { SectionFacts } from './section-facts.ts'

/** The most names in a message; public repositories come first. */
const NAMED = 10

interface Sides {
  readonly wanted: DesiredMember
  readonly present: Live | undefined
}

/** The repositories that may use a member after the desired write. */
function reachThen({ family, scope, known }: SectionFacts, { wanted, present }: Sides): readonly number[] {
  const leaves = mentionedLeaves(family, scope.type, wanted)
  const then = overlay((present?.spec ?? {}) as Document, wanted.spec, wanted.edits, leaves)
  return at(family, scope)?.reach?.(then, known, scope) ?? []
}

/** The repositories that may use a member now and that its wish, were it not held back, would shut out: public ones first. */
export function accessBeyond(section: SectionFacts, whole: Sides): readonly AccessTo[] {
  const { family, scope, known } = section
  const now = whole.present && at(family, scope)?.reach?.(whole.present.spec, known, scope)
  if (now === undefined) return []
  return accessBetween(now, reachThen(section, whole), known.repositories, new Set()).loses
}

/**
 * The fields of the remaining wish that would give access to a repository which may not use the member now, and would
 * not by the whole wish: without the held-back fields they open it.
 */
export function openingFields(section: SectionFacts, whole: Sides, { wanted, present }: Sides): readonly string[] {
  const { family, scope, known } = section
  const { reach } = at(family, scope) ?? {}
  if (reach === undefined || present === undefined) return []
  const now = reach(present.spec, known, scope)
  if (now === undefined) return []
  const meant = new Set([...now, ...reachThen(section, whole)])
  const opened = (of: DesiredMember): number =>
    reachThen(section, { wanted: of, present }).filter((id) => !meant.has(id)).length
  const all = opened(wanted)
  if (all === 0) return []
  const changed = mentionedLeaves(family, scope.type, wanted).filter((leaf) => {
    const given = getPath(wanted.spec, leaf)
    return given === undefined || !sameJson(given, getPath(present.spec, leaf))
  })
  const some = changed.filter((leaf) => opened(withoutLeaf(wanted, leaf)) < all)
  return some.length > 0 ? some : changed
}

function withoutLeaf(member: DesiredMember, leaf: string): DesiredMember {
  const { [leaf]: _, ...edits } = member.edits
  return { ...member, spec: withPath(member.spec, leaf, undefined), edits }
}

/**
 * Names the repositories whose access the configuration does not give: a held-back member may have been opened by hand.
 */
export function accessText(beyond: readonly AccessTo[]): readonly string[] {
  if (beyond.length === 0) return []
  const names = beyond.slice(0, NAMED).map(({ repository, visibility }) => {
    return visibility === 'public' ? `${repository} (public)` : repository
  })
  const more = beyond.length > NAMED ? ` and ${beyond.length - NAMED} more` : ''
  const verb = beyond.length === 1 ? 'has' : 'have'
  return [`${names.join(', ')}${more} ${verb} access beyond the YAML`]
}
