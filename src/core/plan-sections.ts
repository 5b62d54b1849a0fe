import { byText, formatAddress } from './address.ts'
import type { DesiredSection } from './desired.ts'
import { openTables } from './field-table.ts'
import { liveByLedger } from './hidden-members.ts'
import { holdUnprotected } from './hold-unprotected.ts'
import { knowing, knowingBelow, knowingRenamed, knowingWritten, type WithheldBySection } from './knowing.ts'
import type { Live } from './live.ts'
import { planSection } from './plan-section.ts'
import type { SectionPlan } from './planned-section.ts'
import { formerKey } from './rename.ts'
import { LEVELS } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'
import { SetupError } from './setup-error.ts'
import { shareEntries } from './share-entries.ts'
import type { Work } from './work.ts'

/** A section of a scope that was read whole. */
export interface SectionToPlan {
  readonly facts: SectionFacts
  readonly section: DesiredSection
  readonly live: readonly Live[]
}

interface Sections {
  readonly sections: readonly SectionToPlan[]
  /** Addresses of sections that another run writes before this plan is applied. */
  readonly awaited?: readonly string[]
}

/** The plan of one section. */
export interface SectionInPlan {
  readonly address: string
  readonly facts: SectionFacts
  readonly live: readonly Live[]
  readonly own: SectionPlan
}

/**
 * Plans each section. Where one asked for wishes further down, and some of these are held back, all are planned again with that
 * known, until nothing further is held back.
 * @param most changes
 * @throws SetupError where there are more
 */
export function planSections(
  input: Sections,
  inTarget: (address: string) => boolean,
  most: number,
): readonly SectionInPlan[] {
  let planned = planOnce(input, inTarget, most, new Map())
  for (let pass = 1; pass < MOST_PASSES && planned.asked && planned.withheld.size > planned.held; pass += 1) {
    planned = planOnce(input, inTarget, most, planned.withheld)
  }
  return planned.sections
}

/** A wish that is held back above holds back more below, and the reverse: between three levels at most so many times. */
const MOST_PASSES = 4

interface Pass {
  readonly sections: readonly SectionInPlan[]
  readonly withheld: WithheldBySection
  /** Of how many sections a part was known to be held back. */
  readonly held: number
  /** Whether a section asked for wishes further down. */
  readonly asked: boolean
}

function planOnce(
  input: Sections,
  inTarget: (address: string) => boolean,
  most: number,
  heldBelow: WithheldBySection,
): Pass {
  const count = countingChanges(inTarget, most)
  const withheld = new Map<string, SectionPlan['withheld']>()
  const outside = new Set<string>()
  const written = { now: new Set<string>(), takes: inTarget, before: new Set(input.awaited) }
  const renames = input.sections.some(({ section }) => section.members.some((each) => formerKey(each) !== undefined))
  const sameEntry = shareEntries()
  const tableFor = openTables()
  let asked = false
  const sections = fromWideToNarrow(input.sections).map(({ facts, section, live: read }) => {
    const address = addressOf(section)
    const live = liveByLedger(facts, section, read)
    const above = knowingWritten(renames ? knowingRenamed(facts.known) : facts.known, section.scope, written)
    const known = knowingBelow(knowing(above, section.scope, withheld), heldBelow, () => {
      asked = true
    })
    const isWritten = section.prune.length > 0 || section.members.some((member) => inTarget(member.address))
    if (isWritten) written.now.add(address)
    const planned = planSection({ ...facts, known, sameEntry, table: tableFor(facts) }, section, live)
    const own = holdUnprotected(planned, section.scope, { withheld, outside })
    for (const { change } of own.works) if (!inTarget(change.address)) outside.add(change.address)
    count(own.works)
    if (own.withheld.size > 0) withheld.set(address, own.withheld)
    return { address, facts, live, own }
  })
  sections.sort((left, right) => byText(left.address, right.address))
  return { sections, withheld, held: heldBelow.size, asked }
}

/** Refuses the plan as soon as it is known to be too large, before the rest takes memory. */
function countingChanges(inTarget: (address: string) => boolean, most: number): (works: readonly Work[]) => void {
  let count = 0
  return (works) => {
    for (const { change } of works) if (inTarget(change.address)) count += 1
    if (count <= most) return
    const words = most.toLocaleString('en')
    throw new SetupError(
      `The configuration comes to more than ${words} changes, and one plan holds ${words}: plan and apply it in parts, with --owner or --target.`,
    )
  }
}

/** Sections above come first: their held-back settings must be known before sections below are planned. */
function fromWideToNarrow(sections: Sections['sections']): Sections['sections'] {
  return LEVELS.flatMap((type) => sections.filter(({ section }) => section.scope.type === type))
}

function addressOf({ scope, family }: DesiredSection): string {
  return formatAddress(scope, family, '')
}
