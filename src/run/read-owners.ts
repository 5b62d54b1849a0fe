import type { Configuration } from '../config/configuration.ts'
import { holdsTemplates } from '../config/declared-values.ts'
import { startSpending } from '../config/limits.ts'
import { listingNeeds, namesEnough } from '../config/listing.ts'
import { ownerPlace } from '../core/address.ts'
import { targetMatcher } from '../core/former-addresses.ts'
import { onceEach } from '../core/once.ts'
import type { Rolling } from '../core/rolling.ts'
import { isEnterprise } from '../core/scope.ts'
import { isListingShorter } from '../engine/listing-length.ts'
import { type OwnerState, unreadOwner } from '../engine/owner-state.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { remembering } from '../github/remember.ts'
import { accountReads } from './account-reads.ts'
import { askAhead } from './ask-ahead.ts'
import { type AskAhead, askServer, type CredentialOrNot, isLater } from './ask-server.ts'
import type { Connection } from './connect.ts'
import { enterpriseReads } from './enterprise-reads.ts'
import type { OwnTurn } from './in-turns.ts'
import type { Io } from './io.ts'
import { laterOwner, withWarning } from './later-owner.ts'
import { startProgress } from './progress.ts'
import { type EarlierReads, type ReadPlan, type RollingFlags, rollingReading, wholeReading } from './reading.ts'
import { sectionsAbove } from './sections-above.ts'
import { sideBySide } from './side-by-side.ts'
import { type ReadInput, stateOf } from './state-of-owner.ts'
import { openTally, type Tally } from './tally.ts'
import { openUnits, type Units } from './units.ts'
import { enoughOf, type Wider, widened } from './wider.ts'

type Owner = Configuration['owners'][number]

/** The owners of a run, as far as they were read. */
export interface OwnersRead {
  readonly states: readonly OwnerState[]
  /** The part of them that a rolling run read. */
  readonly rolling: Rolling | undefined
  readonly units: Units
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
    'spend' | 'inTarget' | 'above' | 'claiming' | 'enterprises' | 'accounts' | 'kept' | 'wider' | 'turn' | 'reading'
  > & {
    readonly rolling: RollingFlags | undefined
    readonly keepUnits: boolean
  },
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
  const units = openUnits()
  const earlier: EarlierReads = new Map()
  const read = (asked: readonly Owner[], wider: Wider): Promise<EachRead> =>
    readEach(io, connection, asked, {
      ofRun: { ...ofRun, wider, spend: startSpending() },
      isFirst: asked === owners,
      begin: (tally) => readingOf(connection, asked, input, { tally, units, earlier }),
    })
  const from = ({ states, rolling }: EachRead, wider: Wider): OwnersRead => ({
    states,
    rolling,
    units,
    more() {
      const open = widened(states, wider)
      if (open.size === 0) return undefined
      const asked = owners.filter(({ name }) => open.has(name))
      const all = new Map([...wider, ...open])
      return read(asked, all).then((fresh) => {
        const anew = new Map(fresh.states.map((state) => [state.owner, state]))
        const together = states.map((state) => anew.get(state.owner) ?? state)
        return from({ states: together, rolling }, all)
      })
    },
  })
  // A part is chosen among all that there is, once.
  const listed = new Map(input.rolling ? owners.map(({ name }) => [name, 'all'] as const) : [])
  return from(await read(owners, listed), listed)
}

interface EachRead {
  readonly states: readonly OwnerState[]
  readonly rolling: Rolling | undefined
}

function readingOf(
  connection: Connection,
  owners: readonly Owner[],
  { rolling, keepUnits }: { readonly rolling: RollingFlags | undefined; readonly keepUnits: boolean },
  notes: Parameters<typeof rollingReading>[0] & Parameters<typeof wholeReading>[0] & { readonly units: Units },
): ReadPlan {
  const names = owners.map(({ name }) => name)
  if (rolling) return rollingReading(notes, rolling, names, connection.requests)
  return wholeReading({ ...notes, units: keepUnits ? notes.units : undefined })
}

/** Reads owners side by side. The results, and the failure that ends the run, are those of reading one after the other. */
async function readEach(
  io: Io,
  connection: Connection,
  owners: readonly Owner[],
  {
    ofRun,
    isFirst,
    begin,
  }: { readonly ofRun: Omit<ReadInput, 'reading' | 'turn'>; readonly isFirst: boolean; begin(tally: Tally): ReadPlan },
): Promise<EachRead> {
  const tally = openTally(
    owners.map(({ name }) => name),
    connection.requests,
    isFirst,
  )
  const reading = begin(tally)
  const progress = startProgress(io, tally.step)
  const credentials = onceEach()
  const credential = (owner: Owner) => credentials(owner.name, () => credentialOf(connection, owner))
  const asked = onceEach()
  const ahead: AskAhead = (owner, known) =>
    asked(owner.name, () => {
      const { listing, enough } = needsOf(owner, ofRun)
      const lists = listing === 'all' ? enough === undefined : !isEnterprise(owner.name) && isListingShorter(listing)
      return askAhead(owner, {
        account: ofRun.accounts.client(owner.name, known),
        listing: lists ? connection.reader(known) : undefined,
      })
    })
  const readOne = (owner: Owner, turn: OwnTurn): Promise<OwnerState> => {
    tally.begin(owner.name)
    return readOwner(connection, owner, { ...ofRun, reading, turn, ahead }, () => credential(owner)).finally(() => {
      reading.end(owner.name)
      tally.end(owner.name)
    })
  }
  try {
    await askServer(connection, owners, credential, ahead)
    const states = await sideBySide(owners, readOne, reading.together ? owners.length : OWNERS_AT_ONCE)
    if (ofRun.flags.debug) {
      const { done, total = 0 } = tally.step()
      io.stderr(`debug: what is read took ${done} requests, and about ${total} were expected\n`)
    }
    return { states, rolling: reading.rolling() }
  } finally {
    progress.end()
  }
}

/** A little more than there are requests at once where each owner has few. */
const OWNERS_AT_ONCE = 128

/** The repositories that an owner's configuration needs, and the names that may do for all. */
function needsOf({ name }: Owner, { configuration, wider, chosen }: Omit<ReadInput, 'reading' | 'turn'>) {
  const listing = listingNeeds(configuration, name, configuration.families)
  const names = listing === 'all' ? namesEnough(configuration, name, configuration.families) : undefined
  return { listing, enough: enoughOf(name, names, { wider, chosen }), onlyNamed: names !== undefined }
}

async function readOwner(
  connection: Connection,
  owner: Owner,
  { ahead, ...input }: ReadInput & { readonly ahead: AskAhead },
  credentialFor: () => Promise<CredentialOrNot>,
): Promise<OwnerState> {
  if (isLater(connection, owner)) return laterOwner(owner, input.configuration)
  const credential = await credentialFor()
  if ('unread' in credential) return credential.unread
  const { facts, listing: asked } = ahead(owner, credential)
  const server = await connection.server(owner.name)
  const coverage = await connection.visible(owner.name)
  const { listing, enough, onlyNamed } = needsOf(owner, input)
  const fresh = (product: string | undefined): Client => {
    if (isEnterprise(owner.name)) return input.enterprises.client(owner.name, credential, server, product)
    return product === undefined
      ? input.accounts.client(owner.name, credential)
      : connection.reader(credential, server, product)
  }
  const isKept = enough !== undefined || input.wider.has(owner.name)
  const client = (product: string | undefined): Client =>
    isKept && product !== undefined
      ? input.kept(`${owner.name} ${product}`, () => remembering(fresh(product)))
      : fresh(product)
  const reached = { server, facts, listing, sees: coverage.sees, enough, onlyNamed, ahead: asked, client, fresh }
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

const NAMED_ALONE =
  'globs in lists of organizations match only organizations that the configuration names: ' +
  "GitHub's cloud does not list those of an enterprise"

/** An App that is not installed on one owner, or lacks a permission there, says nothing about the others. */
async function credentialOf(connection: Connection, owner: Owner): Promise<CredentialOrNot> {
  try {
    return await connection.credential(owner.name)
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return { unread: unreadOwner(owner, error) }
  }
}
