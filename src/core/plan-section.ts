import { byText, formatAddress, formatScope } from './address.ts'
import { append } from './append.ts'
import { withoutRoom } from './bounds.ts'
import type { DesiredSection } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import { compileAddressGlob } from './glob.ts'
import type { HeldBack } from './held-back.ts'
import { hiddenMembers } from './hidden-members.ts'
import { holdFormer } from './hold-former.ts'
import { type Document, getPath, hasAny } from './json.ts'
import { knowing, type Withheld } from './knowing.ts'
import { isMentioned, leavesOf, supportsLeaf } from './leaves.ts'
import type { Live } from './live.ts'
import { indexLive } from './live-of.ts'
import { isArchived, planArchived } from './plan-archived.ts'
import { occupied, planDelete, planMember } from './plan-member.ts'
import type { SectionPlan } from './planned-section.ts'
import { type ReachOf, reachOfSection } from './reach.ts'
import { settleRenames } from './rename.ts'
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
  const withheld = new Map<string, Withheld>()
  const alsoHeld = new Map<string, readonly string[]>()
  const unknown: string[] = []
  const notCompared: string[] = []
  const settled = new Map<string, Document>()
  const isHidden = hiddenMembers(facts.family, facts.scope, facts.known.product) !== undefined
  const unsupportedOf = unsupportedFields(facts)
  for (const member of [...section.members].sort((left, right) => byText(left.address, right.address))) {
    const unsupported = unsupportedOf(member)
    if (unsupported.length > 0) {
      append(diagnostics, unsupported)
      continue
    }
    const planned = holdFormer(facts, member, (each) => planMember(facts, each, byKey.get(each.key)))
    append(diagnostics, planned.diagnostics)
    append(heldBack, planned.heldBack ?? [])
    if (planned.withheld) withheld.set(member.key, planned.withheld)
    if (planned.alsoHeld) alsoHeld.set(member.address, planned.alsoHeld)
    if (planned.work) works.push(planned.work)
    // Of an unknown secret nothing is settled: an entry for each of 50,000 would take some megabytes.
    if (planned.settled && (isHidden || hasAny(planned.settled))) settled.set(member.address, planned.settled)
    if (planned.secret === 'unknown') unknown.push(member.address)
    if (planned.secret === 'not compared') notCompared.push(member.address)
  }
  const pruned = planPrune(facts, section, live)
  append(heldBack, pruned.heldBack)
  const held = withoutRoom(facts, [...works, ...pruned.works], live)
  for (const each of held) {
    heldBack.push(each.held)
    withheld.set(each.work.key, 'all')
  }
  const waiting = new Set(held.map(({ work }) => work))
  const mentioned = new Set(section.members.map(({ key }) => byKey.get(key)))
  const gone = new Set(pruned.works.map(({ key }) => key))
  const leftAlone = live.filter((member) => !mentioned.has(member) && (member.fixed || !gone.has(member.key)))
  const all = [...works.filter((work) => !waiting.has(work)), ...pruned.works]
  return {
    works: kept(all),
    diagnostics: kept([...diagnostics, ...pruned.diagnostics]),
    heldBack: kept(heldBack),
    withheld: keptMap(withheld),
    alsoHeld: keptMap(alsoHeld),
    unknown: kept(unknown),
    archived: NOTHING,
    notCompared: kept(notCompared),
    settled: keptMap(settled),
    leftAlone: kept(leftAlone.map(({ key }) => key).sort(byText)),
    fieldsLeftAlone: countUnmentioned(facts, section, byKey),
    reach: kept(reachOfSection(facts, reached(facts, section, all, { byKey, settled }))),
  }
}

/** Empty lists and maps are the same for all: most sections of 10,000 repositories change nothing. */
function kept<Each>(list: readonly Each[]): readonly Each[] {
  return list.length === 0 ? NOTHING : list
}

function keptMap<Key, Value>(map: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> {
  return map.size === 0 ? (NO_ENTRIES as ReadonlyMap<Key, Value>) : map
}

const NOTHING: readonly never[] = []
const NO_ENTRIES: ReadonlyMap<unknown, unknown> = new Map()

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

function countUnmentioned(
  { family, scope, known }: SectionFacts,
  section: DesiredSection,
  byKey: ReadonlyMap<string, Live>,
): number {
  let count = 0
  for (const member of section.members) {
    const live = member.state === 'present' ? byKey.get(member.key) : undefined
    if (!live) continue
    for (const path of leavesOf(family, scope.type)) {
      if (isMentioned(member, path) || getPath(live.spec, path) === undefined) continue
      if (supportsLeaf(family, path, scope.type, known.product)) count += 1
    }
  }
  return count
}

function planPrune(
  facts: SectionFacts,
  section: DesiredSection,
  live: readonly Live[],
): { works: Work[]; diagnostics: Diagnostic[]; heldBack: HeldBack[] } {
  if (section.prune.length === 0) return { works: [], diagnostics: [], heldBack: [] }
  const { known, family, scope } = facts
  if (!known.repositories.complete) {
    const message = `prune is held back in ${formatScope(scope)}: the credential does not see every repository of the owner`
    return {
      works: [],
      heldBack: [],
      diagnostics: section.prune
        .slice(0, 1)
        .map(({ source }) => ({ severity: 'warning', message, source, held_back: true })),
    }
  }
  const hidden = hiddenMembers(family, scope, known.product)
  if (hidden !== undefined) {
    const address = formatAddress(scope, family.name, '')
    const message = `prune does nothing in ${address}: ${hidden.why}; write what is to go as absent`
    const warnings = section.prune.slice(0, 1).map(({ source }) => ({ severity: 'warning' as const, message, source }))
    return { works: [], heldBack: [], diagnostics: warnings }
  }
  const mentioned = new Set(section.members.map((member) => member.key))
  const globs = section.prune.map((prune) => ({ ...prune, matches: compileAddressGlob(prune.glob) }))
  const works: Work[] = []
  const heldBack: HeldBack[] = []
  for (const member of live) {
    if (mentioned.has(member.key) || member.fixed) continue
    const address = formatAddress(scope, family.name, member.key)
    const prune = globs.find(({ matches }) => matches(address))
    if (!prune) continue
    const held = occupied(facts, member, { address, source: prune.source })
    if (held) heldBack.push(held)
    else works.push(planDelete(facts, member, address, `not in the YAML, and prune names ${prune.glob}`, prune.source))
  }
  works.sort((left, right) => byText(left.change.address, right.change.address))
  return { works, diagnostics: [], heldBack }
}
