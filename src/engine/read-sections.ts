import { formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family, Get, Known, Wanted } from '../core/family.ts'
import { entryOf } from '../core/family-at.ts'
import type { HeldBack } from '../core/held-back.ts'
import { holderOf } from '../core/holder.ts'
import type { Live } from '../core/live.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import type { NotRead } from '../core/plan.ts'
import type { Repositories } from '../core/repository.ts'
import { LEVELS, type Scope, scopeAbove } from '../core/scope.ts'
import { type RecordedIds, settleIdentities } from '../core/settle-identities.ts'
import { settleNames } from '../core/settle-names.ts'
import type { Support } from '../core/support.ts'
import { GitHubError } from '../github/errors.ts'
import { type Above, neededAbove, unreadAbove } from './above.ts'
import { heldInMissing, stateOfScope } from './created-scope.ts'
import { knownFor, sectionAddress } from './known.ts'
import { lacking } from './lacking.ts'
import { lookUp } from './look-up.ts'
import { throughAbove, topSections } from './through-above.ts'

export interface ReadInput {
  readonly sections: readonly DesiredSection[]
  /** Sections of the owner above, as the configuration wants them: another run reads and writes them. */
  readonly above?: readonly DesiredSection[] | undefined
  readonly families: readonly Family[]
  readonly get: Get
  /** Reads a level above; as `get` does where it is left out. */
  getAbove?(scope: Scope): Get
  readonly product: Support
  readonly productName: string
  /** The owner's plan on GitHub's cloud, where the credential may see it. */
  readonly plan: string | undefined
  readonly repositories: Repositories
  /** `everything` for an import, which has no desired state to limit the reads. */
  readonly extent: 'asked' | 'everything'
  /** `none` for a personal account, which has no level above its repositories. */
  readonly policies?: 'above' | 'none'
  /** The ids that the ledger has of names, and those that are let in; none where it is left out. */
  readonly identities?: RecordedIds
  /** The addresses that the run may change; all where it is left out. */
  inRun?(address: string): boolean
}

/** A section that was read whole. */
export interface ReadSection {
  readonly section: DesiredSection
  readonly family: Family
  readonly known: Known
  readonly live: readonly Live[]
}

export interface Reading {
  readonly read: readonly ReadSection[]
  readonly notRead: readonly NotRead[]
  /** Of an import: sections that could not be read in scopes that were read beside them. */
  readonly partsNotRead: readonly PartNotRead[]
  readonly diagnostics: readonly Diagnostic[]
  /** Access that repositories do not gain by their former names. */
  readonly heldBack: readonly HeldBack[]
}

/**
 * Reads the settings that the sections mention, from wide to narrow and in the order that families need one another. A
 * scope of which any part could not be read, or that depends on such a one, is left out whole and named.
 */
export async function readSections(input: ReadInput): Promise<Reading> {
  const own = new Set(input.sections.map(sectionAddress))
  // Sections that need one which the product does not have are read as if the YAML did not have it.
  const lacked = new Set<string>()
  const desired = new Map(
    [...(input.above ?? []), ...input.sections].map((section) => [sectionAddress(section), section]),
  )
  const live = new Map<string, readonly Live[]>()
  const failures = new Map<DesiredSection, string>()
  const alone = new Set<string>()
  const diagnostics: Diagnostic[] = []
  const heldBack: HeldBack[] = []
  const done = new Map<DesiredSection, ReadSection>()
  const { product, plan, repositories, identities = NO_IDS, inRun = () => true } = input
  const needed = neededAbove(input.sections, input.families, desired)
  const tops = topSections(desired)
  const ofName = new Map(input.families.map((family) => [family.name, family]))
  const through = (scope: Scope, of: string): readonly Wanted[] | undefined => {
    const family = ofName.get(of)
    return family && throughAbove(scope, family, { desired, live }, tops)
  }
  const findings = { desired, live, product, plan, repositories, inRun, through, below: needed }
  const broken = new Set<string>()
  // A policy that no file mentions, and that the credential may not read, is reported once and decides nothing.
  const readAbove = async (above: Above): Promise<void> => {
    const section = { scope: above.scope, family: above.family.name, members: [], prune: [], source: above.for.source }
    const address = sectionAddress(section)
    if (own.has(address) || lacking(above.family, section, product, input.productName)) return
    try {
      live.set(
        address,
        await entryOf(above.family, above.scope).read(
          above.scope,
          input.getAbove?.(above.scope) ?? input.get,
          knownFor(findings, above.scope, section.family, section),
        ),
      )
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      if (error.kind === 'forbidden') diagnostics.push(unreadAbove(above, error.message))
      else broken.add(address)
    }
  }
  for (const type of LEVELS) {
    if (input.policies !== 'none') {
      await Promise.all([...needed.values()].filter(({ scope }) => scope.type === type).map(readAbove))
    }
    for (const rank of inNeedOrder(input.families)) {
      const sections = input.sections.filter(
        ({ scope, family }) => scope.type === type && rank.some((of) => of.name === family),
      )
      await Promise.all(
        sections.map(async (section) => {
          const family = rank.find(({ name }) => name === section.family) as Family
          // A feature that the product lacks is reported with its line, and never requested.
          const absent = lacking(family, section, product, input.productName)
          if (absent) {
            diagnostics.push(absent)
            lacked.add(sectionAddress(section))
            return
          }
          const waits = needsFailed(family, section, live, (address) =>
            lacked.has(address) ? false : own.has(address) || broken.has(address),
          )
          if (waits !== undefined) {
            failures.set(section, waits.reason)
            if (alone.has(waits.on)) alone.add(sectionAddress(section))
            return
          }
          const asked = input.extent === 'asked' ? section : undefined
          const known = knownFor(findings, section.scope, family.name, asked)
          try {
            const state = stateOfScope(section.scope, desired, live, inRun)
            if (state === 'missing') {
              append(heldBack, heldInMissing(section, inRun))
              return
            }
            const members =
              state === 'created' ? [] : await entryOf(family, section.scope).read(section.scope, input.get, known)
            live.set(sectionAddress(section), members)
            const named = settleNames(section, members, family, known, section.scope)
            const ids = await lookUp(named.section, family, members, input.get)
            const offered = await entryOf(family, section.scope).offered?.(section.scope, input.get, known)
            const all = { ...known, ids, ...(offered ? { offered } : {}) }
            const facts = { family, known: all, scope: section.scope, ids: identities }
            const settled = settleIdentities(named.section, members, facts)
            desired.set(sectionAddress(section), settled.section)
            append(heldBack, [...named.heldBack, ...settled.heldBack])
            append(diagnostics, settled.diagnostics)
            done.set(section, { section: settled.section, family, known: all, live: members })
          } catch (error) {
            if (!(error instanceof GitHubError)) throw error
            failures.set(section, error.message)
            if (input.extent === 'everything' && isOfItself(error)) alone.add(sectionAddress(section))
          }
        }),
      )
    }
  }
  // In the order of the sections, not of the answers; of a scope the first reason is reported.
  const failed = new Map<string, NotRead>()
  const partsNotRead: PartNotRead[] = []
  const asked = countByScope(input.sections)
  const had = countByScope([...done.keys()])
  // Nothing is to be had of a scope of which several families were asked for, and none was read.
  const isLost = (scope: string): boolean => (asked.get(scope) ?? 0) > 1 && !had.has(scope)
  for (const section of input.sections) {
    const [scope, reason] = [formatScope(section.scope), failures.get(section)]
    if (reason === undefined) continue
    const isPart = alone.has(sectionAddress(section)) && (!isLost(scope) || holderOf(section.scope) !== undefined)
    if (isPart) partsNotRead.push({ scope: section.scope, family: section.family, reason })
    else if (!failed.has(scope)) failed.set(scope, { scope, reason, family: section.family })
  }
  const read = input.sections.flatMap((section) => done.get(section) ?? [])
  return {
    read: read.filter(({ section }) => !failed.has(formatScope(section.scope))),
    notRead: [...failed.values()],
    partsNotRead: partsNotRead.filter((part) => !failed.has(formatScope(part.scope))),
    diagnostics,
    heldBack,
  }
}

function countByScope(sections: readonly DesiredSection[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const section of sections) {
    const scope = formatScope(section.scope)
    counts.set(scope, (counts.get(scope) ?? 0) + 1)
  }
  return counts
}

const NO_IDS: RecordedIds = { recorded: new Map(), accepted: new Map() }

/**
 * Whether GitHub's answer may be about the family at hand alone: its owner's plan or policy lacks it, or the credential the
 * permission, which 404 may hide.
 */
function isOfItself({ status, limited }: GitHubError): boolean {
  return !limited && status !== undefined && [402, 403, 404].includes(status)
}

/** Explains that a section cannot be planned because a section that it needs could not be read. */
function needsFailed(
  family: Family,
  section: DesiredSection,
  live: ReadonlyMap<string, unknown>,
  asked: (address: string) => boolean,
): { readonly reason: string; readonly on: string } | undefined {
  const holder = holderOf(section.scope)?.section
  if (holder !== undefined && asked(holder) && !live.has(holder)) {
    return { reason: `it is in ${holder}, which could not be read`, on: holder }
  }
  for (const need of family.needs ?? []) {
    const place = need.from === 'here' ? section.scope : scopeAbove(section.scope)
    const needed = place && sectionAddress({ scope: place, family: need.family })
    if (needed !== undefined && asked(needed) && !live.has(needed)) {
      return { reason: `it hangs on ${needed}, which could not be read`, on: needed }
    }
  }
  return undefined
}

/** Families in ranks, each after those of them that it needs in the same scope. */
export function inNeedOrder(families: readonly Family[]): Family[][] {
  const ranks: Family[][] = []
  let left = [...families]
  while (left.length > 0) {
    const waits = new Set(left.map(({ name }) => name))
    const rank = left.filter((family) =>
      (family.needs ?? []).every(({ family: of, from }) => from === 'above' || !waits.has(of)),
    )
    if (rank.length === 0)
      throw new Error(`bug: families need one another in a circle: ${left.map(({ name }) => name).join(', ')}`)
    ranks.push(rank)
    left = left.filter((family) => !rank.includes(family))
  }
  return ranks
}
