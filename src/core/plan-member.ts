import { type Coming, comingOf } from './coming.ts'
import { comparableLeaves } from './comparable-leaves.ts'
import type { DesiredMember } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { at } from './family-at.ts'
import { tableOf } from './field-table.ts'
import type { HeldBack } from './held-back.ts'
import { type HiddenMembers, hiddenMembers } from './hidden-members.ts'
import { type Document, getPath, hasAny, sameJson, withPath } from './json.ts'
import type { Withheld } from './knowing.ts'
import { lackingField } from './lacking-field.ts'
import { mentionedLeaves, overlay, pickLeaves, secretLeaf } from './leaves.ts'
import type { Live } from './live.ts'
import { editOf, namedIn, workOf } from './make-work.ts'
import { modesInForce } from './modes.ts'
import { planHidden } from './plan-hidden.ts'
import { heldByLedger, planHiddenMember } from './plan-hidden-member.ts'
import { planValue } from './plan-value.ts'
import { RENAMED_FROM } from './rename.ts'
import type { SectionFacts } from './section-facts.ts'
import { followed, madeLeaves, madeText, settleMade } from './settle-made.ts'
import { settleMember } from './settle-member.ts'
import { valueAtOf } from './value-text.ts'
import type { Work } from './work.ts'

export interface MemberPlan {
  readonly work?: Work
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack?: readonly HeldBack[]
  /** The parts of the desired member that this run does not write. */
  readonly withheld?: Withheld
  /** Further messages about its lists that were held back when the configuration was resolved. */
  readonly alsoHeld?: readonly string[]
  readonly secret?: 'unknown' | 'not compared'
  /** The desired fields that GitHub has already. */
  readonly settled?: Document
}

/** The change, if any, that one member of the configuration needs. */
export function planMember(section: SectionFacts, member: DesiredMember, live: Live | undefined): MemberPlan {
  if (member.state !== 'present' && live?.fixed) return { diagnostics: [fixedStays(member, live)] }
  if (member.state === 'unmanaged' || member.withheld === 'all') return { diagnostics: [] }
  const hidden = hiddenMembers(section.family, section.scope, section.known.product)
  const untrusted = hidden && heldByLedger(section, member)
  if (untrusted) return { diagnostics: [], heldBack: [untrusted], withheld: 'all' }
  if (member.state === 'absent') {
    return hidden ? planHiddenMember(section, member, live, hidden) : planAbsent(section, member, live)
  }
  if (!hidden && live !== undefined && live.fixed !== 'inherited' && tableOf(section).made.length > 0) {
    const made = settleMade(section, member, live)
    const planned = following(section, member, live, planPresent(section, made.member, made.live, hidden))
    const diagnostics = [...made.diagnostics, ...planned.diagnostics]
    if (made.heldBack.length === 0) return made.diagnostics.length === 0 ? planned : { ...planned, diagnostics }
    const fields = made.heldBack.flatMap(({ field }) => field ?? [])
    const withheld = planned.withheld === 'all' ? ('all' as const) : new Set([...(planned.withheld ?? []), ...fields])
    return { ...planned, diagnostics, ...heldTogether([...made.heldBack, ...(planned.heldBack ?? [])], withheld) }
  }
  const planned = planPresent(section, member, live, hidden)
  return hidden || live === undefined || live.fixed === 'inherited'
    ? planned
    : following(section, member, live, planned)
}

/** The plan of a rename with the ledger's entry that it takes along. */
function following(section: SectionFacts, member: DesiredMember, live: Live, planned: MemberPlan): MemberPlan {
  const { work } = planned
  if (work === undefined || work.change.after?.[RENAMED_FROM] === undefined) return planned
  const entry = followed(section, member, live)
  return entry === undefined ? planned : { ...planned, work: { ...work, ...entry } }
}

function planPresent(
  section: SectionFacts,
  member: DesiredMember,
  live: Live | undefined,
  hidden: HiddenMembers | undefined,
): MemberPlan {
  const coming = live || hidden ? undefined : comingOf(section, member)
  const settled = settleMember(section, member, hidden ? undefined : (live ?? coming?.live))
  const { wanted, present, diagnostics, heldBack, withheld, alsoHeld, isWrong } = settled
  // An error stops the run: its desired member stays known, so that contradictions with it are reported as well.
  if (isWrong) return { diagnostics }
  if (withheld === 'all') return { diagnostics, ...heldTogether(heldBack, withheld) }
  const planned = hidden
    ? planHiddenMember(section, wanted, live, hidden)
    : present
      ? planUpdate(section, wanted, present, coming)
      : planCreate(section, wanted)
  if (diagnostics.length + heldBack.length + withheld.size === 0 && !alsoHeld) return planned
  const held = heldTogether([...heldBack, ...(planned.heldBack ?? [])], planned.withheld ?? withheld)
  return { ...planned, diagnostics: [...diagnostics, ...planned.diagnostics], ...held, ...(alsoHeld && { alsoHeld }) }
}

function heldTogether(heldBack: readonly HeldBack[], withheld: Withheld): Pick<MemberPlan, 'heldBack' | 'withheld'> {
  const held = heldBack.length === 0 ? {} : { heldBack }
  return withheld === 'all' || withheld.size > 0 ? { ...held, withheld } : held
}

/** The change that deletes a live member, with its `reason`. */
export function planDelete(
  section: SectionFacts,
  live: Live,
  address: string,
  reason: string,
  source: DesiredMember['source'],
): Work {
  const { key, name = key, spec, ref } = live
  const edit = editOf(section, { action: 'delete', key, name, before: spec, after: undefined, ref })
  const seed = { address, action: 'delete' as const, before: live.spec as Document, after: null, reason, source }
  return workOf(section, edit, seed, { value: null, valueAt: undefined, named: new Set(), ledgerHolds: false })
}

function fixedStays({ state, source, address }: DesiredMember, { key, fixed }: Live): Diagnostic {
  const message = `${key} is ${fixed === 'default' ? 'the default group' : 'inherited'} and cannot be ${state}`
  return { severity: 'error', message, source, address }
}

function planAbsent(section: SectionFacts, member: DesiredMember, live: Live | undefined): MemberPlan {
  if (!live) return { diagnostics: [] }
  const held = occupied(section, live, member)
  if (held) return { diagnostics: [], heldBack: [held], withheld: 'all' }
  return { work: planDelete(section, live, member.address, 'absent in the YAML', member.source), diagnostics: [] }
}

/** The obstacle to deleting a live member now; undefined where there is none. */
export function occupied(
  { family, scope }: SectionFacts,
  live: Live,
  { address, source }: Pick<DesiredMember, 'address' | 'source'>,
): HeldBack | undefined {
  const found = at(family, scope)?.occupied?.(live)
  return found && { address, field: null, reason: found.message, source, help: found.help }
}

function planCreate(section: SectionFacts, member: DesiredMember): MemberPlan {
  const { family, scope } = section
  const { address, source } = member
  if (family.notCreated) {
    return { diagnostics: [{ severity: 'warning', message: family.notCreated(member.key), source, address }] }
  }
  const path = secretLeaf(family)
  const valueAt = path === undefined ? undefined : valueAtOf(member, path)
  if (path !== undefined && !valueAt) {
    const message = `${member.key} is not on GitHub and has no value here: it is not created`
    return { diagnostics: [{ severity: 'warning', message, source, address }] }
  }
  const lacks = lackingField(section, member, 'is not on GitHub')
  if (lacks) return { diagnostics: [], heldBack: [lacks], withheld: 'all' }
  const leaves = mentionedLeaves(family, scope.type, member)
  const after = overlay({}, member.spec, member.edits, leaves)
  const edit = editOf(section, {
    action: 'create',
    key: member.key,
    name: member.name ?? member.key,
    before: undefined,
    after,
    ref: undefined,
    given: new Set(leaves),
    changed: new Set(leaves),
    putsValue: valueAt !== undefined,
  })
  const seed = {
    address,
    action: 'create' as const,
    before: null,
    after: pickLeaves(after, leaves),
    reason: 'not on GitHub',
    source,
  }
  const value = valueAt ? ('put' as const) : null
  const notes =
    edit.name === edit.key || path !== undefined ? [] : [`GitHub gets the name as it is written: ${edit.name}`]
  const work = workOf(section, edit, seed, {
    value,
    valueAt,
    named: namedIn(section, member),
    ledgerHolds: false,
    member,
    notes,
  })
  const document = madeText(section, after, madeLeaves(section, member))
  return { work: document === undefined ? work : { ...work, document }, diagnostics: [] }
}

function planUpdate(section: SectionFacts, member: DesiredMember, live: Live, coming?: Coming): MemberPlan {
  const { family, scope } = section
  const hidden = at(family, scope)?.unreadable?.(section.known.product)
  if (hidden !== undefined) return planHidden(section, member, live, hidden)
  const path = secretLeaf(family)
  const valueAt = path === undefined ? undefined : valueAtOf(member, path)
  const { compared, diagnostics } = comparableLeaves(section, member, live, path)
  const whole = overlay(live.spec as Document, member.spec, member.edits, compared)
  const differing = compared.filter((leaf) => !sameJson(getPath(live.spec, leaf), getPath(whole, leaf)))
  const secret =
    path === undefined ? undefined : planValue(section, member, live, { path, valueAt, changed: differing })
  const puts = secret?.puts ?? null
  const after = withValue(pickLeaves(whole, compared), path, secret?.after)
  const inForce = modesInForce(section, member, live)
  if (differing.length === 0 && puts === null) {
    const settled = hasAny(inForce) ? { ...after, ...inForce } : after
    return secret?.noted === undefined ? { diagnostics, settled } : { diagnostics, settled, secret: secret.noted }
  }
  const changed = new Set(path !== undefined && secret?.sourceChanged ? [...differing, path] : differing)
  const before = withValue(pickLeaves(live.spec, compared), path, secret?.before)
  const shared = new Set(compared.filter((leaf) => getPath(member.spec, leaf) === undefined && member.edits[leaf]))
  const notes = [...shared].filter((leaf) => changed.has(leaf)).map((leaf) => `${leaf} is changed from what GitHub has`)
  const edit = editOf(section, {
    action: 'update',
    key: live.key,
    name: (changed.has(RENAMED_FROM) ? member.name : live.name) ?? live.key,
    before: live.spec,
    after: whole,
    ref: coming ? undefined : live.ref,
    given: new Set(compared.filter((leaf) => getPath(member.spec, leaf) !== undefined)),
    changed: path !== undefined && puts !== null ? new Set([...changed, path]) : changed,
    shared,
    putsValue: puts !== null,
  })
  const renamed = changed.has(RENAMED_FROM) ? [`it is called ${getPath(whole, RENAMED_FROM)} on GitHub`] : []
  const others = [...changed].filter((leaf) => leaf !== RENAMED_FROM).sort()
  const reasons = [
    ...(coming ? [`${coming.by} brings it`] : []),
    ...renamed,
    ...(others.length === 0 ? [] : [`${others.join(', ')} ${others.length === 1 ? 'differs' : 'differ'}`]),
  ]
  const reason = [...reasons, ...(secret?.reason === undefined ? [] : [secret.reason])].join('; ')
  const seed = { address: member.address, action: 'update' as const, before, after, reason, source: member.source }
  const work = workOf(section, edit, seed, {
    value: puts,
    valueAt: puts === null ? undefined : valueAt,
    named: namedIn(section, member),
    member,
    ledgerHolds: secret?.holds ?? false,
    notes,
    inForce,
    coming,
  })
  return puts === null && secret?.noted ? { work, diagnostics, secret: secret.noted } : { work, diagnostics }
}

function withValue(document: Document, path: string | undefined, value: string | undefined): Document {
  return path === undefined || value === undefined ? document : withPath(document, path, value)
}
