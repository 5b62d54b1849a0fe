import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../core/setup-error.ts'
import type { SharedText } from '../core/shared-text.ts'
import { type HeldLock, holdLock } from './hold.ts'
import { holderText } from './holder-text.ts'
import { formatLock, type Holder, type LockDocument, parseLock } from './lock-document.ts'
import { type Inquiry, stateOfHolder } from './staleness.ts'

/** One lock for all runs that write with the same ledger. */
export interface Lock {
  /** Before planning: reads only. `version` is for `acquire`. */
  look(): Promise<{ readonly version: string; readonly holder: Holder | undefined }>
  /**
   * Waits until the lock is free, or its holder dead, and takes it.
   * @throws SetupError where another run held it to the end of the wait; the message names it
   */
  acquire(options: AcquireOptions): Promise<AcquiredLock>
}

export interface AcquireOptions {
  /** How long to wait for another run, in milliseconds; 0 asks once. */
  readonly timeoutMs: number
  /** The version that was seen before planning. */
  readonly seen: string
  /** Called once for each holder that is waited for. */
  onWait?(holder: Holder): void
  /** Ends the wait: then the lock is not taken. */
  readonly signal?: AbortSignal
}

export interface AcquiredLock extends HeldLock {
  /**
   * `at once`: the lock was not held since it was seen, so that the plan made then is still valid. `after waiting`:
   * another run held it and may have written, also where the lock was taken over from a dead run: plan again.
   */
  readonly held: 'at once' | 'after waiting'
}

export interface LockOptions extends Inquiry {
  readonly file: SharedText
  readonly me: Holder
  /** Between two looks at a lock that another run holds: the first, and the longest; 250 ms and 10 s when left out. */
  readonly pausesMs?: { readonly first: number; readonly longest: number }
  /** See {@link holdLock}. */
  readonly beatMs?: number
}

const PAUSES_MS = { first: 250, longest: 10_000 }
const GROWTH = 1.5
/** Each lost race means that another run got the lock; when the wait is over, only so many more are entered. */
const RACES = 5

/** Sends nothing yet. */
export function openLock(options: LockOptions): Lock {
  const { file, me, pausesMs = PAUSES_MS } = options

  async function look(): Promise<{ version: string; document: LockDocument | undefined }> {
    const { text, version } = await file.load()
    return { version, document: parseLock(text, file.name) }
  }

  async function acquire({ timeoutMs, seen, onWait, signal }: AcquireOptions): Promise<AcquiredLock> {
    const until = performance.now() + timeoutMs
    let pause = pausesMs.first
    let lastSeen: string | undefined
    for (let races = 0; ; ) {
      const { version, document } = await look()
      const holder = document?.state === 'held' ? document : undefined
      const state = holder === undefined ? 'ended' : await stateOfHolder(holder, options)
      if (holder === undefined || state === 'ended') {
        const held = await take(version)
        // A dead holder may have written while we planned, without the lock's file having changed.
        const fresh = holder === undefined && version === seen
        if (held !== undefined) return { ...held, held: fresh ? 'at once' : 'after waiting' }
        races += 1
        if (performance.now() >= until && races >= RACES) throw beaten(file)
      } else {
        if (performance.now() >= until) throw occupied(file, holder, timeoutMs, state)
        if (lastSeen !== holder.nonce) onWait?.(holder.holder)
        lastSeen = holder.nonce
      }
      await rest(Math.min(pause, Math.max(until - performance.now(), pausesMs.first)), signal)
      pause = Math.min(pause * GROWTH, pausesMs.longest)
    }
  }

  async function take(version: string): Promise<HeldLock | undefined> {
    const since = (await options.now()).toISOString()
    const document: LockDocument = { state: 'held', nonce: randomUUID(), holder: me, since, heartbeat: since }
    const saved = await file.save(formatLock(document), version)
    if (!saved.ok) return undefined
    return holdLock({
      file,
      document,
      version: saved.version,
      before: version,
      now: options.now,
      beatMs: options.beatMs,
    })
  }

  return {
    async look() {
      const { version, document } = await look()
      return { version, holder: document?.state === 'held' ? document.holder : undefined }
    },
    acquire,
  }
}

/** Spreads the waits of runs that began to wait at the same moment. */
async function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms * (0.75 + Math.random() / 2), undefined, signal === undefined ? {} : { signal })
  } catch {
    throw new SetupError('octoform was asked to stop while it waited for the lock. Nothing was written.')
  }
}

function occupied(
  file: SharedText,
  { holder, since }: LockDocument,
  timeoutMs: number,
  state: 'running' | 'unknown',
): SetupError {
  const waited = timeoutMs === 0 ? '' : `, and did not let go of it within ${Math.round(timeoutMs / 1000)} s`
  const untold =
    state === 'running'
      ? ''
      : 'GitHub does not say to this token whether that run has ended: it needs `actions: read` there. '
  return new SetupError(
    `another run is applying: ${holderText(holder)} has held the lock since ${since}${waited}. Nothing was written. ` +
      untold +
      `Wait for it, or for longer with --lock-timeout; if it is certain that it is dead, delete ${file.name}.`,
    { failure: 'lock_held' },
  )
}

function beaten(file: SharedText): SetupError {
  return new SetupError(`other runs keep taking the lock ${file.name}. Nothing was written; run again later.`, {
    failure: 'lock_held',
  })
}
