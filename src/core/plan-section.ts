import { byText, formatAddress } from './address.ts'
import { append } from './append.ts'
import { withoutRoom } from './bounds.ts'
import type { DesiredMember, DesiredSection } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { tableOf } from './field-table.ts'
import type { HeldBack } from './held-back.ts'
import { hiddenMembers } from './hidden-members.ts'
import { holdFormer } from './hold-former.ts'
import { inOrder } from './in-order.ts'
import { type Document, getPath, hasAny } from './json.ts'
import { knowing, type Withheld } from './knowing.ts'
import { isMentioned } from './leaves.ts'
import type { Live } from './live.ts'
import { indexLive } from './live-of.ts'
import { isArchived, planArchived } from './plan-archived.ts'
import { type MemberPlan, planMember } from './plan-member.ts'
import { planPrune } from './plan-prune.ts'
import type { SectionPlan } from './planned-section.ts'
import { type ReachOf, reachOfSection } from './reach.ts'
import { settleRenames } from './rename.ts'
import { LADDER } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'
import { unsupportedFields } from './unsupported-fields.ts'
import type { Work } from './work.ts'

/**
 * Compares one section of the configuration with GitHub's state. Pure; the order of members on either side has no
 * effect. Members must not rely on held-back ones: the section is planned again until no further member is held back.
 */
export function planSection(facts: SectionFacts, section: DesiredSection, live: readonly Live[]): SectionPlan {
  const address = formatAddress(section.scope, section.family, '')
  const isHidden = hiddenMembers(facts.family, facts.scope, facts.known.product) !== undefined
  const renamed = settleRenames(facts.family, section, live, isHidden ? 'not shown' : 'shown')
  let planned = planOnce(facts, renamed.section, renamed.live)
  for (let held = 0; countWithheld(planned.withheld) > held; ) {
    held = countWithheld(planned.withheld)
    const known = knowing(facts.known, section.scope, new Map([[address, planned.withheld]]))
    planned = planOnce({ ...facts, known }, renamed.section, renamed.live)
  }
  if (renamed.diagnostics.length === 0) return planned
  return { ...planned, diagnostics: [...renamed.diagnostics, ...planned.diagnostics] }
}

function countWithheld(withheld: SectionPlan['withheld']): number {
  let count = 0
  for (const of of withheld.values()) count += of === 'all' ? MANY : of.size
  return count
}

/** All of a member is more than any of its fields. */
const MANY = 1000

function planOnce(facts: SectionFacts, section: DesiredSection, live: readonly Live[]): SectionPlan {
  if (isArchived(facts)) return planArchived(facts, section, indexLive(facts.family, section.members, live))
  const byKey = indexLive(facts.family, section.members, live)
  const works: Work[] = []
  const diagnostics: Diagnostic[] = []
  const heldBack: HeldBack[] = []
  let withheld: Map<string, Withheld> | undefined
  let alsoHeld: Map<string, readonly string[]> | undefined
  const unknown: string[] = []
  const notCompared: string[] = []
  let settled: Map<string, Document> | undefined
  const isHidden = hiddenMembers(facts.family, facts.scope, facts.known.product) !== undefined
  const unsupportedOf = unsupportedFields(facts)
  const plan = (member: DesiredMember): MemberPlan => planMember(facts, member, byKey.get(member.key))
  for (const member of inOrder(section.members, byAddress)) {
    const unsupported = unsupportedOf(member)
    if (unsupported.length > 0) {
      append(diagnostics, unsupported)
      continue
    }
    const planned = holdFormer(facts, member, plan)
    append(diagnostics, planned.diagnostics)
    if (planned.heldBack) append(heldBack, planned.heldBack)
    if (planned.withheld) {
      withheld ??= new Map()
      withheld.set(member.key, planned.withheld)
    }
    if (planned.alsoHeld) {
      alsoHeld ??= new Map()
      alsoHeld.set(member.address, planned.alsoHeld)
    }
    if (planned.work) works.push(planned.work)
    // Of an unknown secret nothing is settled: an entry for each of 50,000 would take some megabytes.
    if (planned.settled && (isHidden || hasAny(planned.settled))) {
      settled ??= new Map()
      settled.set(member.address, planned.settled)
    }
    if (planned.secret === 'unknown') unknown.push(member.address)
    if (planned.secret === 'not compared') notCompared.push(member.address)
  }
  const pruned = planPrune(facts, section, live)
  append(heldBack, pruned.heldBack)
  const wished = pruned.works.length === 0 ? works : [...works, ...pruned.works]
  const held = withoutRoom(facts, wished, live)
  for (const each of held) {
    heldBack.push(each.held)
    withheld ??= new Map()
    withheld.set(each.work.key, 'all')
  }
  const waiting = new Set(held.map(({ work }) => work))
  const all = held.length === 0 ? wished : wished.filter((work) => !waiting.has(work))
  return {
    works: kept(all),
    diagnostics: kept(pruned.diagnostics.length === 0 ? diagnostics : [...diagnostics, ...pruned.diagnostics]),
    heldBack: kept(heldBack),
    withheld: withheld ?? NO_ENTRIES,
    alsoHeld: alsoHeld ?? NO_ENTRIES,
    unknown: kept(unknown),
    archived: NOTHING,
    notCompared: kept(notCompared),
    settled: settled ?? NO_ENTRIES,
    leftAlone: leftAlone(section, byKey, { live, pruned: pruned.works }),
    fieldsLeftAlone: countUnmentioned(facts, section, byKey),
    reach: LADDER[facts.scope.type].owns
      ? kept(reachOfSection(facts, reached(facts, section, all, { byKey, settled: settled ?? NO_ENTRIES })))
      : NOTHING,
  }
}

/** Empty lists and maps are the same for all: most sections of 10,000 repositories change nothing. */
function kept<Each>(list: readonly Each[]): readonly Each[] {
  return list.length === 0 ? NOTHING : list
}

const NOTHING: readonly never[] = []
const NO_ENTRIES: ReadonlyMap<string, never> = new Map<string, never>()

const byAddress = (left: DesiredMember, right: DesiredMember): number => byText(left.address, right.address)

interface Present {
  readonly live: readonly Live[]
  readonly pruned: readonly Work[]
}

/** The live members that nothing in the YAML is about. */
function leftAlone(
  { members }: DesiredSection,
  byKey: ReadonlyMap<string, Live>,
  { live, pruned }: Present,
): readonly string[] {
  const mentioned = new Set(members.map(({ key }) => byKey.get(key)))
  const others = live.filter((member) => !mentioned.has(member))
  if (others.length === 0) return NOTHING
  const gone = new Set(pruned.map(({ key }) => key))
  const left = others.filter(({ key, fixed }) => fixed || !gone.has(key))
  return left.map(({ key }) => key).sort(byText)
}

interface State {
  readonly byKey: ReadonlyMap<string, Live>
  readonly settled: ReadonlyMap<string, Document>
}

/** Members with their access. Of what GitHub does not show, only that is known which the ledger says was written last. */
function reached(facts: SectionFacts, section: DesiredSection, works: readonly Work[], state: State): ReachOf[] {
  const { family, scope, known } = facts
  const isHidden = hiddenMembers(family, scope, known.product) !== undefined
  const changing = works.map(({ key, change: { address, action, access } }) => {
    return { address, live: action === 'create' || isHidden ? undefined : state.byKey.get(key), access }
  })
  const changed = new Set(works.map(({ change }) => change.address))
  const staying = section.members.flatMap(({ state: wanted, key, address }) => {
    const live = wanted === 'present' && !changed.has(address) ? state.byKey.get(key) : undefined
    const spec = isHidden ? state.settled.get(address) : live?.spec
    return live && spec ? [{ address, live: { ...live, spec }, access: undefined }] : []
  })
  return [...changing, ...staying]
}

function countUnmentioned(facts: SectionFacts, section: DesiredSection, byKey: ReadonlyMap<string, Live>): number {
  const { taken } = tableOf(facts)
  let count = 0
  for (const member of section.members) {
    const live = member.state === 'present' ? byKey.get(member.key) : undefined
    if (!live) continue
    for (const path of taken) if (!isMentioned(member, path) && getPath(live.spec, path) !== undefined) count += 1
  }
  return count
}
