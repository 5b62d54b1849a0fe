import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { HeldBack } from './held-back.ts'
import { DELETING, type HiddenMembers, isUntrusted } from './hidden-members.ts'
import { formatHiddenText, type HiddenText, hiddenText, isMadeOnce, parseHiddenText } from './hidden-text.ts'
import { type Document, getPath, withPath } from './json.ts'
import { lackingField } from './lacking-field.ts'
import { mentionedLeaves, overlay, pickLeaves } from './leaves.ts'
import type { Live } from './live.ts'
import { editOf, namedIn, workOf } from './make-work.ts'
import { formerAddress, formerKey, RENAMED_FROM } from './rename.ts'
import type { SecretFacts } from './secret-state.ts'
import type { SectionFacts } from './section-facts.ts'
import type { Work } from './work.ts'

interface HiddenMemberPlan {
  readonly work?: Work
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack?: readonly HeldBack[]
  readonly withheld?: 'all' | ReadonlySet<string>
  /** The desired fields, where the ledger says that they were written last. */
  readonly settled?: Document
}

/** The obstacle to any change of a member: the id in an entry that octoform did not write may be that of another one. */
export function heldByLedger(section: SectionFacts, member: DesiredMember): HeldBack | undefined {
  const { address, source } = member
  const own = section.facts(address)
  const facts = own?.id === undefined ? (section.facts(formerAddress(member) ?? address) ?? own) : own
  if (facts?.source === undefined || facts.foreign || !isUntrusted(facts)) return undefined
  const reason = 'its ledger entry was altered, and the id in it may be that of another one'
  const sign = facts.proof === 'unsigned' ? `If nobody else wrote it, sign it: octoform ledger adopt ${address}. ` : ''
  const help = `${sign}Restore the ledger from version control, or tell the id: octoform ledger adopt ${address}=ID.`
  return { address, field: null, reason, source, help }
}

/**
 * The change of a member that GitHub lets one write and does not show.
 *
 *   ledger                          YAML: present                      YAML: absent
 *   no id                           create                             a warning: nothing can reach it
 *   id, the hash of this document   none, and it says so               delete by the id
 *   id, anything else               update by the id: all that it      delete by the id
 *                                   takes, as nothing else is known
 *   id of `renamed_from`            update by the id, with the name
 *   no id of either                 held back: it may be there
 *
 * What GitHub takes only with the create cannot be changed: it is held back where the ledger does not know it.
 * @param live by the ledger's id
 */
export function planHiddenMember(
  section: SectionFacts,
  member: DesiredMember,
  live: Live | undefined,
  hidden: HiddenMembers,
): HiddenMemberPlan {
  const isRenamed = live?.name !== undefined && live.name !== live.key
  const facts = section.facts((isRenamed ? formerAddress(member) : undefined) ?? member.address)
  if (member.state === 'absent') return planAbsent(section, member, live, hidden)
  if (live === undefined) {
    const former = formerKey(member)
    if (former !== undefined)
      return { diagnostics: [], heldBack: [heldUnknown(member, former, hidden)], withheld: 'all' }
    const lacks = lackingField(section, member, 'is not known to the ledger')
    if (lacks) return { diagnostics: [], heldBack: [lacks], withheld: 'all' }
    return { work: creation(section, member, facts, hidden), diagnostics: [] }
  }
  const { address, source } = member
  // No part of the document: the name is written with any other field.
  const mentioned = mentionedLeaves(section.family, section.scope.type, member).filter((leaf) => leaf !== RENAMED_FROM)
  const recorded = parseHiddenText(facts?.source ?? '')
  const whole = overlay({}, member.spec, member.edits, mentioned)
  const held = mentioned.flatMap((leaf) => heldField(section, member, leaf, { whole, recorded, hidden }) ?? [])
  const leaves = mentioned.filter((leaf) => !held.some(({ field }) => field === leaf))
  const after = pickLeaves(whole, leaves)
  const own = hiddenText(section, after, leaves)
  const text = formatHiddenText({ ...own, made: own.made ?? recorded.made })
  const waits = held.length === 0 ? {} : { heldBack: held, withheld: new Set(held.flatMap(({ field }) => field ?? [])) }
  const written = leaves.filter((leaf) => !isMadeOnce(section, leaf))
  const differs = written.length === 0 ? undefined : reasonToWrite(facts, text)
  const reason = isRenamed ? `the ledger knows it as ${live.name}` : differs
  if (reason === undefined) {
    const message = `${address} cannot compare: ${hidden.why}; the ledger says that octoform wrote this last`
    return { diagnostics: [{ severity: 'warning', message, source, address }], settled: after, ...waits }
  }
  const changed = new Set([...(differs === undefined ? [] : written), ...(isRenamed ? [RENAMED_FROM] : [])])
  const edit = editUnseen(
    section,
    { ...member, key: live.key },
    {
      action: 'update',
      after,
      ref: live.ref,
      given: new Set(leaves),
      changed,
    },
  )
  const before = pickLeaves(
    after,
    leaves.filter((leaf) => !changed.has(leaf)),
  )
  const shown = isRenamed ? withPath(after, RENAMED_FROM, live.name) : after
  const seed = { address, action: 'update' as const, before, after: shown, reason: `cannot compare: ${reason}`, source }
  const named = namedIn(section, member)
  const work = workOf(section, edit, seed, {
    ...NO_VALUE,
    named,
    member,
    notes: [`${hidden.why}: what it has now is not known`],
  })
  const left = formerEntry(section, member, facts?.id)
  return { work: { ...unshown(work, text), ...(left === undefined ? {} : { left }) }, diagnostics: [], ...waits }
}

/** The former address of a member where the ledger has the same id there. */
function formerEntry(section: SectionFacts, member: DesiredMember, id: number | undefined): string | undefined {
  const former = formerAddress(member)
  return former !== undefined && id !== undefined && section.facts(former)?.id === id ? former : undefined
}

function heldUnknown(
  { address, key, source, sources }: DesiredMember,
  former: string,
  { why }: HiddenMembers,
): HeldBack {
  return {
    ...{ address, field: RENAMED_FROM, source: sources[RENAMED_FROM] ?? source },
    reason: `the ledger has no id of ${former}, and ${why}: it may be there and cannot be renamed`,
    help: `If it is there, tell the id that it has: octoform ledger adopt ${address}=ID. If not, take renamed_from out, and ${key} is created.`,
  }
}

/** A change of a member whose present document is not known. */
function editUnseen(
  section: SectionFacts,
  { key, name = key }: Pick<DesiredMember, 'key' | 'name'>,
  sides: Pick<Parameters<typeof editOf>[1], 'action' | 'after' | 'ref' | 'given' | 'changed'>,
): ReturnType<typeof editOf> {
  return editOf(section, { key, name, before: undefined, ...sides })
}

function unshown(work: Work, document: string): Work {
  return { ...work, document, change: { ...work.change, hidden: true } }
}

const NO_VALUE = { value: null, valueAt: undefined, ledgerHolds: false } as const

function creation(
  section: SectionFacts,
  member: DesiredMember,
  facts: SecretFacts | undefined,
  { why }: HiddenMembers,
): Work {
  const { address, source } = member
  const leaves = mentionedLeaves(section.family, section.scope.type, member)
  const all = new Set(leaves)
  const after = pickLeaves(overlay({}, member.spec, member.edits, leaves), leaves)
  const edit = editUnseen(section, member, { action: 'create', after, ref: undefined, given: all, changed: all })
  const reason = `cannot compare: ${reasonToCreate(facts)}`
  const seed = { address, action: 'create' as const, before: null, after, reason, source }
  const notes = [`${why}: if it is there already, GitHub refuses this`]
  const work = workOf(section, edit, seed, { ...NO_VALUE, named: namedIn(section, member), member, notes })
  return unshown(work, formatHiddenText(hiddenText(section, after, leaves)))
}

function planAbsent(
  section: SectionFacts,
  { address, source, key }: DesiredMember,
  live: Live | undefined,
  { why }: HiddenMembers,
): HiddenMemberPlan {
  if (live === undefined) {
    const message = `${address} cannot compare: ${why}, and the ledger has no id of it, so that nothing is deleted; if it is there, delete it by hand, or tell its id: octoform ledger adopt ${address}=ID`
    return { diagnostics: [{ severity: 'warning', message, source, address }] }
  }
  const edit = editOf(section, { action: 'delete', key, before: undefined, after: undefined, ref: live.ref })
  const reason = 'absent in the YAML'
  const seed = { address, action: 'delete' as const, before: {}, after: null, reason, source }
  const work = workOf(section, edit, seed, { ...NO_VALUE, named: new Set() })
  const begun = section.facts(address)?.source === DELETING
  return { work: { ...unshown(work, DELETING), ...(begun ? { mayBeGone: true } : {}) }, diagnostics: [] }
}

/** The obstacle to writing a field of a member that is there. */
function heldField(
  section: SectionFacts,
  { address, source, sources, key, spec }: DesiredMember,
  leaf: string,
  about: { readonly whole: Document; readonly recorded: HiddenText; readonly hidden: HiddenMembers },
): HeldBack | undefined {
  const of = { address, field: leaf, source: sources[leaf] ?? source }
  if (isMadeOnce(section, leaf)) {
    const { made } = hiddenText(section, about.whole, mentionedOnce(section, about.whole))
    if (made === about.recorded.made) return undefined
    const reason = `GitHub takes ${leaf} only when it creates ${key}, and the ledger does not say that it was created with these`
    const help = `Put ${leaf} back as it was; or delete ${key} (absent, and apply), and create it again. If it has these, tell its id anew: octoform ledger adopt ${address}=ID.`
    return { ...of, reason, help }
  }
  if (getPath(spec, leaf) !== undefined) return undefined
  const reason = `${leaf} is to be changed from what GitHub has, and ${about.hidden.why}`
  return { ...of, reason, help: `Write ${leaf} whole.` }
}

function mentionedOnce(section: SectionFacts, whole: Document): readonly string[] {
  return Object.keys(section.family.fields).filter(
    (leaf) => getPath(whole, leaf) !== undefined && isMadeOnce(section, leaf),
  )
}

function reasonToCreate(facts: SecretFacts | undefined): string {
  if (facts?.source === undefined) return 'the ledger does not say that octoform created it'
  return facts.foreign ? 'its name is another one than the ledger knows' : 'an earlier write was interrupted'
}

function reasonToWrite(facts: SecretFacts | undefined, text: string): string | undefined {
  if (facts?.source === DELETING) return 'an earlier delete was interrupted'
  if (facts?.written_at === undefined) return 'the ledger does not say that a write of it has ended'
  return facts.source === text ? undefined : 'it differs from what octoform wrote last'
}
