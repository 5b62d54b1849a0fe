import { canonicalJson } from './canonical-json.ts'
import { comparableLeaves } from './comparable-leaves.ts'
import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Document } from './json.ts'
import { overlay, pickLeaves } from './leaves.ts'
import type { Live } from './live.ts'
import { editOf, namedIn, workOf } from './make-work.ts'
import type { SecretFacts } from './secret-state.ts'
import type { SectionFacts } from './section-facts.ts'
import type { Work } from './work.ts'

interface HiddenPlan {
  readonly work?: Work
  readonly diagnostics: readonly Diagnostic[]
  /** The desired fields, where the ledger says that they were written last. */
  readonly settled?: Document
}

/**
 * The change of settings that GitHub takes and does not show: none where the ledger has the hash of just this document.
 * Each plan warns of it, since a change from outside would not be seen.
 * @param why GitHub does not show them, as the end of a sentence
 */
export function planHidden(section: SectionFacts, member: DesiredMember, live: Live, why: string): HiddenPlan {
  const { compared, diagnostics } = comparableLeaves(section, member, live, undefined)
  if (compared.length === 0) return { diagnostics }
  const after = pickLeaves(overlay({}, member.spec, member.edits, compared), compared)
  const document = section.hash && `document sha256:${section.hash(canonicalJson(after))}`
  const reason = reasonToWrite(section.facts(member.address), document)
  const { address, source } = member
  if (reason === undefined) {
    const message = `${address} cannot compare: ${why}; the ledger says that octoform wrote this last`
    return { diagnostics: [...diagnostics, { severity: 'warning', message, source, address }], settled: after }
  }
  const given = new Set(compared)
  const edit = editOf(section, {
    action: 'update',
    key: live.key,
    name: live.name ?? live.key,
    before: live.spec,
    after,
    ref: live.ref,
    given,
    changed: given,
  })
  const seed = { address, action: 'update' as const, before: {}, after, reason: `cannot compare: ${reason}`, source }
  const named = namedIn(section, member)
  const work = workOf(section, edit, seed, { value: null, valueAt: undefined, named, ledgerHolds: false, member })
  const hidden = { ...work, change: { ...work.change, hidden: true as const } }
  return { work: document === undefined ? hidden : { ...hidden, document }, diagnostics }
}

function reasonToWrite(facts: SecretFacts | undefined, document: string | undefined): string | undefined {
  if (facts?.source === undefined) return 'the ledger does not say that octoform wrote it'
  if (facts.foreign) return 'its name is another one than the ledger knows'
  if (facts.written_at === undefined) return 'an earlier write was interrupted'
  if (facts.proof === 'altered' || facts.proof === 'unsigned') return 'its ledger entry was altered'
  return facts.source === document ? undefined : 'it differs from what octoform wrote last'
}
