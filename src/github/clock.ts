import { setTimeout as sleep } from 'node:timers/promises'

/** The time, and a way to wait: tests replace it by a clock that they drive. */
export interface Clock {
  /** Milliseconds since 1970, which only ever grow. */
  now(): number
  /** Ends early, without an error, where the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** Longer sleeps are slept in parts: timers know 32 bits. */
const LONGEST_MS = 24 * 3_600_000

/** This machine's clock at the start, counted on evenly: setting the system's clock during the run has no effect. */
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
