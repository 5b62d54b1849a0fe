import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { listsOwned } from './field.ts'
import { getPath } from './json.ts'
import { fieldAt, mentionedLeaves } from './leaves.ts'
import type { Live } from './live.ts'
import { listedWord, ownerOf } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'
import { unseenAmong } from './unseen.ts'

/**
 * The fields to compare: those that the YAML mentions, without exact lists that would take away members which the
 * credential cannot see. Where GitHub shows no list now, its switch is held back with it: the list that it would bring
 * into force is unknown.
 */
export function comparableLeaves(
  section: SectionFacts,
  member: DesiredMember,
  live: Live,
  secretPath: string | undefined,
): { compared: readonly string[]; diagnostics: readonly Diagnostic[] } {
  const { family, scope } = section
  const leaves = mentionedLeaves(family, scope.type, member, secretPath)
  if (!leaves.some((leaf) => listsOwned(fieldAt(family, leaf)))) return { compared: leaves, diagnostics: NOTHING }
  const diagnostics: Diagnostic[] = []
  const held = leaves.filter((leaf) => {
    const why = whyHeldBack(section, member, live, leaf)
    if (why === undefined) return false
    const source = member.sources[leaf] ?? member.source
    diagnostics.push({
      severity: 'warning',
      message: `${leaf} is held back: ${why}`,
      source,
      address: member.address,
      held_back: true,
    })
    return true
  })
  const dormant = held.some((leaf) => getPath(live.spec, leaf) === undefined)
  return { compared: dormant ? [] : leaves.filter((leaf) => !held.includes(leaf)), diagnostics }
}

const NOTHING: readonly never[] = []

function whyHeldBack(
  { family, known, scope }: SectionFacts,
  member: DesiredMember,
  live: Live,
  leaf: string,
): string | undefined {
  const field = fieldAt(family, leaf)
  const { list } = field
  if (!listsOwned(field) || getPath(member.spec, leaf) === undefined) return undefined
  const word = listedWord(ownerOf(scope))
  if (!known.repositories.complete) return `the credential does not see every ${word} of the owner`
  // No listing has all organizations of an enterprise: one that the family knows by its id is there, and is another's to name.
  const ids = list === 'organizations' ? (family.listed?.(live.ref) ?? {}) : {}
  const unseen = unseenAmong(getPath(live.spec, leaf), known.repositories).filter((name) => !Object.hasOwn(ids, name))
  if (unseen.length === 0) return undefined
  const [first, ...others] = unseen
  const names = others.length === 0 ? first : `${first} and ${others.length} more`
  const lists = list === 'organizations' ? 'organizations' : 'repositories'
  return `it holds ${names}, which the listing of ${lists} lacks: the credential does not see every ${word}, or it was renamed or deleted just now`
}
