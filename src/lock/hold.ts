import { setTimeout as sleep } from 'node:timers/promises'
import type { SharedText } from '../core/shared-text.ts'
import { formatLock, type LockDocument, parseLock } from './lock-document.ts'

/** A lock that this run has taken. */
export interface HeldLock {
  /**
   * Asks GitHub whether the lock is still this run's. To be called right before each write: a holder that was taken for
   * dead must write no more.
   * @throws GitHubError where the read fails; then nothing is to be written either
   */
  stillMine(): Promise<boolean>
  /**
   * Releases the lock, and never another holder's. To be called after success and failure.
   * @returns `lost` where it was taken over meanwhile
   */
  release(): Promise<'released' | 'lost'>
}

interface Holding {
  readonly file: SharedText
  readonly document: LockDocument
  readonly version: string
  /** The version that taking the lock replaced. */
  readonly before: string
  now(): Promise<Date>
  /** Between two signs of life of a holder outside GitHub Actions; a minute when left out. */
  readonly beatMs?: number | undefined
}

/** Whether the lock is still held. */
interface Question {
  readonly answer: Promise<boolean>
  /** Milliseconds since it was asked. */
  readonly age: () => number
  /** Until it is answered. */
  isOpen: boolean
}

const BEAT_MS = 60_000
/** A copy of GitHub's that lags behind still shows a version that we have replaced: it is asked again after these pauses. */
const LAG_MS = [250, 1000]
/**
 * For so many writes the lock is read anew each time, by one question for those that ask while it is on its way, and from
 * then on an answer holds for half a minute, so that a thousand writes are no thousand reads. A lock changes hands only once GitHub says that its run has ended, which takes minutes for a runner out
 * of reach, or ten minutes after the last sign of life.
 */
const ASKED_EACH_TIME = 10
const ANSWER_HOLDS_MS = 30_000

/**
 * Keeps an acquired lock until it is released. Outside GitHub Actions, where other runs cannot ask GitHub whether this
 * one has ended, it gives signs of life.
 */
export function holdLock(holding: Holding): HeldLock {
  const { file, document, now } = holding
  const replaced = new Set([holding.before])
  let version = holding.version
  let lost = false
  let released = false
  let asked = 0
  let asking: Question | undefined
  // Beats and the release write one after the other, so that none meets a version that another of ours has replaced.
  let writing: Promise<unknown> = Promise.resolve()

  async function ask(): Promise<boolean> {
    for (const pause of [...LAG_MS, undefined]) {
      const found = await file.load()
      if (isOurs(found.text)) return true
      if (pause === undefined || !replaced.has(found.version)) break
      await sleep(pause)
    }
    lost = true
    return false
  }

  function isOurs(text: string | undefined): boolean {
    const found = parseLock(text, file.name)
    return found?.state === 'held' && found.nonce === document.nonce
  }

  async function stillMine(): Promise<boolean> {
    if (lost || released) return false
    asked += 1
    const holds = asking !== undefined && asked > ASKED_EACH_TIME && asking.age() < ANSWER_HOLDS_MS
    if (asking !== undefined && (asking.isOpen || holds)) return asking.answer
    const current: Question = { answer: ask(), age: stopwatch(), isOpen: true }
    asking = current
    current.answer.then(
      () => {
        current.isOpen = false
      },
      // A failed question is asked again.
      () => {
        if (asking === current) asking = undefined
      },
    )
    return current.answer
  }

  /** Writes over our own version only; a lost answer of ours before may have left another one that is ours too. */
  async function replace(next: LockDocument): Promise<boolean> {
    const text = formatLock(next)
    let saved = await file.save(text, version)
    if (!saved.ok) {
      const found = await file.load()
      if (!isOurs(found.text)) return false
      saved = await file.save(text, found.version)
    }
    if (!saved.ok) return false
    replaced.add(version)
    version = saved.version
    return true
  }

  async function beat(): Promise<void> {
    if (lost || released) return
    const heartbeat = (await now()).toISOString()
    if (!(await replace({ ...document, heartbeat }))) lost = true
  }

  let beating = false
  const timer =
    document.holder.run === undefined
      ? setInterval(() => {
          // One that waits for a limit is enough.
          if (beating) return
          beating = true
          // A beat that fails is made up for by the next; ten minutes of them are the lock's end, which `stillMine` sees.
          writing = writing
            .then(beat)
            .catch(() => undefined)
            .finally(() => {
              beating = false
            })
        }, holding.beatMs ?? BEAT_MS)
      : undefined
  timer?.unref()

  return {
    stillMine,
    async release() {
      clearInterval(timer)
      await writing
      if (released) return 'released'
      // Done even where the lock seemed lost: a lock that is still this run's would otherwise stay held.
      if (!(await replace({ ...document, state: 'free' }))) return 'lost'
      released = true
      return 'released'
    },
  }
}

/** Milliseconds since now, by the clock that goes on while a machine sleeps or by that which no one sets: the longer. */
function stopwatch(): () => number {
  const [wall, steady] = [Date.now(), performance.now()]
  return () => Math.max(Math.abs(Date.now() - wall), performance.now() - steady)
}
