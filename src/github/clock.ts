import { setTimeout as sleep } from 'node:timers/promises'

/** What time it is, and how to wait: tests put in one that they drive. */
export interface Clock {
  /** Milliseconds since 1970, which only ever grow. */
  now(): number
  /** Ends early, without an error, where the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** Longer sleeps are slept in parts: timers know 32 bits. */
const LONGEST_MS = 24 * 3_600_000

/** This machine's clock as it was at the start, counted on evenly: that somebody sets it meanwhile makes no difference. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  async sleep(ms, signal) {
    try {
      await sleep(Math.min(ms, LONGEST_MS), undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
}
