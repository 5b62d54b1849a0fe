import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../core/setup-error.ts'
import { formatLedger, type LedgerDocument, type LedgerEntry, parseLedger } from './ledger-file.ts'
import type { LedgerStore } from './store.ts'

/** A ledger that can be changed in place; a mutation may run again, on what another process saved meanwhile. */
interface Draft {
  readonly entries: Map<string, LedgerEntry>
  readonly repositories: Map<string, number>
}
export type Mutation = (draft: Draft) => void

export interface Committer {
  /** The last document that was loaded or saved. */
  current(): LedgerDocument
  /** Resolves once the mutation is saved and synced, together with whatever else is waiting. */
  commit(mutation: Mutation): Promise<void>
}

/** Each conflict means that another process got through, so this many in a row are a process that never stops. */
const ATTEMPTS = 50
const PAUSE_MS = 10

interface Pending {
  readonly mutation: Mutation
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Loads the store, without writing to it. */
export async function openCommitter(store: LedgerStore): Promise<Committer> {
  let { document, version } = await load()
  let waiting: Pending[] = []
  let draining = false

  async function load(): Promise<{ document: LedgerDocument; version: string }> {
    const loaded = await store.load()
    return { document: parseLedger(loaded.text, store.name), version: loaded.version }
  }

  /** One save for all; the slower the disk, the more share it. */
  async function drain(): Promise<void> {
    draining = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await save(batch)
        for (const pending of batch) pending.resolve()
      } catch (error) {
        for (const pending of batch) pending.reject(error)
      }
    }
    draining = false
  }

  async function save(batch: readonly Pending[]): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const next = apply(document, batch)
      const text = formatLedger(next)
      if (text === formatLedger(document)) return
      const saved = await store.save(text, version)
      if (saved.ok) {
        document = next
        version = saved.version
        return
      }
      await sleep(PAUSE_MS * Math.random())
      const loaded = await load()
      document = loaded.document
      version = loaded.version
    }
    throw new SetupError(
      `the ledger ${store.name} could not be written: other processes keep changing it; run again later`,
    )
  }

  return {
    current: () => document,
    commit: (mutation) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ mutation, resolve, reject })
        if (!draining) void drain()
      }),
  }
}

function apply(document: LedgerDocument, batch: readonly Pending[]): LedgerDocument {
  const draft = { entries: new Map(document.entries), repositories: new Map(document.repositories) }
  for (const { mutation } of batch) mutation(draft)
  return { ...document, ...draft }
}
