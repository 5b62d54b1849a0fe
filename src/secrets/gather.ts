import type { Committer } from './commit.ts'
import { entryKey } from './entry.ts'
import type { LedgerEntry } from './ledger-file.ts'

/** Begins the puts of a whole run in one save; see `prepare` and `settle` of the ledger. */
export interface Gatherer {
  prepare(entries: ReadonlyMap<string, LedgerEntry>): Promise<void>
  /** Whether this very entry was saved by `prepare`, so that it need not be saved again. */
  begin(address: string, entry: LedgerEntry): boolean
  settle(): Promise<void>
}

interface Prepared {
  readonly entry: LedgerEntry
  /** What stood there before. */
  readonly former: LedgerEntry | undefined
}

export function gatherBeginnings(committer: Committer, host: string): Gatherer {
  const prepared = new Map<string, Prepared>()

  async function prepare(entries: ReadonlyMap<string, LedgerEntry>): Promise<void> {
    if (entries.size === 0) return
    const formers = new Map<string, LedgerEntry | undefined>()
    await committer.commit((draft) => {
      for (const [address, entry] of entries) {
        const key = entryKey({ host, address })
        formers.set(address, draft.entries.get(key))
        draft.entries.set(key, entry)
      }
    })
    for (const [address, entry] of entries) prepared.set(address, { entry, former: formers.get(address) })
  }

  function begin(address: string, entry: LedgerEntry): boolean {
    const known = prepared.get(address)
    prepared.delete(address)
    return known !== undefined && isSame(known.entry, entry)
  }

  async function settle(): Promise<void> {
    const restored =
      prepared.size === 0
        ? undefined
        : committer.later((draft) => {
            for (const [address, { entry, former }] of prepared) {
              const key = entryKey({ host, address })
              const now = draft.entries.get(key)
              // Another process may have begun the same write since.
              if (now === undefined || !isSame(now, entry)) continue
              if (former === undefined) draft.entries.delete(key)
              else draft.entries.set(key, former)
            }
          })
    await Promise.all([restored, committer.flush()])
    prepared.clear()
  }

  return { prepare, begin, settle }
}

function isSame(left: LedgerEntry, right: LedgerEntry): boolean {
  const fields = ['source', 'fingerprint', 'key_id', 'written_at', 'mac'] as const
  return fields.every((field) => left[field] === right[field])
}
