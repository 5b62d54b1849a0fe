import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Finding, Live } from './family.ts'
import { fallsWith, type HeldBack } from './held-back.ts'
import { getPath, sameJson, withPath } from './json.ts'
import { mentionedLeaves } from './leaves.ts'
import type { SectionFacts } from './section-facts.ts'

/** A member of the configuration as far as it can come about now. */
export interface Settled {
  readonly wanted: DesiredMember
  /** The live side in the same words. */
  readonly present: Live | undefined
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
  /** Whether anything of it is to be compared: not after an error, nor of a new member that is held back. */
  readonly goesOn: boolean
}

/**
 * Takes out of a member what its family holds back, together with what cannot go without it, until the family has nothing
 * against the rest. What is asked for and is so already is not held back: nothing of it is to be done.
 */
export function settleMember(section: SectionFacts, member: DesiredMember, live: Live | undefined): Settled {
  const withheld = member.withheld === undefined || member.withheld === 'all' ? [] : member.withheld
  const whole = judge(section, asGiven(member, withheld), live)
  const errors = whole.findings.some(({ severity }) => severity === 'error')
  const causes = errors ? [] : whole.findings.filter((finding) => finding.severity === 'held back')
  const told = (findings: readonly Finding[]): Diagnostic[] =>
    findings.flatMap((finding) => diagnosticOf(finding, member) ?? [])
  const heldBack = causes.map((finding) => heldBackOf(finding, member))
  const left = { wanted: whole.wanted, present: whole.present, heldBack }
  if (errors) return { ...left, diagnostics: told(whole.findings), goesOn: false }
  const dropped = new Set(withheld)
  let judged = withheld.length === 0 ? whole : judge(section, reduced(member, dropped), live)
  let against: readonly Finding[] = withheld.length === 0 ? causes : [...causes, ...objections(judged.findings)]
  while (against.length > 0) {
    const fields = against.flatMap(({ field }) => field ?? [])
    if (fields.length < against.length || live === undefined) {
      return { ...left, diagnostics: told(whole.findings), goesOn: false }
    }
    const before = dropped.size
    for (const leaf of mentionedLeaves(section.family, section.scope.type, judged.wanted)) {
      if (fields.some((field) => fallsWith(leaf, field))) dropped.add(leaf)
    }
    for (const field of fields) dropped.add(field)
    if (dropped.size === before) return { ...left, diagnostics: told(whole.findings), goesOn: false }
    judged = judge(section, reduced(member, dropped), live)
    against = objections(judged.findings)
  }
  if (live === undefined && withheld.length > 0) {
    return { ...left, diagnostics: told(whole.findings), goesOn: false }
  }
  return {
    wanted: judged.wanted,
    present: judged.present,
    diagnostics: told(judged.findings),
    heldBack: withCompanions(heldBack, whole, dropped),
    goesOn: true,
  }
}

interface Judged {
  readonly wanted: DesiredMember
  readonly present: Live | undefined
  readonly findings: readonly Finding[]
}

function judge({ family, known, scope }: SectionFacts, member: DesiredMember, live: Live | undefined): Judged {
  const aligned = family.align?.(member, live, known, scope) ?? { wanted: member, live: live?.spec, findings: [] }
  const present = live && { ...live, spec: aligned.live ?? live.spec }
  const { spec, edits } = aligned.wanted
  const wanted: DesiredMember = { ...member, spec: spec as DesiredMember['spec'], edits }
  const checked = family.check?.(aligned.wanted, present, known, scope) ?? []
  const findings = [...checked, ...aligned.findings].filter(
    (finding) => finding.severity !== 'held back' || !isSoAlready(finding.field, wanted, present),
  )
  return { wanted, present, findings }
}

/** Whether all that is asked for of a field, or of the map of that name, is what GitHub has. */
function isSoAlready(field: string | undefined, wanted: DesiredMember, present: Live | undefined): boolean {
  if (field === undefined || present === undefined || touches(Object.keys(wanted.edits), field)) return false
  const given = getPath(wanted.spec, field)
  return given !== undefined && sameParts(given, getPath(present.spec, field))
}

function touches(paths: readonly string[], field: string): boolean {
  return paths.some((path) => path === field || path.startsWith(`${field}.`))
}

type Value = ReturnType<typeof getPath>

function sameParts(given: Value, live: Value): boolean {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return sameJson(given, live)
  return Object.keys(given).every((key) =>
    sameParts(getPath(given, key), getPath({ live: live ?? null }, `live.${key}`)),
  )
}

/** With the lists that came to nothing as empty ones, so that only what else stands in the way is found. */
function asGiven(member: DesiredMember, withheld: readonly string[]): DesiredMember {
  let { spec } = member
  for (const path of withheld) spec = withPath(spec, path, [])
  return { ...member, spec }
}

function reduced(member: DesiredMember, dropped: ReadonlySet<string>): DesiredMember {
  let { spec } = member
  for (const path of dropped) spec = withPath(spec, path, undefined)
  const edits = Object.fromEntries(Object.entries(member.edits).filter(([path]) => !dropped.has(path)))
  return { ...member, spec, edits }
}

/** What is against a member of which something was taken out: the cause is told already. */
function objections(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity !== 'warning')
}

function withCompanions(
  heldBack: readonly HeldBack[],
  { wanted, present }: Judged,
  dropped: ReadonlySet<string>,
): readonly HeldBack[] {
  const [first, ...others] = heldBack
  if (first === undefined) return heldBack
  const own = heldBack.flatMap(({ field }) => field ?? [])
  const waiting = [...dropped].filter((path) => {
    if (own.some((field) => fallsWith(path, field))) return false
    const given = getPath(wanted.spec, path)
    return given !== undefined && !sameJson(given, present && getPath(present.spec, path))
  })
  if (waiting.length === 0) return heldBack
  const verb = waiting.length === 1 ? 'waits' : 'wait'
  return [{ ...first, reason: `${first.reason}; ${waiting.join(', ')} ${verb} with it` }, ...others]
}

function heldBackOf(finding: Finding & { readonly severity: 'held back' }, member: DesiredMember): HeldBack {
  const { field = null, message, help } = finding
  return { address: member.address, field, reason: message, source: sourceOf(member, field ?? undefined), help }
}

function diagnosticOf(finding: Finding, member: DesiredMember): Diagnostic | undefined {
  const { severity, message, field } = finding
  if (severity === 'held back') return undefined
  return { severity, message, source: sourceOf(member, field), address: member.address }
}

/** Where the field stands, or the first of a map of that name. */
function sourceOf(member: DesiredMember, field: string | undefined): DesiredMember['source'] {
  if (field === undefined) return member.source
  const exact = member.sources[field]
  const below = Object.keys(member.sources).find((path) => path.startsWith(`${field}.`))
  return exact ?? (below === undefined ? undefined : member.sources[below]) ?? member.source
}
