import type { DesiredSection } from '../core/desired.ts'
import type { Family, Get } from '../core/family.ts'
import { withNeeded } from '../core/needed-sections.ts'
import type { NotRead } from '../core/plan.ts'
import type { Repositories } from '../core/repository.ts'
import { overfullRuns } from '../core/run-texts.ts'
import { ownerOf, repositoryIn, type Scope } from '../core/scope.ts'
import type { ScopeIds } from '../core/section-facts.ts'
import type { Params } from '../core/send.ts'
import type { RecordedIds } from '../core/settle-identities.ts'
import type { Client } from '../github/client.ts'
import type { OwnerFacts } from '../github/product.ts'
import { expectedReads } from './expected-reads.ts'
import { createGets } from './get.ts'
import { sectionAddress } from './known.ts'
import type { OwnerListing } from './list-owner.ts'
import type { OwnerDesired, OwnerState } from './owner-state.ts'
import { readSections } from './read-sections.ts'

export interface ReadInput {
  readonly owner: string
  readonly listing: OwnerListing
  readonly desired: OwnerDesired
  readonly families: readonly Family[]
  /** Reads with this owner's credential; the product decides which previews it asks for. */
  client(product: string | undefined): Client
  readonly identities: RecordedIds
  /** Sections of the enterprise above, as the configuration wants them. */
  readonly above: readonly DesiredSection[]
  /** Reads what is above this owner, which the credential of that may see alone; `other` reads with this owner's. */
  getAbove?(owner: string, other: Get): Get
  /**
   * Called once it is known what reading takes; gives the repositories that are read, by name, `''` for the owner's own
   * settings. All are where it is left out.
   */
  begin?(ready: ReadyOwner): Promise<ReadonlySet<string> | 'all'>
  /** Whether the run may change an address. */
  inRun(address: string, repositories: Repositories): boolean
}

/** An owner whose repositories are known, and none of its settings. */
export interface ReadyOwner {
  readonly owner: string
  /** Null of an enterprise, which has none. */
  readonly id: number | null
  readonly repositories: Repositories
  readonly sections: readonly DesiredSection[]
  /** About how many requests reading takes: see `expectedReads`. */
  readonly reads: ReadonlyMap<string, number>
}

/**
 * Reads the live state of everything of one owner that is desired. A part that cannot be read is named, never guessed.
 * @throws GitHubError where a read fails that is about the owner as a whole
 */
export async function readDesired({ owner, listing, desired, above, ...input }: ReadInput): Promise<OwnerState> {
  const { repositories } = listing
  const { facts, product, plan, support } = listing.door
  const { get, ofRepository } = createGets(input.client(product), (params) => knownId(params, facts, repositories))
  const policies = facts.type === 'personal' ? 'none' : 'above'
  const listed = desired.sections.filter(({ scope }) => inListing(scope, repositories))
  const { families, begin } = input
  const reads = expectedReads({ sections: listed, above, families, product: support, policies })
  const units = (await begin?.({ owner, id: facts.id, repositories, sections: listed, reads })) ?? 'all'
  const isRead =
    units === 'all'
      ? () => true
      : withNeeded(listed, families, ({ scope }) => units.has(repositoryIn(scope)?.repo ?? ''))
  const { read, ...reading } = await readSections({
    sections: listed.filter(isRead),
    above,
    families,
    get,
    ofRepository,
    getAbove: (scope) => (ownerOf(scope) === owner ? get : (input.getAbove?.(ownerOf(scope), get) ?? get)),
    product: support,
    productName: product,
    plan,
    repositories,
    identities: input.identities,
    extent: 'asked',
    policies,
    inRun: (address) => input.inRun(address, repositories),
  })
  // A scope that could not be read may exist: no other message about it is printed.
  const unseen = new Set(listing.notRead.map(({ scope }) => scope))
  const notRead = [...listing.notRead, ...reading.notRead]
  return {
    owner,
    product,
    desired: units === 'all' ? desired.sections : desired.sections.filter(isRead),
    // Each key by its name: a spread gives the objects of 10,000 repositories twice the size.
    sections: read.map(({ section, family, known, live }) => {
      return { ids: idsOf(section.scope, facts, repositories), section, family, known, live }
    }),
    notRead,
    diagnostics: [
      ...desired.diagnostics.filter(({ address }) => address === undefined || !unseen.has(address)),
      ...reading.diagnostics,
      ...overfullRuns(desired.sections, families, { product: support, repositories }),
    ],
    heldBack: [...desired.heldBack, ...reading.heldBack].filter(({ address }) => !isBelowAny(address, notRead)),
    leftOut: [...desired.leftOut, ...listed.filter((section) => !isRead(section)).map(sectionAddress)],
    addresses: desired.addresses,
    claims: desired.claims,
    names: { known: repositories.names, ownerId: facts.id },
    passedOver: desired.passedOver,
    beyond: listing.beyond,
  }
}

/** A scope that could not be read decides nothing, and so it holds nothing back either. */
function isBelowAny(address: string, notRead: readonly NotRead[]): boolean {
  return notRead.some(({ scope }) => address === scope || address.startsWith(`${scope}/`))
}

/** A missing repository was reported when the desired state was resolved. */
function inListing(scope: Scope, repositories: Repositories): boolean {
  const repository = repositoryIn(scope)
  return repository === undefined || repositories.byName.has(repository.repo)
}

/**
 * The id behind the names in a route's parameters: answers must be about it, even if the names lead elsewhere by then.
 */
function knownId(
  { repo, repository_id: id, username, app_slug: app }: Params,
  facts: OwnerFacts,
  repositories: Repositories,
): number | undefined {
  // Persons and Apps are not the owner's.
  if (app !== undefined || (username !== undefined && String(username).toLowerCase() !== facts.login.toLowerCase()))
    return undefined
  if (repo !== undefined) return repositories.byName.get(String(repo))?.id
  return typeof id === 'number' ? id : (facts.id ?? undefined)
}

function idsOf(scope: Scope, facts: OwnerFacts, repositories: Repositories): ScopeIds {
  const repo = repositoryIn(scope)?.repo
  return { owner_id: facts.id, repository_id: repo === undefined ? null : (repositories.byName.get(repo)?.id ?? null) }
}
