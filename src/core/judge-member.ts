import { overfullLists } from './bounds.ts'
import { comparableLeaves } from './comparable-leaves.ts'
import type { DesiredMember } from './desired.ts'
import { at } from './family-at.ts'
import type { Finding } from './finding.ts'
import { type Document, getPath, hasAny, type Json, sameJson } from './json.ts'
import { routeOf, secretLeaf } from './leaves.ts'
import type { Live } from './live.ts'
import { impliedModes, unseenLists } from './modes.ts'
import type { SectionFacts } from './section-facts.ts'

/** A member beside GitHub's, with all that is against it. */
export interface Judged {
  /** With the modes that its lists mean. */
  readonly wanted: DesiredMember
  readonly present: Live | undefined
  readonly findings: readonly Finding[]
}

/** Finds what is against a member: what GitHub has already is not. */
export function judgeMember(section: SectionFacts, member: DesiredMember, live: Live | undefined): Judged {
  const { family, known, scope } = section
  const first = align(section, member, live)
  const implied = impliedModes(section, first.wanted, first.present)
  const last = hasAny(implied) ? align(section, withImplied(section, member, implied), live) : first
  const { wanted, present } = last
  const checked = at(family, scope)?.check?.(wanted, present, known, scope) ?? NOTHING
  const unseen = unseenLists(section, wanted, present)
  const valueless = needsValue(section, wanted, present)
  const overfull = overfullLists(section, wanted, present)
  const count = checked.length + unseen.length + valueless.length + overfull.length + last.findings.length
  // Nothing is against nearly all of them.
  if (count === 0) return last
  const findings = [...checked, ...unseen, ...valueless, ...overfull, ...last.findings]
  const kept = findings.filter((finding) => {
    if (finding.severity !== 'held back') return true
    const isCompared = section.unheld === true && present !== undefined && finding.field !== undefined
    return !isCompared && !isSoAlready(finding.field, wanted, present)
  })
  return { wanted, present, findings: kept }
}

/** Both sides in the family's same words. */
function align({ family, known, scope }: SectionFacts, of: DesiredMember, live: Live | undefined): Judged {
  const aligned = at(family, scope)?.align?.(of, live, known, scope)
  if (aligned === undefined) return { wanted: of, present: live, findings: NOTHING }
  const { spec, edits } = aligned.wanted
  const isSame = spec === of.spec && edits === of.edits
  const present =
    live && (aligned.live === undefined || aligned.live === live.spec ? live : { ...live, spec: aligned.live })
  return { wanted: isSame ? of : { ...of, spec: spec as Document, edits }, present, findings: aligned.findings }
}

/** A mode that a list implies has the list's place. */
function withImplied({ family }: SectionFacts, member: DesiredMember, implied: Document): DesiredMember {
  const sources = { ...member.sources }
  for (const field of Object.keys(implied)) {
    const list = Object.keys(member.sources).find((path) => family.fields[path]?.mode?.field === field)
    const source = list === undefined ? undefined : member.sources[list]
    if (source) sources[field] = source
  }
  return { ...member, spec: { ...member.spec, ...implied }, sources }
}

/** Fields that GitHub takes only together with a secret's value need a value in the YAML. */
function needsValue(section: SectionFacts, wanted: DesiredMember, present: Live | undefined): readonly Finding[] {
  const { family, scope } = section
  const path = secretLeaf(family)
  if (path === undefined || present === undefined || getPath(wanted.spec, path) !== undefined) return NOTHING
  const route = routeOf(family, path, scope.type)
  return comparableLeaves(section, wanted, present, path)
    .compared.filter((leaf) => routeOf(family, leaf, scope.type) === route)
    .filter((leaf) => !sameJson(getPath(wanted.spec, leaf), getPath(present.spec, leaf)))
    .map((field) => ({
      severity: 'held back',
      field,
      message: `GitHub has ${field}: ${getPath(present.spec, field)}, and takes ${getPath(wanted.spec, field)} only with the value, which the YAML does not give`,
      help: `Give its ${path} in the YAML, or change ${field} by hand.`,
    }))
}

/** Whether GitHub has the desired value of a field, or of each field in the map of that name, already. */
function isSoAlready(field: string | undefined, wanted: DesiredMember, present: Live | undefined): boolean {
  if (field === undefined || present === undefined) return false
  if (Object.keys(wanted.edits).some((path) => path === field || path.startsWith(`${field}.`))) return false
  const given = getPath(wanted.spec, field)
  return given !== undefined && isWithin(given, getPath(present.spec, field))
}

function isWithin(given: Json, live: Json | undefined): boolean {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return sameJson(given, live)
  const whole = { live: live ?? null }
  return Object.entries(given).every(([key, value]) => isWithin(value, getPath(whole, `live.${key}`)))
}

const NOTHING: readonly never[] = []
