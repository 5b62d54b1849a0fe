import type { SecretFacts } from '../core/secret-state.ts'
import { type Mutation, openCommitter } from './commit.ts'
import { type EntryOf, entryKey, signEntry, verifyEntry } from './entry.ts'
import type { LedgerKeys } from './keys.ts'
import type { LedgerEntry } from './ledger-file.ts'
import type { LedgerStore } from './store.ts'
import type { ValueRequest, Values } from './values.ts'

/**
 * What octoform remembers of each secret it wrote, because GitHub never returns a value. Addresses are those of one
 * API host. Each method that writes resolves once its change is on disk, and may be called many times at once.
 */
export interface Ledger {
  /** Whether there is a ledger key: without one, a value that changed at its source is not seen. */
  readonly keyed: boolean
  /** What planning may know. Never writes, and needs no value: without one it is `not compared`. */
  facts(address: string, value: ValueRequest | undefined): Promise<SecretFacts>
  /**
   * Before the request that puts a value: an entry without `written_at`. If the process ends before `complete`, the
   * next plan puts the value again.
   * @throws where the value is not at hand
   */
  begin(address: string, value: ValueRequest): Promise<void>
  /**
   * After that request has succeeded.
   * @param date the `Date` header of GitHub's answer, or ISO 8601
   */
  complete(address: string, date: string): Promise<void>
  /**
   * After a request that changed only access, which moves GitHub's `updated_at` all the same. Without an entry, or
   * where a write of the value was interrupted, nothing happens.
   * @param date as for `complete`
   */
  touched(address: string, date: string): Promise<void>
  /** After the secret was deleted. */
  forget(address: string): Promise<void>
  /**
   * Records the numeric id behind a repository's name that was written to.
   * @param scope such as `repos/acme/web`
   */
  rememberRepository(scope: string, id: number): Promise<void>
}

/**
 * Loads the ledger, without writing to it.
 * @param options.host the API's host, with port and path
 * @param options.keys of `OCTOFORM_LEDGER_KEY`; undefined without it
 * @throws where the store cannot be read or holds no ledger
 */
export async function openLedger(options: {
  readonly store: LedgerStore
  readonly host: string
  readonly keys: LedgerKeys | undefined
  readonly values: Values
}): Promise<Ledger> {
  const { host, keys, values } = options
  const committer = await openCommitter(options.store)
  const begun = new Map<string, LedgerEntry>()

  async function facts(address: string, value: ValueRequest | undefined): Promise<SecretFacts> {
    const of = { host, address }
    const entry = committer.current().entries.get(entryKey(of))
    if (entry === undefined) return { value: 'not compared' }
    const { source, written_at } = entry
    const mac = verifyEntry(of, entry, keys)
    const compared = value === undefined || mac !== 'good' ? 'not compared' : await compare(of, entry, value)
    return { source, mac, value: compared, ...(written_at === undefined ? {} : { written_at }) }
  }

  async function compare(of: EntryOf, entry: LedgerEntry, value: ValueRequest): Promise<SecretFacts['value']> {
    if (keys === undefined) return 'not compared'
    const fingerprint = await values.fingerprint(value, of, keys)
    if (fingerprint === undefined || entry.fingerprint === undefined) return 'not compared'
    return fingerprint === entry.fingerprint ? 'same' : 'differs'
  }

  async function begin(address: string, value: ValueRequest): Promise<void> {
    const of = { host, address }
    const at = await values.available(value)
    if (!at.ok) throw new Error(`the value of ${address} cannot be written: ${at.reason}`)
    const fingerprint = keys === undefined ? undefined : await values.fingerprint(value, of, keys)
    const entry = signEntry(of, { source: value.source, ...(fingerprint === undefined ? {} : { fingerprint }) }, keys)
    begun.set(address, entry)
    await committer.commit((draft) => draft.entries.set(entryKey(of), entry))
  }

  async function complete(address: string, date: string): Promise<void> {
    const of = { host, address }
    const entry = begun.get(address)
    if (entry === undefined) throw new Error(`bug: the write of ${address} ended without having begun`)
    // The whole entry, not only its date: another process may have begun the same write since.
    const written = signEntry(of, { ...entry, written_at: isoDate(date) }, keys)
    await committer.commit((draft) => draft.entries.set(entryKey(of), written))
    begun.delete(address)
  }

  async function touched(address: string, date: string): Promise<void> {
    await committer.commit(touch({ host, address }, isoDate(date), keys))
  }

  async function forget(address: string): Promise<void> {
    begun.delete(address)
    await committer.commit((draft) => draft.entries.delete(entryKey({ host, address })))
  }

  async function rememberRepository(scope: string, id: number): Promise<void> {
    await committer.commit((draft) => draft.repositories.set(entryKey({ host, address: scope }), id))
  }

  return { keyed: keys !== undefined, facts, begin, complete, touched, forget, rememberRepository }
}

function touch(of: EntryOf, date: string, keys: LedgerKeys | undefined): Mutation {
  return ({ entries }) => {
    const entry = entries.get(entryKey(of))
    if (entry?.written_at === undefined) return
    // Another process may have written later than we did.
    const written_at = Date.parse(entry.written_at) > Date.parse(date) ? entry.written_at : date
    const mac = verifyEntry(of, entry, keys)
    // Signing an altered entry anew would make it good.
    if (mac === 'bad') return
    // What we cannot verify we must not sign, and the MAC it has does not fit the new date: the entry goes on unkeyed.
    entries.set(entryKey(of), signEntry(of, { ...entry, written_at }, mac === 'good' ? keys : undefined))
  }
}

function isoDate(date: string): string {
  const time = Date.parse(date)
  if (Number.isNaN(time)) throw new Error('the server answered a write without a valid Date: its time is not known')
  return new Date(time).toISOString()
}
