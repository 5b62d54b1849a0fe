import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../core/setup-error.ts'
import { changedInPlace, type Drafted, draft, isEmpty, type Mutation, ownDocument } from './draft.ts'
import { changesJson } from './journal-changes.ts'
import { foldedLine, journalHead, journalLine, textHash } from './journal-text.ts'
import { formatLedger, type LedgerDocument } from './ledger-file.ts'
import type { LedgerSealer, Lines } from './ledger-sealer.ts'
import { loadLedger } from './load-ledger.ts'
import { FILE_PACING } from './pacing.ts'
import type { LedgerStore } from './store.ts'

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
  /** From now on a save is a line in the journal, where the store has one; takes in one that a killed run left. */
  openJournal(): Promise<void>
  /** Saves the ledger whole, with the lines of its journal, which is removed; each save does from now on. */
  fold(): Promise<void>
}

interface Pending {
  readonly mutation: Mutation
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Loads the store, without writing to it. */
export async function openCommitter(store: LedgerStore, sealer: LedgerSealer): Promise<Committer> {
  const { attempts, firstPauseMs, longestPauseMs, gather } = store.pacing ?? FILE_PACING
  const pause = (ms: number): Promise<unknown> => (store.pause ?? sleep)(ms)
  let loaded = await loadLedger(store, sealer)
  let journaling = false
  /** Of the journal of `loaded`; decided once, since it takes longer the more entries there are. */
  let lines: Lines | undefined
  let waiting: Pending[] = []
  let gathered: Pending[] = []
  let gatheredSince = 0
  let draining: Promise<void> | undefined
  let mayWrite: (() => Promise<boolean>) | undefined

  async function refresh(): Promise<void> {
    loaded = await loadLedger(store, sealer)
    lines = undefined
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
      const drafted = draft(
        loaded.document,
        batch.map(({ mutation }) => mutation),
      )
      const isWhole = loaded.document.journal === undefined && !loaded.hasLeftover
      if ((journaling || isWhole) && isNothing(drafted)) return
      if (mayWrite !== undefined && !(await mayWrite())) {
        throw new SetupError(`the ledger ${store.name} was not written: another run has taken over the lock`)
      }
      if (await isSaved(drafted)) return
      await pause(Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs) * Math.random())
      await refresh()
    }
    throw new SetupError(
      `the ledger ${store.name} could not be written: other processes keep changing it; run again later`,
    )
  }

  function isSaved(drafted: Drafted): Promise<boolean> {
    const { sealing, rewrites } = drafted
    const isPlain = journaling && loaded.hash !== undefined && sealing === undefined && rewrites === undefined
    if (isPlain) lines ??= sealer.lines(loaded.document)
    return isPlain && lines !== undefined && lines !== 'none' ? isAppended(drafted, lines) : isReplaced(drafted)
  }

  /** One line, which takes as long in a large ledger as in a small one. */
  async function isAppended({ changes }: Drafted, { keyId, sign, state }: Exclude<Lines, 'none'>): Promise<boolean> {
    const { document, hash: ledger, version } = loaded
    const { end } = document.journal ?? {}
    const head = end === undefined ? journalHead(ledger ?? '', keyId) : undefined
    const line = journalLine(end?.hash ?? head?.hash ?? '', changesJson(changes), sign)
    const text = `${head?.text ?? ''}${line.text}`
    const saved = await store.append?.(text, end?.bytes ?? 0, version)
    if (!saved?.ok) return false
    const changed = changedInPlace(document, changes)
    const { seal } = changed
    const counted = seal === undefined || keyId === undefined ? seal : { ...seal, counter: seal.counter + 1 }
    const bytes = (end?.bytes ?? 0) + Buffer.byteLength(text)
    const journal = { end: { hash: line.hash, bytes }, keyId, state }
    const next = Object.assign(changed, { journal }, counted && { seal: counted })
    loaded = { document: next, hash: ledger, version: saved.version, hasLeftover: false }
    return true
  }

  /** The whole ledger, with the lines of its journal. */
  async function isReplaced(drafted: Drafted): Promise<boolean> {
    const { document } = loaded
    const why = sealer.whyNotFolded(document)
    if (why !== undefined) throw new SetupError(why)
    const next = isNothing(drafted)
      ? sealer.folded(document)
      : sealer.whole(changedBy(drafted, document), document, drafted.sealing)
    const text = formatLedger(next)
    const version = await endedJournal(text)
    if (version === undefined) return false
    const saved = await store.save(text, version)
    if (!saved.ok) return false
    loaded = { document: ownDocument(next), hash: textHash(text), version: saved.version, hasLeftover: false }
    lines = undefined
    return true
  }

  /**
   * Writes into a journal that it is in the new text, before that is saved: a crash may come between the save and the
   * removal of the journal.
   * @returns the version after it; undefined where another process wrote
   */
  async function endedJournal(text: string): Promise<string | undefined> {
    const { document, hasLeftover, version } = loaded
    const { journal } = document
    if (store.append === undefined || (journal === undefined && !hasLeftover)) return version
    const saved = await store.append(journal === undefined ? '' : foldedLine(text), journal?.end.bytes ?? 0, version)
    return saved.ok ? saved.version : undefined
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
    current: () => loaded.document,
    refresh,
    commit,
    later,
    flush,
    guard(asked) {
      mayWrite = asked
    },
    async openJournal() {
      await commit(() => undefined)
      journaling = store.append !== undefined
    },
    async fold() {
      journaling = false
      await commit(() => undefined)
    },
  }
}

function isNothing({ changes, sealing, rewrites }: Drafted): boolean {
  return sealing === undefined && rewrites === undefined && isEmpty(changes)
}

function changedBy({ changes, rewrites }: Drafted, document: LedgerDocument): LedgerDocument {
  const changed = changedInPlace(ownDocument(document), changes)
  return rewrites === undefined ? changed : { ...changed, approvals: rewrites }
}
