import type { SecretFacts } from '../core/secret-state.ts'
import { openCommitter } from './commit.ts'
import { type EntryOf, entryKey, verifyEntry } from './entry.ts'
import { entryMaker, type Found, type Put } from './entry-maker.ts'
import { gatherBeginnings } from './gather.ts'
import type { LedgerKeys } from './keys.ts'
import { type LedgerApprovals, ledgerApprovals } from './ledger-approvals.ts'
import type { LedgerEntry } from './ledger-file.ts'
import { type LedgerNames, ledgerNames } from './ledger-names.ts'
import type { LedgerStore } from './store.ts'
import type { ValueRequest, Values } from './values.ts'

/**
 * What octoform remembers of each secret it wrote, because GitHub never returns a value. Addresses are those of one
 * API host. Each method that writes resolves once its change is on disk, and may be called many times at once.
 */
export interface Ledger extends LedgerNames, LedgerApprovals {
  /** Whether there is a ledger key: without one, a value that changed at its source is not seen. */
  readonly keyed: boolean
  /** Loads it again: another run has written while this one waited. To be called before the first write. */
  refresh(): Promise<void>
  /**
   * Only where a save costs much, as a commit does: begins all puts of a run at once, before the first of them. What `settle`
   * and the others note is then saved a little later than it is told. If the process ends in between, the entries stand
   * there as begun, and the next plan puts these values again: more often than needed, never too seldom.
   * @throws where one of the values is not at hand
   */
  prepare?(puts: readonly Put[]): Promise<void>
  /**
   * The other end of `prepare`: saves what still waits. What was prepared and never begun has its former entry back.
   */
  settle?(): Promise<void>
  /**
   * Records secrets that somebody else wrote, as if we had, without touching an entry that is there.
   * @returns the addresses that were recorded
   */
  adopt(found: readonly Found[]): Promise<readonly string[]>
  /**
   * Asked before each save from now on; where the answer is no, saving fails. Another run may have taken over, and what this
   * one notes then would be wrong.
   */
  guard(mayWrite: () => Promise<boolean>): void
  /** What planning may know. Never writes, and needs no value: without one it is `not compared`. */
  facts(address: string, value: ValueRequest | undefined): Promise<SecretFacts>
  /** The addresses whose value came from this source when it was last written, or was about to be. */
  addressesOf(source: string): readonly string[]
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
  const entries = entryMaker({ host, keys, values })
  const names = ledgerNames(committer, { host, keys })
  const begun = new Map<string, LedgerEntry>()
  const gatherer = options.store.pacing?.gather === undefined ? undefined : gatherBeginnings(committer, host)

  async function facts(address: string, value: ValueRequest | undefined): Promise<SecretFacts> {
    const of = { host, address }
    const entry = names.view().entries.get(entryKey(of))
    if (entry === undefined) return { value: 'not compared' }
    const { source, written_at } = entry
    const mac = verifyEntry(of, entry, keys)
    const compared = value === undefined || mac !== 'good' ? 'not compared' : await compare(of, entry, value)
    return { source, mac, value: compared, ...(written_at === undefined ? {} : { written_at }) }
  }

  function addressesOf(source: string): readonly string[] {
    const addresses: string[] = []
    for (const [key, entry] of names.view().entries) {
      const [of, address] = key.split(' ')
      if (of === host && address !== undefined && entry.source === source) addresses.push(address)
    }
    return addresses
  }

  async function compare(of: EntryOf, entry: LedgerEntry, value: ValueRequest): Promise<SecretFacts['value']> {
    if (keys === undefined) return 'not compared'
    const fingerprint = await values.fingerprint(value, { ...of, address: entry.fingerprint_of ?? of.address }, keys)
    if (fingerprint === undefined || entry.fingerprint === undefined) return 'not compared'
    return fingerprint === entry.fingerprint ? 'same' : 'differs'
  }

  async function begin(address: string, value: ValueRequest): Promise<void> {
    const entry = await entries.begun({ address, value })
    begun.set(address, entry)
    if (gatherer?.begin(address, entry)) return
    await committer.commit((draft) => draft.entries.set(entryKey({ host, address }), entry))
  }

  async function complete(address: string, date: string): Promise<void> {
    const entry = begun.get(address)
    if (entry === undefined) throw new Error(`bug: the write of ${address} ended without having begun`)
    // The whole entry, not only its date: another process may have begun the same write since.
    const written = entries.completed(address, entry, date)
    await committer.later((draft) => draft.entries.set(entryKey({ host, address }), written))
    begun.delete(address)
  }

  async function touched(address: string, date: string): Promise<void> {
    await committer.later(entries.touched(address, date))
  }

  async function forget(address: string): Promise<void> {
    begun.delete(address)
    await committer.later((draft) => draft.entries.delete(entryKey({ host, address })))
  }

  async function adopt(found: readonly Found[]): Promise<readonly string[]> {
    const made = new Map<string, LedgerEntry>()
    for (const each of found) made.set(each.address, await entries.adopted(each))
    const adopted = new Set<string>()
    await committer.commit((draft) => {
      adopted.clear()
      for (const [address, entry] of made) {
        const key = entryKey({ host, address })
        if (draft.entries.has(key)) continue
        draft.entries.set(key, entry)
        adopted.add(address)
      }
    })
    return [...adopted]
  }

  const ledger = {
    ...names,
    ...ledgerApprovals(committer),
    keyed: keys !== undefined,
    guard: committer.guard,
    refresh: committer.refresh,
    facts,
    addressesOf,
    begin,
    complete,
    touched,
    forget,
    adopt,
  }
  if (gatherer === undefined) return ledger
  return {
    ...ledger,
    prepare: async (puts) => {
      const beginnings = new Map<string, LedgerEntry>()
      for (const put of puts) beginnings.set(put.address, await entries.begun(put))
      await gatherer.prepare(beginnings)
    },
    settle: gatherer.settle,
  }
}
