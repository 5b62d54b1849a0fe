import pLimit from 'p-limit'
import { formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family, Get, Known, Wanted } from '../core/family.ts'
import { entryOf } from '../core/family-at.ts'
import type { HeldBack } from '../core/held-back.ts'
import { joinedMap } from '../core/joined-map.ts'
import type { Live } from '../core/live.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import type { NotRead } from '../core/plan.ts'
import type { Repositories } from '../core/repository.ts'
import type { Scope } from '../core/scope.ts'
import { type RecordedIds, settleIdentities } from '../core/settle-identities.ts'
import { settleNames } from '../core/settle-names.ts'
import type { Support } from '../core/support.ts'
import { GitHubError } from '../github/errors.ts'
import { type Above, neededAbove, unreadAbove } from './above.ts'
import { heldInMissing, stateOfScope } from './created-scope.ts'
import { knownFor, sectionAddress } from './known.ts'
import { lacking } from './lacking.ts'
import { lookUp } from './look-up.ts'
import { needsFailed, ranksOf } from './need-order.ts'
import { type Group, inGroups } from './section-groups.ts'
import { NO_READS, type Reads, startReads } from './start-reads.ts'
import { throughAbove, topSections } from './through-above.ts'
import { partsOfUnread } from './unread-parts.ts'

export interface ReadInput {
  readonly sections: readonly DesiredSection[]
  /** Sections of the owner above, as the configuration wants them: another run reads and writes them. */
  readonly above?: readonly DesiredSection[] | undefined
  /** Sections of the levels above that are read beside these: what needs one waits for it, and does without where it cannot be read. */
  readonly beside?: BegunSections | undefined
  readonly families: readonly Family[]
  readonly get: Get
  /** Makes a reader for one repository, whose answers no other one shares; `get` where it is left out. */
  ofRepository?(): Get
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

/** Sections that another reading has begun. */
export interface BegunSections {
  /** The members of those that were read so far, by section address. */
  readonly live: ReadonlyMap<string, readonly Live[]>
  readonly reads: Reads
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
  /** Why the sections could not be read, by scope: the first error of each. */
  readonly errors: ReadonlyMap<string, GitHubError>
  readonly diagnostics: readonly Diagnostic[]
  /** Access that repositories do not gain by their former names. */
  readonly heldBack: readonly HeldBack[]
}

/**
 * Reads the settings that the sections mention, each as soon as what its family needs was read. A
 * scope of which any part could not be read, or that depends on such a one, is left out whole and named.
 */
export async function readSections(input: ReadInput): Promise<Reading> {
  // Made once: each is needed a dozen times.
  const addresses = new Map(input.sections.map((section) => [section, sectionAddress(section)]))
  const addressOf = (section: DesiredSection): string => addresses.get(section) ?? sectionAddress(section)
  const own = new Set(addresses.values())
  // Sections that need one which the product does not have are read as if the YAML did not have it.
  const lacked = new Set<string>()
  const desired = new Map([...(input.above ?? []), ...input.sections].map((section) => [addressOf(section), section]))
  const live = new Map<string, readonly Live[]>()
  const failures = new Map<DesiredSection, string>()
  const alone = new Set<string>()
  const errors = new Map<string, GitHubError>()
  const diagnostics: Diagnostic[] = []
  const heldBack: HeldBack[] = []
  const done = new Map<DesiredSection, ReadSection>()
  const { product, plan, repositories, identities = NO_IDS, inRun = () => true } = input
  const needed = neededAbove(input.sections, input.families, desired)
  const tops = topSections(desired)
  const ofName = new Map(input.families.map((family) => [family.name, family]))
  const allLive = input.beside === undefined ? live : joinedMap(input.beside.live, live)
  const through = (scope: Scope, of: string): readonly Wanted[] | undefined => {
    const family = ofName.get(of)
    return family && throughAbove(scope, family, { desired, live: allLive }, tops)
  }
  const fromTop = tops.size === 0 ? {} : { through }
  const findings = { desired, live: allLive, product, plan, repositories, inRun, ...fromTop, below: needed }
  const broken = new Set<string>()
  const aboves = [...(input.policies === 'none' ? [] : needed)].flatMap(([address, above]) =>
    own.has(address) ? [] : above,
  )
  // A policy that no file mentions, and that the credential may not read, is reported once and decides nothing.
  const readAbove = async (above: Above, get: Get): Promise<void> => {
    const section = { scope: above.scope, family: above.family.name, members: [], prune: [], source: above.for.source }
    const address = sectionAddress(section)
    if (lacking(above.family, section, product, input.productName)) return
    try {
      live.set(
        address,
        await entryOf(above.family, above.scope).read(
          above.scope,
          input.getAbove?.(above.scope) ?? get,
          knownFor(findings, above.scope, section.family, section),
        ),
      )
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      if (error.kind === 'forbidden') diagnostics.push(unreadAbove(above, error.message))
      else broken.add(address)
    }
  }
  const readOne = async (section: DesiredSection, family: Family, get: Get): Promise<void> => {
    // A feature that the product lacks is reported with its line, and never requested.
    const absent = lacking(family, section, product, input.productName)
    if (absent) {
      diagnostics.push(absent)
      lacked.add(addressOf(section))
      return
    }
    const waits = needsFailed(family, section, live, (address) =>
      lacked.has(address) ? false : own.has(address) || broken.has(address),
    )
    if (waits !== undefined) {
      failures.set(section, waits.reason)
      if (alone.has(waits.on)) alone.add(addressOf(section))
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
      const members = state === 'created' ? [] : await entryOf(family, section.scope).read(section.scope, get, known)
      live.set(addressOf(section), members)
      const named = settleNames(section, members, family, known, section.scope)
      const looked = lookUp(named.section, family, members, get, product)
      const ids = looked instanceof Promise ? await looked : looked
      const offers = entryOf(family, section.scope).offered?.(section.scope, get, known)
      const offered = offers && (await offers)
      // Keys that come after a spread give each object a shape of its own, which takes more than the object.
      const all = { ids, ...(offered ? { offered } : {}), ...known }
      const facts = { family, known: all, scope: section.scope, ids: identities }
      const settled = settleIdentities(named.section, members, facts)
      desired.set(addressOf(section), settled.section)
      append(heldBack, named.heldBack, settled.heldBack)
      append(diagnostics, settled.diagnostics)
      done.set(section, { section: settled.section, family, known: all, live: members })
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      failures.set(section, error.message)
      const scope = formatScope(section.scope)
      errors.set(scope, errors.get(scope) ?? error)
      if (input.extent === 'everything' && isOfItself(error)) alone.add(addressOf(section))
    }
  }
  const readGroup = (group: Group, earlier: Reads, get: Get): Reads =>
    startReads(group, { ranks, addressOf }, earlier, {
      above: (above) => readAbove(above, get),
      section: (section, family) => readOne(section, family, get),
    })
  const ranks = ranksOf(input.families)
  const { ofOwner, ofRepositories } = inGroups(input.sections, aboves)
  const begun = input.beside?.reads
  const owners = readGroup(ofOwner, begun ?? NO_READS, input.get)
  const wider =
    begun === undefined ? owners : { all: owners.all, byAddress: joinedMap(begun.byAddress, owners.byAddress) }
  const inTurn = pLimit(GROUPS_AT_ONCE)
  await Promise.all([
    ...owners.all,
    inTurn.map(ofRepositories, (group) =>
      Promise.all(readGroup(group, wider, input.ofRepository?.() ?? input.get).all),
    ),
  ])
  const { failed, partsNotRead } = partsOfUnread(input.sections, { failures, alone, done })
  const read = input.sections.flatMap((section) => done.get(section) ?? [])
  return {
    read: failed.size === 0 ? read : read.filter(({ section }) => !failed.has(formatScope(section.scope))),
    notRead: [...failed.values()],
    partsNotRead,
    errors,
    diagnostics,
    heldBack,
  }
}

/** A little more than there are requests at once: of those that wait for a turn nothing is begun yet. */
export const GROUPS_AT_ONCE = 128

const NO_IDS: RecordedIds = { recorded: new Map(), accepted: new Map() }

/**
 * Whether GitHub's answer may be about the family at hand alone: its owner's plan or policy lacks it, or the credential the
 * permission, which 404 may hide.
 */
function isOfItself({ status, limited }: GitHubError): boolean {
  return !limited && status !== undefined && [402, 403, 404].includes(status)
}
