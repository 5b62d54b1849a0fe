import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../core/setup-error.ts'
import {
  type Approval,
  formatLedger,
  type LedgerDocument,
  type LedgerEntry,
  type LedgerId,
  parseLedger,
} from './ledger-file.ts'
import { FILE_PACING } from './pacing.ts'
import type { LedgerStore } from './store.ts'

/**
 * A ledger that can be changed in place; a mutation may run again, on a version that another process saved meanwhile.
 */
export interface Draft {
  readonly entries: Map<string, LedgerEntry>
  readonly ids: Map<string, LedgerId>
  readonly approvals: Approval[]
  /** Set where it is to be saved though nothing else changed, to be sealed; `anew` where its seal does not fit, too. */
  sealing?: 'open' | 'anew'
}
export type Mutation = (draft: Draft) => void

export interface Committer {
  /** The last document that was loaded or saved. */
  current(): LedgerDocument
  /** Loads it again. */
  refresh(): Promise<void>
  /** Resolves once the mutation is saved and synced, together with all other waiting mutations. */
  commit(mutation: Mutation): Promise<void>
  /** Resolves once the mutation is saved, which may wait for others where the store gathers: until `flush`, at the latest. */
  later(mutation: Mutation): Promise<void>
  /** Saves the waiting mutations. A failure rejects each of their promises. */
  flush(): Promise<void>
  /** From now on asked before each save; where the answer is no, nothing is saved any more. */
  guard(mayWrite: () => Promise<boolean>): void
}

interface Pending {
  readonly mutation: Mutation
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Loads the store, without writing to it.
 * @param finish signs the document before it is saved; `sealing` asks for a new seal
 */
export async function openCommitter(
  store: LedgerStore,
  finish: (next: LedgerDocument, loaded: LedgerDocument, sealing: Draft['sealing']) => LedgerDocument = (next) => next,
): Promise<Committer> {
  const { attempts, firstPauseMs, longestPauseMs, gather } = store.pacing ?? FILE_PACING
  const pause = (ms: number): Promise<unknown> => (store.pause ?? sleep)(ms)
  let { document, version } = await load()
  let waiting: Pending[] = []
  let gathered: Pending[] = []
  let gatheredSince = 0
  let draining: Promise<void> | undefined
  let mayWrite: (() => Promise<boolean>) | undefined

  async function load(): Promise<{ document: LedgerDocument; version: string }> {
    const loaded = await store.load()
    return { document: parseLedger(loaded.text, store.name), version: loaded.version }
  }

  async function refresh(): Promise<void> {
    const loaded = await load()
    document = loaded.document
    version = loaded.version
  }

  /** One save for all waiting and gathered mutations; the slower the disk, the more share it. */
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = [...gathered, ...waiting]
      gathered = []
      waiting = []
      try {
        await save(batch)
        for (const pending of batch) pending.resolve()
      } catch (error) {
        for (const pending of batch) pending.reject(error)
      }
    }
    draining = undefined
  }

  async function save(batch: readonly Pending[]): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const { changed, sealing } = apply(document, batch)
      if (sealing === undefined && formatLedger(changed) === formatLedger(document)) return
      const next = finish(changed, document, sealing)
      const text = formatLedger(next)
      if (mayWrite !== undefined && !(await mayWrite())) {
        throw new SetupError(`the ledger ${store.name} was not written: another run has taken over the lock`)
      }
      const saved = await store.save(text, version)
      if (saved.ok) {
        document = next
        version = saved.version
        return
      }
      await pause(Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs) * Math.random())
      await refresh()
    }
    throw new SetupError(
      `the ledger ${store.name} could not be written: other processes keep changing it; run again later`,
    )
  }

  function start(): Promise<void> {
    draining ??= drain()
    return draining
  }

  function commit(mutation: Mutation): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      waiting.push({ mutation, resolve, reject })
      void start()
    })
  }

  function later(mutation: Mutation): Promise<void> {
    if (gather === undefined) return commit(mutation)
    return new Promise<void>((resolve, reject) => {
      if (gathered.length === 0) gatheredSince = performance.now()
      gathered.push({ mutation, resolve, reject })
      if (gathered.length >= gather.notes || performance.now() - gatheredSince >= gather.ms) void flush()
    })
  }

  async function flush(): Promise<void> {
    if (gathered.length > 0) {
      waiting = [...gathered, ...waiting]
      gathered = []
      void start()
    }
    await draining
  }

  return {
    current: () => document,
    refresh,
    commit,
    later,
    flush,
    guard(asked) {
      mayWrite = asked
    },
  }
}

function apply(
  document: LedgerDocument,
  batch: readonly Pending[],
): { readonly changed: LedgerDocument; readonly sealing: Draft['sealing'] } {
  const draft = draftOf(document)
  for (const { mutation } of batch) mutation(draft)
  const { entries, ids, approvals, sealing } = draft
  return { changed: { ...document, entries, ids, approvals }, sealing }
}

/** A copy that can be changed. */
export function draftOf({ entries, ids, approvals }: LedgerDocument): Draft {
  return { entries: new Map(entries), ids: new Map(ids), approvals: [...approvals] }
}
