import type { SecretFacts } from '../core/secret-state.ts'
import { openCommitter } from './commit.ts'
import { type EntryOf, entryKey, verifyEntry } from './entry.ts'
import { entryMaker, type Put } from './entry-maker.ts'
import { gatherBeginnings, type Prepared, restore } from './gather.ts'
import { type LedgerAdoption, ledgerAdoption } from './ledger-adoption.ts'
import { type LedgerApprovals, ledgerApprovals } from './ledger-approvals.ts'
import { type LedgerDocuments, ledgerDocuments } from './ledger-documents.ts'
import type { LedgerKeys } from './ledger-keys.ts'
import { type LedgerNames, ledgerNames } from './ledger-names.ts'
import type { LedgerEntry } from './ledger-parts.ts'
import { ledgerSealer } from './ledger-sealer.ts'
import { type LedgerWhole, ledgerWhole } from './ledger-whole.ts'
import { ledgerProof } from './proof.ts'
import type { LedgerStore } from './store.ts'
import type { ValueRequest, Values } from './values.ts'

/**
 * octoform's record of each secret it wrote, because GitHub never returns a value. Addresses are those of one API host.
 * Each method that writes resolves once its change is on disk, and may be called many times at once.
 */
export interface Ledger extends LedgerNames, LedgerApprovals, LedgerWhole, LedgerAdoption, LedgerDocuments {
  /** Whether there is a ledger key: without one, a value that changed at its source is not seen. */
  readonly keyed: boolean
  /** Before the writes of a run: its notes are lines of a journal from now on, where the store has one, until `fold`. */
  openJournal(): Promise<void>
  /** After them: saves the ledger whole, which the journal is part of until then. */
  fold(): Promise<void>
  /** Loads it again: another run has written while this one waited. To be called before the first write. */
  refresh(): Promise<void>
  /**
   * Begins all puts of a run at once, before the first of them; only where a save costs much, as a commit does. The
   * notes of `settle` and the other methods are then saved a little after they resolve. If the process ends in between,
   * the entries remain as begun, and the next plan puts these values again: more often than needed, never too seldom.
   * @throws where one of the values is not at hand
   */
  prepare?(puts: readonly Put[]): Promise<void>
  /** The other end of `prepare`: saves all waiting notes. An entry that was prepared and never begun is restored. */
  settle?(): Promise<void>
  /**
   * Sets a check that runs before each save from now on; where it answers no, saving fails. Another run may have taken
   * over, and this run's notes would then be wrong.
   */
  guard(mayWrite: () => Promise<boolean>): void
  /** Whether it has an entry of an address. */
  has(address: string): boolean
  /** The facts that planning uses. Never writes, and needs no value: without one it is `not compared`. */
  facts(address: string, value: ValueRequest | undefined): Promise<SecretFacts>
  /** The addresses whose value came from this source when it was last written, or was about to be. */
  addressesOf(source: string): readonly string[]
  /**
   * Before the request that puts a value: an entry without `written_at`. If the process ends before `complete`, the
   * next plan puts the value again.
   * @throws where the value is not at hand
   */
  begin(address: string, value: ValueRequest): Promise<void>
  /** Restores the former entry, where GitHub certainly did not process the request. */
  undo(address: string): Promise<void>
  /**
   * After that request has succeeded.
   * @param date the `Date` header of GitHub's answer, or ISO 8601
   */
  complete(address: string, date: string): Promise<void>
  /**
   * Notes a request that changed only access, which moves GitHub's `updated_at` too. Without an entry, or where a write
   * of the value was interrupted, nothing happens.
   * @param date as for `complete`
   */
  touched(address: string, date: string): Promise<void>
  /** After what the entry is of was deleted. */
  forget(address: string): Promise<void>
}

/** A date that lies further ahead of the server's would hide every change from outside until then. */
const MOST_AHEAD_MS = 5 * 60_000

/**
 * Loads the ledger, without writing to it.
 * @param options.host the API's host, with port and path
 * @param options.keys of `OCTOFORM_LEDGER_KEY`; undefined without it
 * @param options.previous of the key that this one replaces
 * @param options.publicKeys by which a run without the key verifies, too
 * @param options.now the server's time
 * @throws where the store cannot be read or holds no ledger
 */
export async function openLedger(options: {
  readonly store: LedgerStore
  readonly host: string
  readonly keys: LedgerKeys | undefined
  readonly previous?: LedgerKeys | undefined
  readonly publicKeys?: readonly string[]
  readonly now?: () => Date
  readonly values: Values
}): Promise<Ledger> {
  const { host, keys, values, now = () => new Date() } = options
  const proof = await ledgerProof(options)
  const sealer = ledgerSealer(proof)
  const committer = await openCommitter(options.store, sealer)
  const entries = entryMaker({ host, proof, values })
  const names = ledgerNames(committer, { host, proof })
  const begun = new Map<string, Prepared>()
  const gatherer = options.store.pacing?.gather === undefined ? undefined : gatherBeginnings(committer, host)

  function has(address: string): boolean {
    const { entries: known } = names.view()
    return known.size > 0 && known.has(entryKey({ host, address }))
  }

  async function facts(address: string, value: ValueRequest | undefined): Promise<SecretFacts> {
    const key = entryKey({ host, address })
    const { entries: known, origins } = names.view()
    const entry = known.get(key)
    if (entry === undefined) return { value: 'not compared' }
    const { source, written_at } = entry
    // A moved entry is signed for its former address until an apply has written it anew.
    const of = { host, address: origins.get(key)?.slice(host.length + 1) ?? address }
    const verified = verifyEntry(of, entry, proof)
    const ahead = written_at !== undefined && Date.parse(written_at) > now().getTime() + MOST_AHEAD_MS
    const compared = value === undefined || verified !== 'good' ? 'not compared' : await compare(of, entry, value)
    const dated = written_at === undefined ? {} : { written_at }
    const numbered = entry.id === undefined ? {} : { id: entry.id }
    return { source, proof: ahead ? 'altered' : verified, value: compared, ...dated, ...numbered }
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
    const maker = proof.known.find(({ id }) => id === entry.key_id)
    if (maker === undefined || entry.fingerprint === undefined) return 'not compared'
    const fingerprint = await values.fingerprint(value, { host, address: entry.fingerprint_of ?? of.address }, maker)
    if (fingerprint === undefined) return 'not compared'
    return fingerprint === entry.fingerprint ? 'same' : 'differs'
  }

  async function begin(address: string, value: ValueRequest): Promise<void> {
    const entry = await entries.begun({ address, value })
    const prepared = gatherer?.begin(address, entry)
    if (prepared === undefined) await start(address, entry)
    else begun.set(address, prepared)
  }

  async function start(address: string, entry: LedgerEntry): Promise<void> {
    begun.set(address, { entry, former: undefined })
    await committer.commit((draft) => {
      const key = entryKey({ host, address })
      begun.set(address, { entry, former: draft.entries.get(key) })
      draft.entries.set(key, entry)
    })
  }

  async function undo(address: string): Promise<void> {
    const prepared = begun.get(address)
    if (prepared === undefined) return
    begun.delete(address)
    await committer.later((draft) => restore(draft, entryKey({ host, address }), prepared))
  }

  async function complete(address: string, date: string): Promise<void> {
    const entry = begun.get(address)?.entry
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

  const whole = ledgerWhole(committer, { host, proof, values, seal: names.seal })
  const ledger = {
    ...names,
    ...whole,
    ...ledgerApprovals(committer, proof),
    get cannotSign() {
      return whole.cannotSign ?? sealer.whyNotFolded(committer.current())
    },
    keyed: keys !== undefined,
    guard: committer.guard,
    refresh: committer.refresh,
    openJournal: committer.openJournal,
    fold: committer.fold,
    has,
    facts,
    addressesOf,
    begin,
    ...ledgerDocuments(committer, { host, proof, begun, start }),
    undo,
    complete,
    touched,
    forget,
    ...ledgerAdoption(committer, { host, keys, entries, values, facts }),
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
