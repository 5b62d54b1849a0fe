import type { Configuration } from '../config/configuration.ts'
import { startSpending } from '../config/limits.ts'
import { listingNeeds } from '../config/listing.ts'
import { heldOwner } from '../config/name-messages.ts'
import { resolveOwner } from '../config/resolve.ts'
import { excludedRepositories, layersOfOwner, namedRepositories } from '../config/scopes.ts'
import { ownerPlace } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import { targetMatcher } from '../core/former-addresses.ts'
import { LADDER, ownerOf, scopeAbove } from '../core/scope.ts'
import { listOwner } from '../engine/list-owner.ts'
import type { Identities } from '../engine/names.ts'
import { capturedOwner, type OwnerState, unreadOwner } from '../engine/owner-state.ts'
import { readDesired } from '../engine/read-owner.ts'
import type { ListingNeeds } from '../engine/repositories.ts'
import type { Client } from '../github/client.ts'
import type { Credential } from '../github/credentials.ts'
import { GitHubError } from '../github/errors.ts'
import type { ServerProduct } from '../github/product.ts'
import type { Connection } from './connect.ts'
import { type DesireInput, desiredOf } from './desired.ts'
import type { Io } from './io.ts'
import { startProgress } from './progress.ts'

type Owner = Configuration['owners'][number]

/** How one owner is reached, which of its repositories are listed, and how many the credential is known to see. */
interface Reached {
  readonly server: ServerProduct
  readonly listing: ListingNeeds
  readonly sees: 'all' | 'selected'
  client(product: string | undefined): Client
}

/** The same for all owners of a run. */
interface ReadInput extends Omit<DesireInput, 'listed'> {
  readonly configuration: Configuration
  readonly identities: Identities
}

/** Gives the desired and the live state of everything that the configuration mentions, owner by owner. */
export async function readOwners(
  io: Io,
  connection: Connection,
  owners: readonly Owner[],
  input: Omit<ReadInput, 'spend' | 'inTarget'>,
): Promise<OwnerState[]> {
  const states: OwnerState[] = []
  const ofRun = { ...input, spend: startSpending(), inTarget: targetMatcher(input.flags.target ?? []) }
  const current = { owner: '' }
  const progress = startProgress(io, () => `reading ${current.owner}: ${connection.requests()} requests`)
  try {
    for (const owner of owners) {
      current.owner = owner.name
      states.push(await readOwner(connection, owner, ofRun))
    }
  } finally {
    progress.end()
  }
  return states
}

async function readOwner(connection: Connection, owner: Owner, input: ReadInput): Promise<OwnerState> {
  const credential = await credentialOf(connection, owner)
  if ('unread' in credential) return credential.unread
  const server = await connection.server(owner.name)
  const coverage = await connection.visible(owner.name)
  const client = (product: string | undefined): Client => connection.reader(credential, server, product)
  const listing = listingNeeds(input.configuration, owner.name, input.configuration.families)
  const reached = { server, listing, sees: coverage.sees, client }
  const state = await stateOf(owner, reached, input).catch((error: unknown) => {
    if (!(error instanceof GitHubError)) throw error
    return unreadOwner(owner, error)
  })
  if (coverage.sees === 'all' || listing !== 'all') return state
  const message = `exact lists and prune of ${owner.name} are held back, and globs match only what is seen: ${coverage.remedy}`
  const warning = { severity: 'warning', message, address: `orgs/${owner.name}`, held_back: true } as const
  return { ...state, diagnostics: [...state.diagnostics, warning] }
}

/** Lists what is there, resolves what is desired of it, reads what is live of that: one after the other. */
async function stateOf(owner: Owner, reached: Reached, input: ReadInput): Promise<OwnerState> {
  const { configuration, inTarget, identities } = input
  const { families } = configuration
  const { name } = owner
  const layers = layersOfOwner(configuration, name)
  const listing = await listOwner({
    ...reached,
    owner: { name, declared: owner.by, enterprises: hasEnterprises(configuration) ? 'declared' : 'none' },
    configuredProduct: configuration.github.product,
    written: namedRepositories(layers, name, families, 'with negations'),
    excluded: excludedRepositories(layers, name, families),
    identities,
  })
  if ('captured' in listing) {
    const held = heldOwner(name, listing.captured)
    const heldBack = { address: ownerPlace(owner), field: null, source: owner.source, ...held }
    return capturedOwner(name, listing.door.product, heldBack)
  }
  const desired = desiredOf(configuration, name, listing.repositories, { ...input, listed: reached.listing })
  return readDesired({
    owner: name,
    listing,
    desired,
    above: desiredAbove(configuration, desired.sections),
    families,
    client: reached.client,
    inRun: (address, { names }) => inTarget(address, names),
  })
}

/** Resolves the enterprise above: its organizations are planned as if its desired state were in force. */
function desiredAbove(configuration: Configuration, sections: readonly DesiredSection[]): readonly DesiredSection[] {
  const owners = sections.flatMap(({ scope }) => {
    const above = LADDER[scope.type].owns ? scopeAbove(scope) : undefined
    return above === undefined ? [] : [ownerOf(above)]
  })
  return [...new Set(owners)].flatMap(
    (owner) => resolveOwner(configuration, owner, undefined, configuration.families).sections,
  )
}

function hasEnterprises({ owners }: Configuration): boolean {
  return owners.some(({ by }) => LADDER[by].above === undefined)
}

/** An App that is not installed on one owner, or lacks a permission there, says nothing about the others. */
async function credentialOf(
  connection: Connection,
  owner: Owner,
): Promise<Credential | { readonly unread: OwnerState }> {
  try {
    return await connection.credential(owner.name)
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return { unread: unreadOwner(owner, error) }
  }
}
