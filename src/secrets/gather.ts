import type { Committer } from './commit.ts'
import type { Draft } from './draft.ts'
import { entryKey } from './entry.ts'
import type { LedgerEntry } from './ledger-parts.ts'

/** Begins the puts of a whole run in one save; see `prepare` and `settle` of the ledger. */
export interface Gatherer {
  prepare(entries: ReadonlyMap<string, LedgerEntry>): Promise<void>
  /** Undefined unless this very entry was saved by `prepare`, so that it need not be saved again. */
  begin(address: string, entry: LedgerEntry): Prepared | undefined
  settle(): Promise<void>
}

export interface Prepared {
  readonly entry: LedgerEntry
  /** The entry before the put. */
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

  function begin(address: string, entry: LedgerEntry): Prepared | undefined {
    const known = prepared.get(address)
    prepared.delete(address)
    return known !== undefined && isSameEntry(known.entry, entry) ? known : undefined
  }

  async function settle(): Promise<void> {
    const restored =
      prepared.size === 0
        ? undefined
        : committer.later((draft) => {
            for (const [address, { entry, former }] of prepared) {
              restore(draft, entryKey({ host, address }), { entry, former })
            }
          })
    await Promise.all([restored, committer.flush()])
    prepared.clear()
  }

  return { prepare, begin, settle }
}

/** The entry as it was before, unless another process has begun the same write since. */
export function restore({ entries }: Draft, key: string, { entry, former }: Prepared): void {
  const now = entries.get(key)
  if (now === undefined || !isSameEntry(now, entry)) return
  if (former === undefined) entries.delete(key)
  else entries.set(key, former)
}

export function isSameEntry(left: LedgerEntry, right: LedgerEntry): boolean {
  const fields = ['source', 'fingerprint', 'fingerprint_of', 'key_id', 'written_at', 'id', 'mac', 'signature'] as const
  return fields.every((field) => left[field] === right[field])
}
