import type { Configuration } from '../config/configuration.ts'
import { holdsTemplates } from '../config/declared-values.ts'
import { staleAccepts } from '../config/idle.ts'
import { startSpending } from '../config/limits.ts'
import { listingNeeds } from '../config/listing.ts'
import { heldOwner } from '../config/name-messages.ts'
import { resolveOwner } from '../config/resolve.ts'
import { excludedRepositories, layersOfOwner, namedRepositories } from '../config/scopes.ts'
import { lackedSelectors, selectorNeeds } from '../config/selector-needs.ts'
import { ownerPlace } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { targetMatcher } from '../core/former-addresses.ts'
import { isEnterprise, LADDER } from '../core/scope.ts'
import { listOwner } from '../engine/list-owner.ts'
import { type Identities, underFormerNames } from '../engine/names.ts'
import { capturedOwner, leftOutOwner, type OwnerState, unreadOwner } from '../engine/owner-state.ts'
import { readDesired } from '../engine/read-owner.ts'
import type { ListingNeeds } from '../engine/repositories.ts'
import type { Client } from '../github/client.ts'
import type { Credential } from '../github/credentials.ts'
import { ENTERPRISE_VARIABLE } from '../github/enterprise-token.ts'
import { GitHubError } from '../github/errors.ts'
import type { ServerProduct } from '../github/product.ts'
import { type AccountReads, accountReads } from './account-reads.ts'
import type { Connection } from './connect.ts'
import { addressesIn, type DesireInput, desiredOf } from './desired.ts'
import { type EnterpriseReads, enterpriseReads } from './enterprise-reads.ts'
import type { Io } from './io.ts'
import { startProgress } from './progress.ts'
import { sectionsAbove } from './sections-above.ts'

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
  /** The desired sections of the enterprise above these. */
  above(sections: readonly DesiredSection[]): readonly DesiredSection[]
  readonly enterprises: EnterpriseReads
  readonly accounts: AccountReads
}

/** Gives the desired and the live state of everything that the configuration mentions, owner by owner. */
export async function readOwners(
  io: Io,
  connection: Connection,
  owners: readonly Owner[],
  input: Omit<ReadInput, 'spend' | 'inTarget' | 'above' | 'claiming' | 'enterprises' | 'accounts'>,
): Promise<OwnerState[]> {
  const states: OwnerState[] = []
  const { configuration, flags } = input
  const above = sectionsAbove(configuration)
  const claiming = holdsTemplates(configuration, configuration.families)
  const ofRun = {
    ...input,
    above,
    enterprises: enterpriseReads(connection),
    accounts: accountReads(connection, owners),
    claiming,
    spend: startSpending(),
    inTarget: targetMatcher(flags.target ?? []),
  }
  const current = { owner: '' }
  const progress = startProgress(io, () => `reading ${current.owner}: ${connection.requests()} requests`)
  try {
    await askServer(connection, owners)
    for (const owner of owners) {
      current.owner = owner.name
      states.push(await readOwner(connection, owner, ofRun))
    }
  } finally {
    progress.end()
  }
  return states
}

/** Asks the server with the credential of organizations: its answer serves enterprises, too, and theirs tells nothing of those. */
async function askServer(connection: Connection, owners: readonly Owner[]): Promise<void> {
  const first = owners.find(({ name }) => !isEnterprise(name))
  if (first === undefined || !owners.some(({ name }) => isEnterprise(name))) return
  try {
    await connection.server(first.name)
  } catch (error) {
    // It is asked again for each owner.
    if (!(error instanceof GitHubError)) throw error
  }
}

async function readOwner(connection: Connection, owner: Owner, input: ReadInput): Promise<OwnerState> {
  if (isEnterprise(owner.name) && connection.enterprises !== 'read') return laterOwner(owner, input.configuration)
  const credential = await credentialOf(connection, owner)
  if ('unread' in credential) return credential.unread
  const server = await connection.server(owner.name)
  const coverage = await connection.visible(owner.name)
  const client = (product: string | undefined): Client => {
    if (isEnterprise(owner.name)) return input.enterprises.client(owner.name, credential, server, product)
    return product === undefined
      ? input.accounts.client(owner.name, credential, server)
      : connection.reader(credential, server, product)
  }
  const listing = listingNeeds(input.configuration, owner.name, input.configuration.families)
  const reached = { server, listing, sees: coverage.sees, client }
  const state = await stateOf(owner, reached, input).catch((error: unknown) => {
    if (!(error instanceof GitHubError)) throw error
    return unreadOwner(owner, error)
  })
  if (listing !== 'all' && listing.patterns && server === 'cloud') {
    return withWarning(state, { message: NAMED_ALONE, address: ownerPlace(owner), source: owner.source })
  }
  if (coverage.sees === 'all' || listing !== 'all') return state
  const message = `exact lists and prune of ${owner.name} are held back, and globs match only what is seen: ${coverage.remedy}`
  return withWarning(state, { message, address: ownerPlace(owner), held_back: true })
}

function withWarning(state: OwnerState, warning: Omit<Diagnostic, 'severity'>): OwnerState {
  return { ...state, diagnostics: [...state.diagnostics, { severity: 'warning', ...warning }] }
}

/** Offline, it was checked like all others. */
function laterOwner(owner: Owner, configuration: Configuration): OwnerState {
  const address = ownerPlace(owner)
  const { families } = configuration
  const { sections } = resolveOwner(configuration, owner.name, undefined, families)
  const addresses = addressesIn(sections, families).map((each) => each.address)
  const named = addresses.length > MOST_NAMED ? [...addresses.slice(0, MOST_NAMED), '…'] : addresses
  const message =
    `${address} is planned after the merge, and nothing of it is compared now: ` +
    `no run for a pull request reads ${ENTERPRISE_VARIABLE}, which can write` +
    (named.length === 0 ? '' : `. It declares ${named.join(', ')}`)
  return withWarning(leftOutOwner(owner.name, address), { message, address, source: owner.source })
}

/** The most addresses in one message. */
const MOST_NAMED = 20

const NAMED_ALONE =
  'globs in lists of organizations match only organizations that the configuration names: ' +
  "GitHub's cloud does not list those of an enterprise"

/** Lists what is there, resolves what is desired of it, reads what is live of that: one after the other. */
async function stateOf(owner: Owner, reached: Reached, input: ReadInput): Promise<OwnerState> {
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
  const desired = desiredOf(configuration, name, listing.repositories, id, { ...input, listed: reached.listing })
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
    getAbove: (of, other) => input.enterprises.above(of, reached.server, listing.door.product, other),
    families,
    client: reached.client,
    inRun: (address, { names }) => inTarget(address, names),
  })
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
