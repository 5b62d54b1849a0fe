import pLimit from 'p-limit'
import type { Configuration } from '../config/configuration.ts'
import { holdsTemplates } from '../config/declared-values.ts'
import { startSpending } from '../config/limits.ts'
import { listingNeeds } from '../config/listing.ts'
import { resolveOwner } from '../config/resolve.ts'
import { ownerPlace } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { targetMatcher } from '../core/former-addresses.ts'
import { onceEach } from '../core/once.ts'
import { isEnterprise } from '../core/scope.ts'
import { leftOutOwner, type OwnerState, unreadOwner } from '../engine/owner-state.ts'
import type { Client } from '../github/client.ts'
import type { Credential } from '../github/credentials.ts'
import { ENTERPRISE_VARIABLE } from '../github/enterprise-token.ts'
import { GitHubError } from '../github/errors.ts'
import { remembering } from '../github/remember.ts'
import { accountReads } from './account-reads.ts'
import type { Connection } from './connect.ts'
import { addressesIn } from './desired.ts'
import { enterpriseReads } from './enterprise-reads.ts'
import { inTurns, type OwnTurn } from './in-turns.ts'
import type { Io } from './io.ts'
import { startProgress } from './progress.ts'
import { sectionsAbove } from './sections-above.ts'
import { type ReadInput, stateOf } from './state-of-owner.ts'
import { enoughOf, type Wider, widened } from './wider.ts'

type Owner = Configuration['owners'][number]

/** The owners of a run, as far as they were read. */
export interface OwnersRead {
  readonly states: readonly OwnerState[]
  /** Reads on where a plan of them asked for more repositories than were read by name; undefined where it did not. */
  more(): Promise<OwnersRead> | undefined
}

/** Gives the desired and the live state of everything that the configuration mentions, owner by owner. */
export async function readOwners(
  io: Io,
  connection: Connection,
  owners: readonly Owner[],
  input: Omit<
    ReadInput,
    'spend' | 'inTarget' | 'above' | 'claiming' | 'enterprises' | 'accounts' | 'kept' | 'wider' | 'turn'
  >,
): Promise<OwnersRead> {
  const { configuration, flags } = input
  const above = sectionsAbove(configuration)
  const claiming = holdsTemplates(configuration, configuration.families)
  const ofRun = {
    ...input,
    above,
    enterprises: enterpriseReads(connection),
    accounts: accountReads(connection, owners),
    claiming,
    kept: onceEach(),
    inTarget: targetMatcher(flags.target ?? []),
  }
  const read = (asked: readonly Owner[], wider: Wider): Promise<readonly OwnerState[]> =>
    readEach(io, connection, asked, { ...ofRun, wider, spend: startSpending() })
  const from = (states: readonly OwnerState[], wider: Wider): OwnersRead => ({
    states,
    more() {
      const open = widened(states, wider)
      if (open.size === 0) return undefined
      const asked = owners.filter(({ name }) => open.has(name))
      const all = new Map([...wider, ...open])
      return read(asked, all).then((fresh) => {
        const anew = new Map(fresh.map((state) => [state.owner, state]))
        return from(
          states.map((state) => anew.get(state.owner) ?? state),
          all,
        )
      })
    },
  })
  return from(await read(owners, new Map()), new Map())
}

/** Reads owners side by side. The results, and the failure that ends the run, are those of reading one after the other. */
async function readEach(
  io: Io,
  connection: Connection,
  owners: readonly Owner[],
  ofRun: Omit<ReadInput, 'turn'>,
): Promise<OwnerState[]> {
  const open = new Set<string>()
  const progress = startProgress(io, () => `reading ${[...open][0] ?? ''}: ${connection.requests()} requests`)
  const credentials = onceEach()
  const credential = (owner: Owner) => credentials(owner.name, () => credentialOf(connection, owner))
  try {
    await askServer(connection, owners)
    await askFirst(connection, owners, credential)
    const turns = inTurns(owners.length)
    const atOnce = pLimit(OWNERS_AT_ONCE)
    const reads = owners.map((owner, index) =>
      atOnce(async () => {
        open.add(owner.name)
        const turn = turns[index] as OwnTurn
        try {
          return await readOwner(connection, owner, { ...ofRun, turn }, () => credential(owner))
        } finally {
          turn.end()
          open.delete(owner.name)
        }
      }),
    )
    // The first failure in the order of the owners ends the run, also where a later one fails sooner.
    for (const read of reads) read.catch(() => undefined)
    const states: OwnerState[] = []
    for (const read of reads) states.push(await read)
    return states
  } finally {
    progress.end()
  }
}

/** A little more than there are requests at once where each owner has few. */
const OWNERS_AT_ONCE = 128

/** Asks the server before any owner is read: a wrong one gets the requests of a single owner. @throws GitHubError */
async function askFirst(
  connection: Connection,
  owners: readonly Owner[],
  credential: (owner: Owner) => ReturnType<typeof credentialOf>,
): Promise<void> {
  for (const owner of owners) {
    if (isLater(connection, owner) || 'unread' in (await credential(owner))) continue
    await connection.server(owner.name)
    return
  }
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

function isLater(connection: Connection, { name }: Owner): boolean {
  return isEnterprise(name) && connection.enterprises !== 'read'
}

async function readOwner(
  connection: Connection,
  owner: Owner,
  input: ReadInput,
  credentialFor: () => ReturnType<typeof credentialOf>,
): Promise<OwnerState> {
  if (isLater(connection, owner)) return laterOwner(owner, input.configuration)
  const credential = await credentialFor()
  if ('unread' in credential) return credential.unread
  const server = await connection.server(owner.name)
  const coverage = await connection.visible(owner.name)
  const listing = listingNeeds(input.configuration, owner.name, input.configuration.families)
  const enough = listing === 'all' ? enoughOf(owner.name, input.configuration, input) : undefined
  const fresh = (product: string | undefined): Client => {
    if (isEnterprise(owner.name)) return input.enterprises.client(owner.name, credential, server, product)
    return product === undefined
      ? input.accounts.client(owner.name, credential, server)
      : connection.reader(credential, server, product)
  }
  const isKept = enough !== undefined || input.wider.has(owner.name)
  const client = (product: string | undefined): Client =>
    isKept && product !== undefined
      ? input.kept(`${owner.name} ${product}`, () => remembering(fresh(product)))
      : fresh(product)
  const reached = { server, listing, sees: coverage.sees, enough, client, fresh }
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
