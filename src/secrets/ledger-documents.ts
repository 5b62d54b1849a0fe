import type { Committer } from './commit.ts'
import { entryKey, signEntry, verifyEntry } from './entry.ts'
import type { Prepared } from './gather.ts'
import type { LedgerEntry } from './ledger-parts.ts'
import type { Proof } from './proof.ts'

/** How the text of an entry begins that stands for a field which a run has closed for a while. */
const CLOSED_TEXT = 'closed:'

/** Records of what GitHub takes and does not show: a hash of the document last written and, of a member, its id. */
export interface LedgerDocuments {
  /**
   * Before the first request that writes it: an entry without `written_at`.
   * @param text a hash of the document
   * @param id of a member that is there
   */
  beginDocument(address: string, text: string, id?: number): Promise<void>
  /** Right after the request that created a member: without its id nothing could reach it any more. */
  identify(address: string, id: number): Promise<void>
  /** Records a member by the id that a person told. It has no `written_at`, so that the next apply writes the rest. */
  adoptDocument(address: string, text: string, id: number): Promise<void>
  /** Before a request that closes a field for the time of a change; forgotten once the change is written. */
  beginClosing(address: string, field: string): Promise<void>
  /** The fields that a run has closed so and has not opened again, by address: of entries that are not known to be altered. */
  closings(): ReadonlyMap<string, string>
  /** Signs entries that have no signature as they are, after a person's review. */
  signDocuments(addresses: readonly string[]): Promise<void>
}

/** @param options.begun the entries of writes that have begun, by address */
export function ledgerDocuments(
  committer: Committer,
  options: {
    readonly host: string
    readonly proof: Proof
    readonly begun: Map<string, Prepared>
    start(address: string, entry: LedgerEntry): Promise<void>
  },
): LedgerDocuments {
  const { host, proof, begun, start } = options

  const entryOf = (address: string, source: string, id: number | undefined): LedgerEntry =>
    signEntry({ host, address }, { source, ...(id === undefined ? {} : { id }) }, proof)

  return {
    beginDocument: (address, text, id) => start(address, entryOf(address, text, id)),
    async identify(address, id) {
      const prepared = begun.get(address)
      if (prepared === undefined) throw new Error(`bug: the id of ${address} came without a write`)
      const entry = entryOf(address, prepared.entry.source, id)
      begun.set(address, { ...prepared, entry })
      await committer.commit((draft) => draft.entries.set(entryKey({ host, address }), entry))
    },
    adoptDocument: (address, text, id) =>
      committer.commit((draft) => draft.entries.set(entryKey({ host, address }), entryOf(address, text, id))),
    beginClosing: (address, field) => start(address, entryOf(address, `${CLOSED_TEXT}${field}`, undefined)),
    closings() {
      const found = new Map<string, string>()
      for (const [key, entry] of committer.current().entries) {
        const [of = '', address = ''] = key.split(' ')
        if (of !== host || !entry.source.startsWith(CLOSED_TEXT)) continue
        const state = verifyEntry({ host, address }, entry, proof)
        if (state === 'good' || state === 'unverified') found.set(address, entry.source.slice(CLOSED_TEXT.length))
      }
      return found
    },
    signDocuments: (addresses) =>
      committer.commit((draft) => {
        for (const address of addresses) {
          const of = { host, address }
          const entry = draft.entries.get(entryKey(of))
          if (entry === undefined || verifyEntry(of, entry, proof) !== 'unsigned') continue
          draft.entries.set(entryKey(of), signEntry(of, entry, proof))
        }
      }),
  }
}
