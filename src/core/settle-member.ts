import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Finding } from './finding.ts'
import { diagnosticOf, sourceOf } from './finding-place.ts'
import { accessBeyond, accessText, openingFields } from './held-access.ts'
import { fallsWith, type HeldBack } from './held-back.ts'
import { getPath, sameJson, withPath } from './json.ts'
import { type Judged, judgeMember } from './judge-member.ts'
import { mentionedLeaves } from './leaves.ts'
import type { Live } from './live.ts'
import { listsOf } from './modes.ts'
import type { SectionFacts } from './section-facts.ts'

/** A member of the configuration as far as it can come about now. */
export interface Settled {
  readonly wanted: DesiredMember
  /** The live side in the same words. */
  readonly present: Live | undefined
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
  /** The parts of it that this run does not write: all after an error, or where a new member is held back. */
  readonly withheld: 'all' | ReadonlySet<string>
  /** Whether the YAML contradicts itself here. */
  readonly isWrong: boolean
  /** Further messages about lists that were held back when the configuration was resolved. */
  readonly alsoHeld?: readonly string[]
}

/**
 * Takes out of a member its held-back fields, together with fields that depend on them, until nothing is against the
 * rest. A desired value that GitHub has already is not held back: it needs no write.
 */
export function settleMember(section: SectionFacts, member: DesiredMember, live: Live | undefined): Settled {
  const lists = member.withheld === undefined || member.withheld === 'all' ? NO_LISTS : member.withheld
  const whole = judgeMember(section, asGiven(member, lists), live)
  if (whole.findings.length > 0 || lists.length > 0) return settleAgainst(section, member, live, { lists, whole })
  const { wanted, present } = whole
  return { wanted, present, diagnostics: NOTHING, heldBack: NOTHING, withheld: NO_FIELDS, isWrong: false }
}

const NO_LISTS: readonly string[] = []
const NOTHING: readonly never[] = []
const NO_FIELDS: ReadonlySet<string> = new Set()

interface Against {
  readonly lists: readonly string[]
  readonly whole: Judged
}

/** Apart, since what it needs would be made for each of the many members that nothing is against. */
function settleAgainst(
  section: SectionFacts,
  member: DesiredMember,
  live: Live | undefined,
  { lists, whole }: Against,
): Settled {
  const isWrong = whole.findings.some(({ severity }) => severity === 'error')
  const causes = isWrong ? [] : whole.findings.filter((finding) => finding.severity === 'held back')
  const heldBack = together(causes.map((finding) => heldBackOf(finding, whole.wanted)))
  const diagnosticsOf = ({ findings, wanted }: Judged): readonly Diagnostic[] =>
    findings.flatMap((finding) => diagnosticOf(finding, wanted, section) ?? [])
  const nothing = { diagnostics: diagnosticsOf(whole), heldBack, withheld: 'all', isWrong, ...whole } as const
  if (isWrong || (live === undefined && lists.length > 0)) return nothing
  const dropped = new Set(lists)
  let judged = lists.length === 0 ? whole : judgeMember(section, reduced(member, dropped), live)
  let against: readonly Finding[] = [...causes, ...(judged === whole ? [] : objections(judged.findings))]
  let opening: readonly string[] = []
  do {
    while (against.length > 0 || opening.length > 0) {
      const fields = [...against.flatMap(({ field }) => field ?? []), ...opening]
      if (fields.length < against.length + opening.length || live === undefined) return nothing
      const before = dropped.size
      for (const field of waitingFields(section, judged, fields)) dropped.add(field)
      if (dropped.size === before) return nothing
      judged = judgeMember(section, reduced(member, dropped), live)
      against = objections(judged.findings)
      opening = []
    }
    opening = dropped.size === 0 ? [] : openingFields(section, whole, judged)
  } while (opening.length > 0)
  const words = explanationOf(section, { whole, rest: judged }, heldBack, lists)
  const [first, ...others] = heldBack
  return {
    wanted: judged.wanted,
    present: judged.present,
    diagnostics: diagnosticsOf(judged),
    heldBack: first ? [{ ...first, reason: [first.reason, ...words].join('; ') }, ...others] : [],
    withheld: dropped,
    isWrong: false,
    ...(first === undefined && lists.length > 0 && words.length > 0 ? { alsoHeld: words } : {}),
  }
}

/** The mentioned leaves of the fields, and the lists whose mode is not switched now. */
function waitingFields(section: SectionFacts, { wanted, present }: Judged, fields: readonly string[]): string[] {
  const { family, scope } = section
  const lists = fields.flatMap((field) => listsOf(section, field, present))
  const leaves = mentionedLeaves(family, scope.type, wanted)
  return [...fields, ...leaves.filter((leaf) => [...fields, ...lists].some((field) => fallsWith(leaf, field)))]
}

/** The member with empty lists for those that resolved to no entry, so that only other obstacles are found. */
function asGiven(member: DesiredMember, lists: readonly string[]): DesiredMember {
  if (lists.length === 0) return member
  let { spec } = member
  for (const path of lists) spec = withPath(spec, path, [])
  return { ...member, spec }
}

function reduced(member: DesiredMember, dropped: ReadonlySet<string>): DesiredMember {
  let { spec } = member
  for (const path of dropped) spec = withPath(spec, path, undefined)
  const edits = Object.fromEntries(Object.entries(member.edits).filter(([path]) => !dropped.has(path)))
  return { ...member, spec, edits }
}

/** The objections to a member of which fields were taken out: their cause is already reported. */
function objections(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity !== 'warning')
}

/** Joins the reasons of each field into one entry. */
function together(all: readonly HeldBack[]): readonly HeldBack[] {
  const byField = new Map<string | null, HeldBack>()
  for (const held of all) {
    const first = byField.get(held.field)
    const joined = first && {
      ...first,
      reason: `${first.reason}; ${held.reason}`,
      help: `${first.help} ${held.help}`,
    }
    byField.set(held.field, joined ?? held)
  }
  return [...byField.values()]
}

/** The further messages: fields that wait, and repositories whose access the YAML does not give. */
function explanationOf(
  section: SectionFacts,
  { whole, rest }: { readonly whole: Judged; readonly rest: Judged },
  heldBack: readonly HeldBack[],
  lists: readonly string[],
): readonly string[] {
  const own = heldBack.length > 0 ? heldBack.flatMap(({ field }) => field ?? []) : lists
  if (own.length === 0 && heldBack.length === 0) return []
  const waiting = companionText(section, whole, rest, own)
  // A list that resolved to no entry and is in force already stays as it is: no access goes beyond the YAML.
  if (heldBack.length === 0 && waiting.length === 0) return []
  return [...waiting, ...accessText(accessBeyond(section, whole))]
}

/** The fields that wait with the held-back ones, though nothing is against them; a mode that a list implies, too. */
function companionText(
  { family, scope }: SectionFacts,
  whole: Judged,
  rest: Judged,
  own: readonly string[],
): readonly string[] {
  const left = new Set(mentionedLeaves(family, scope.type, rest.wanted))
  const waiting = mentionedLeaves(family, scope.type, whole.wanted).filter((path) => {
    if (left.has(path) || own.some((field) => fallsWith(path, field))) return false
    return !sameJson(getPath(whole.wanted.spec, path), whole.present && getPath(whole.present.spec, path))
  })
  if (waiting.length === 0) return []
  const branches = [...new Set(waiting.map((path) => path.split('.')[0] as string))]
  return [`${branches.join(', ')} ${branches.length === 1 ? 'waits' : 'wait'} with it`]
}

function heldBackOf(finding: Finding & { readonly severity: 'held back' }, member: DesiredMember): HeldBack {
  const { field = null, message, help } = finding
  return { address: member.address, field, reason: message, source: sourceOf(member, field ?? undefined), help }
}
