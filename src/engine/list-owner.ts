import type { CapturedName, KnownNames } from '../core/known-names.ts'
import type { NotRead } from '../core/plan.ts'
import type { Repositories } from '../core/repository.ts'
import { LADDER } from '../core/scope.ts'
import type { OwnerFacts } from '../github/product.ts'
import { createGet } from './get.ts'
import { type Identities, learnNames, underFormerNames } from './names.ts'
import { type OwnerAccess, type OwnerDoor, openOwner } from './open-owner.ts'
import { type KnownOrganization, listOrganizations, readOrganizations } from './organizations.ts'
import { type Listing, type ListingNeeds, readRepositories } from './repositories.ts'
import { type SelectorLookups, withSelectorFacts } from './selector-facts.ts'

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
  /** Organizations that the run reads with credentials of their own. */
  readonly organization?: KnownOrganization
}

/** The repositories of one owner, before any of its settings is read. */
export interface OwnerListing {
  readonly door: OwnerDoor
  /** With what became of their names. */
  readonly repositories: Repositories & { readonly names: KnownNames }
  readonly notRead: readonly NotRead[]
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
  const { owner, listing } = input
  const door = await openOwner(input)
  const identities = underFormerNames(input.identities, owner.name, door.facts.id)
  const captured = capturedBy(door.facts, owner.name, identities)
  if (captured) return { door, captured }
  // The whole listing is not asked for again, and its answers hold a hundred times of what is kept of them.
  const get = listing === 'all' ? createGet(input.client(door.product)) : door.get
  const read =
    LADDER[owner.declared].lists === 'organizations' && listing !== 'all'
      ? await organizationsOf(door, listing, input)
      : await readRepositories(get, { name: owner.name, id: door.facts.id }, listing, input.sees)
  const asked = await withSelectorFacts(door, owner.name, input.lookups, read.repositories)
  const written = listing === 'all' ? input.written : read.redirects.keys()
  const given = { written, excluded: input.excluded }
  const names = await learnNames(door.get, owner.name, asked, given, identities, read.redirects)
  return { door, repositories: { ...asked, names }, notRead: read.notRead }
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
