import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { at } from './family-at.ts'
import { listsOwned } from './field.ts'
import { tableOf } from './field-table.ts'
import type { HeldBack } from './held-back.ts'
import { isUntrusted } from './hidden-members.ts'
import { formatHiddenText, hiddenText, parseHiddenText } from './hidden-text.ts'
import { type Document, getPath, withPath } from './json.ts'
import { fieldAt, isMentioned } from './leaves.ts'
import type { Live } from './live.ts'
import { formerAddress } from './rename.ts'
import type { SectionFacts } from './section-facts.ts'

interface SettledMade {
  readonly member: DesiredMember
  /** With the fields that the ledger says it was created with. */
  readonly live: Live
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
}

/** The fields of a member that the product takes with the create alone, and does not show afterwards. */
export function madeLeaves(section: SectionFacts, member: Pick<DesiredMember, 'spec' | 'edits'>): readonly string[] {
  return tableOf(section).made.filter((leaf) => isMentioned(member, leaf))
}

/** The ledger's text for a member that is created with such fields; undefined where it has none. */
export function madeText(section: SectionFacts, after: Document, leaves: readonly string[]): string | undefined {
  return leaves.length === 0 ? undefined : formatHiddenText(hiddenText(section, after, leaves))
}

/**
 * Compares by the ledger the fields that GitHub took with the create and does not show: where it says that the member of this
 * id was created with these, GitHub has them; else they are held back, as no request changes them.
 */
export function settleMade(section: SectionFacts, member: DesiredMember, live: Live): SettledMade {
  const leaves = madeLeaves(section, member)
  if (leaves.length === 0) return { member, live, diagnostics: [], heldBack: [] }
  const whole = leaves.every((leaf) => Array.isArray(getPath(member.spec, leaf)) && member.edits[leaf] === undefined)
  const { address, key, source, sources } = member
  if (whole && recordedMade(section, member, live) === hiddenText(section, member.spec, leaves).made) {
    // Repositories that may use it still count; other names, such as a runner's that is gone by now, change nothing any more.
    const [owned, others] = [leaves.filter(isOwned), leaves.filter((leaf) => !isOwned(leaf))]
    let spec = live.spec as Document
    for (const leaf of owned) spec = withPath(spec, leaf, getPath(member.spec, leaf))
    const message = `${address} cannot compare ${leaves.join(' and ')}: ${productOf(section)} does not show them; the ledger says that octoform created it with these`
    return {
      ...{ member: without(member, others), live: { ...live, spec }, heldBack: [] },
      diagnostics: [{ severity: 'warning', message, source: sources[leaves[0] ?? ''] ?? source, address }],
    }
  }
  const heldBack = leaves.map((field): HeldBack => {
    const reason = `${productOf(section)} takes ${field} only when it creates ${key}, and the ledger does not say that octoform created it with these`
    const help = `Put ${field} back as it was, or take it out; or delete ${key} (absent, and apply), and create it again.`
    return { address, field, reason, source: sources[field] ?? source, help }
  })
  return { member: without(member, leaves), live, diagnostics: [], heldBack }

  function isOwned(leaf: string): boolean {
    return listsOwned(fieldAt(section.family, leaf))
  }
}

function without(member: DesiredMember, leaves: readonly string[]): DesiredMember {
  let { spec } = member
  for (const leaf of leaves) spec = withPath(spec, leaf, undefined)
  const edits = Object.fromEntries(Object.entries(member.edits).filter(([leaf]) => !leaves.includes(leaf)))
  return { ...member, spec, edits }
}

/** The ledger's entry of a member that a change renames, which follows it. */
export function followed(
  section: SectionFacts,
  member: DesiredMember,
  live: Live,
): { readonly document: string; readonly left: string } | undefined {
  const left = formerAddress(member)
  const entry = left === undefined ? undefined : section.facts(left)
  const id = at(section.family, section.scope)?.byId?.id(live.ref)
  if (left === undefined || entry?.source === undefined || entry.id === undefined || entry.id !== id) return undefined
  return entry.foreign || isUntrusted(entry) || entry.written_at === undefined
    ? undefined
    : { document: entry.source, left }
}

/** The hash of the fields that the ledger has of the member with this id, also under its former name. */
function recordedMade(section: SectionFacts, member: DesiredMember, live: Live): string | undefined {
  const id = at(section.family, section.scope)?.byId?.id(live.ref)
  const entries = [member.address, formerAddress(member) ?? []].flat().map((address) => section.facts(address))
  const own = entries.find((entry) => entry?.id !== undefined && entry.id === id)
  if (own === undefined || own.foreign || isUntrusted(own) || own.written_at === undefined) return undefined
  return parseHiddenText(own.source ?? '').made
}

function productOf({ known }: SectionFacts): string {
  return known.product.name ?? 'this product'
}
