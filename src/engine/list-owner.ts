import type { Get } from '../core/family.ts'
import type { CapturedName, KnownNames } from '../core/known-names.ts'
import type { NotRead } from '../core/plan.ts'
import type { Repositories } from '../core/repository.ts'
import { LADDER } from '../core/scope.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import type { OwnerFacts } from '../github/product.ts'
import { createGet } from './get.ts'
import { listingPages } from './listing-length.ts'
import { type Identities, learnNames, namesWithIds, underFormerNames } from './names.ts'
import { type OwnerAccess, type OwnerDoor, openOwner } from './open-owner.ts'
import { type KnownOrganization, listOrganizations, readOrganizations } from './organizations.ts'
import {
  type Listed,
  type Listing,
  type ListingNeeds,
  listingOf,
  listRepositories,
  readByName,
  readRepositories,
} from './repositories.ts'
import { type SelectorLookups, withSelectorFacts } from './selector-facts.ts'
import { type Beyond, nothingBeyond, watched } from './watched.ts'

/** The listing that the configuration needs of one owner. */
export interface ListInput extends OwnerAccess {
  readonly listing: ListingNeeds
  /** The look-ups for the configuration's selectors. */
  readonly lookups: SelectorLookups
  /** Names of repositories that the configuration writes out, in lower case and without the owner. */
  readonly written: Iterable<string>
  /** Those of them that it takes out of lists. */
  readonly excluded: Iterable<string>
  /** Whether the credential is known not to see every repository of the owner. */
  readonly sees: 'all' | 'selected'
  readonly identities: Identities
  /** Names, in lower case and without the owner, that may do where all repositories count as needed. */
  readonly enough?: Iterable<string> | undefined
  /** See `Repositories`. */
  readonly onlyNamed?: boolean
  /** Reads as `client` does, and keeps no answer; `client` itself where left out. */
  fresh?(product: string): Client
  /** The answers of the listing, where it was asked for beside the owner itself; undefined where it was not. */
  ahead?(): Promise<readonly Listed[]> | undefined
  /** Organizations that the run reads with credentials of their own. */
  readonly organization?: KnownOrganization
}

/** The repositories of one owner, before any of its settings is read. */
export interface OwnerListing {
  readonly door: OwnerDoor
  /** With what became of their names. */
  readonly repositories: Repositories & { readonly names: KnownNames }
  readonly notRead: readonly NotRead[]
  /** How many were asked for by their names, before all or in their place. */
  readonly byName?: number
  /** The questions beyond them, where names alone were read in place of all. */
  readonly beyond?: Beyond
}

/** The account that has the owner's name now, where the ledger or `accept` knows another one by it. */
export interface OwnerCaptured {
  readonly door: OwnerDoor
  readonly captured: CapturedName
}

/**
 * Lists an owner's repositories as far as the configuration needs them, and learns what became of their names.
 * @throws GitHubError where the owner cannot be read
 * @throws SetupError where the product contradicts the configuration
 */
export async function listOwner(input: ListInput): Promise<OwnerListing | OwnerCaptured> {
  const { owner } = input
  const door = await openOwner(input)
  const identities = underFormerNames(input.identities, owner.name, door.facts.id)
  const captured = capturedBy(door.facts, owner.name, identities)
  if (captured) return { door, captured }
  const named = await listedByNames(door, identities, input)
  if (typeof named === 'object') return named
  return { ...(await listed(door, identities, input)), byName: named }
}

async function listed(door: OwnerDoor, identities: Identities, input: ListInput): Promise<OwnerListing> {
  const { owner, listing } = input
  // The whole listing is not asked for again, and its answers hold a hundred times of what is kept of them.
  const get = listing === 'all' ? createGet((input.fresh ?? input.client)(door.product)) : door.get
  const read =
    LADDER[owner.declared].lists === 'organizations' && listing !== 'all'
      ? await organizationsOf(door, listing, input)
      : await repositoriesOf(get, door, input)
  const asked = await withSelectorFacts(door, owner.name, input.lookups, read.repositories)
  const written = listing === 'all' ? input.written : read.redirects.keys()
  const given = { written, excluded: input.excluded }
  const names = await learnNames(door.get, owner.name, asked, given, identities, read.redirects)
  const only = input.onlyNamed ? ({ onlyNamed: true } as const) : {}
  return { door, repositories: { ...asked, ...only, names }, notRead: read.notRead }
}

/** Named ones come by the listing where that has fewer pages than there are names. */
async function repositoriesOf(
  get: Get,
  door: OwnerDoor,
  { owner, listing, sees, client, ahead }: ListInput,
): Promise<Listing> {
  const account = { name: owner.name, id: door.facts.id }
  if (listing === 'all') return listingOf(await (ahead?.() ?? listRepositories(get, owner.name)), account, sees)
  const early = ahead?.()
  if (early !== undefined) return readRepositories(get, account, listing, sees, early)
  const count = listing.names.length
  const pages = await listingPages(door.facts, count, client(door.product)).catch((error: unknown) => {
    if (!(error instanceof GitHubError)) throw error
    return Number.POSITIVE_INFINITY
  })
  return readRepositories(get, account, listing, sees, pages < count ? 'listing of names' : 'names alone')
}

/**
 * The repositories of an owner by their names alone, where these may do and are fewer than the pages of the listing.
 * Where a name leads elsewhere than it did, what is said of it is said by the listing.
 * @returns how many were asked for in vain, where the listing is to be read
 */
async function listedByNames(
  door: OwnerDoor,
  identities: Identities,
  { owner, listing, enough, client, written, excluded, sees }: ListInput,
): Promise<OwnerListing | number> {
  if (listing !== 'all' || enough === undefined) return 0
  const needed = new Set([...enough, ...namesWithIds(identities, owner.name)])
  if ((await listingPages(door.facts, needed.size, client(door.product))) <= needed.size) return 0
  const account = { name: owner.name, id: door.facts.id }
  const found = await readByName(door.get, account, needed, sees)
  if (found === undefined) return needed.size
  const read = { ...found, onlyNamed: true } as const
  const beyond = nothingBeyond()
  const given = { written, excluded }
  const names = await learnNames(door.get, owner.name, watched(read, beyond), given, identities)
  if (beyond.all) return needed.size
  return {
    door,
    repositories: Object.assign(watched(read, beyond), { names }),
    notRead: [],
    byName: needed.size,
    beyond,
  }
}

/** Those that patterns choose from: all of a server; on GitHub's cloud those that the configuration names. */
function organizationsOf(
  { get }: OwnerDoor,
  { names, patterns }: Exclude<ListingNeeds, 'all'>,
  { server, organization }: ListInput,
): Promise<Listing> {
  return patterns && server !== 'cloud' ? listOrganizations(get) : readOrganizations(get, names, organization)
}

function capturedBy({ id }: OwnerFacts, name: string, identities: Identities): CapturedName | undefined {
  const record = identities.recorded.get(name)
  const accepted = identities.accepted.get(name)
  const recorded = record?.id ?? accepted
  if (id === null || recorded === undefined || id === accepted) return undefined
  if (record?.authentic && record.id === id) return undefined
  const taken = { kind: 'captured', id, recorded, authentic: record?.authentic ?? true, now: undefined } as const
  return record ? taken : { ...taken, byAccept: true }
}
