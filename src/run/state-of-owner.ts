import type { Configuration, DeclaredOwner } from '../config/configuration.ts'
import { staleAccepts } from '../config/idle.ts'
import { heldOwner } from '../config/name-messages.ts'
import { excludedRepositories, layersOfOwner, namedRepositories } from '../config/scopes.ts'
import { lackedSelectors, selectorNeeds } from '../config/selector-needs.ts'
import { ownerPlace } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { onceEach } from '../core/once.ts'
import { LADDER } from '../core/scope.ts'
import { listOwner, type OwnerListing } from '../engine/list-owner.ts'
import { LIST } from '../engine/listing-length.ts'
import { type Identities, underFormerNames } from '../engine/names.ts'
import { capturedOwner, type OwnerState } from '../engine/owner-state.ts'
import { pageCount } from '../engine/page-count.ts'
import { readDesired } from '../engine/read-owner.ts'
import type { Listed, ListingNeeds } from '../engine/repositories.ts'
import type { Client } from '../github/client.ts'
import type { OwnerFacts, ServerProduct } from '../github/product.ts'
import type { AccountReads } from './account-reads.ts'
import { type DesireInput, desiredOf } from './desired.ts'
import type { EnterpriseReads } from './enterprise-reads.ts'
import type { OwnTurn } from './in-turns.ts'
import type { ListingRequests, ReadPlan } from './reading.ts'
import type { Wider } from './wider.ts'

/** How one owner is reached, which of its repositories are listed, and how many the credential is known to see. */
export interface Reached {
  readonly server: ServerProduct
  readonly listing: ListingNeeds
  readonly sees: 'all' | 'selected'
  /** Names that may do in place of the listing. */
  readonly enough: Iterable<string> | undefined
  /** Whether the configuration needs no repository but those that it names. */
  readonly onlyNamed: boolean
  readonly facts: Promise<OwnerFacts> | undefined
  /** The answers of the listing, where it was asked for beside the owner itself. */
  ahead(): Promise<readonly Listed[]> | undefined
  client(product: string | undefined): Client
  fresh(product: string | undefined): Client
}

/** The same for all owners of a run. */
export interface ReadInput extends Omit<DesireInput, 'listed'> {
  readonly configuration: Configuration
  readonly identities: Identities
  /** The desired sections of the enterprise above these. */
  above(sections: readonly DesiredSection[]): readonly DesiredSection[]
  readonly enterprises: EnterpriseReads
  readonly accounts: AccountReads
  /** The readers of owners by whose names alone they were read: what more is needed does not ask again for these. */
  readonly kept: ReturnType<typeof onceEach>
  /** By owner, what a plan asked beyond the repositories that were read by name. */
  readonly wider: Wider
  /** How much there is to read, and which part of it is read. */
  readonly reading: ReadPlan
  /** Addresses of a saved plan, of whose repositories is known whether they are there. */
  readonly chosen: readonly string[]
  /** To resolve what is desired: what that costs is counted over the owners in their order. */
  readonly turn: OwnTurn
}

/** Lists what is there, resolves what is desired of it, reads what is live of that: one after the other. */
export async function stateOf(owner: DeclaredOwner, reached: Reached, input: ReadInput): Promise<OwnerState> {
  const { configuration, inTarget, identities } = input
  const { families } = configuration
  const { name } = owner
  const layers = layersOfOwner(configuration, name)
  const needs = selectorNeeds(configuration, name, families)
  const listing = await listOwner({
    ...reached,
    owner: { name, declared: owner.by, enterprises: hasEnterprises(configuration) ? 'declared' : 'none' },
    configuredProduct: configuration.github.product,
    written: namedRepositories(layers, name, families, 'with negations'),
    excluded: excludedRepositories(layers, name, families),
    lookups: {
      teams: [...new Set(needs.flatMap(({ slug }) => slug ?? []))],
      properties: needs.some(({ key }) => key === 'custom_property'),
    },
    identities,
    organization: input.accounts.organization,
  })
  if ('captured' in listing) {
    const held = heldOwner(name, listing.captured)
    const heldBack = { address: ownerPlace(owner), field: null, source: owner.source, ...held }
    return capturedOwner(name, listing.door.product, heldBack)
  }
  const { id } = listing.door.facts
  await input.turn.come()
  const desired = desiredOf(configuration, name, listing.repositories, id, { ...input, listed: reached.listing })
  input.turn.end()
  const lacked = lackedSelectors(needs, listing.door.support)
  const record = identities.recorded.get(name)
  const letIn = record?.authentic === true && record.id === id && identities.accepted.get(name) === id
  const stale = staleAccepts(configuration, { name, letIn }, listing.repositories.names)
  return readDesired({
    owner: name,
    listing,
    desired: { ...desired, diagnostics: [...desired.diagnostics, ...lacked, ...stale] },
    identities: underFormerNames(identities, name, id),
    above: input.above(desired.sections),
    begin: (ready) => input.reading.begin({ ...ready, listed: listingRequests(reached, listing) }),
    getAbove: (of, other) => input.enterprises.above(of, reached.server, listing.door.product, other),
    families,
    client: readerOf(reached, { byName: listing.beyond !== undefined, widened: input.wider.has(name) }),
    inRun: (address, { names }) => inTarget(address, names),
  })
}

/**
 * The reader of an owner's settings: it keeps its answers where a further plan may be made of them, and not where all
 * repositories were listed at once, whose answers would take memory to the end of the run.
 */
export function readerOf<Client>(
  { client, fresh }: { readonly client: Client; readonly fresh: Client },
  { byName, widened }: { readonly byName: boolean; readonly widened: boolean },
): Client {
  return byName || widened ? client : fresh
}

/**
 * The owner itself, a request for each name, and the pages of the listing. Of repositories that were read by name nothing but
 * names may be asked: their number would be a question beyond them.
 */
function listingRequests({ listing }: Reached, { repositories, beyond, byName = 0 }: OwnerListing): ListingRequests {
  if (beyond !== undefined) return { names: byName, pages: 0 }
  if (listing !== 'all') return { names: listing.names.length, pages: 0 }
  return { names: byName, pages: pageCount(LIST, repositories.byName.size) }
}

function hasEnterprises({ owners }: Configuration): boolean {
  return owners.some(({ by }) => LADDER[by].above === undefined)
}
