import type { Clock } from '../../src/github/clock.ts'

/** A clock on which every wait ends at once. */
export function instantClock(from = Date.parse('2026-11-21T12:00:00Z')): {
  readonly clock: Clock
  /** The waits, in order, in milliseconds. */
  readonly sleeps: readonly number[]
} {
  const sleeps: number[] = []
  let now = from
  const clock: Clock = {
    now: () => now,
    sleep(ms) {
      sleeps.push(ms)
      now += Math.max(ms, 0)
      return Promise.resolve()
    },
  }
  return { clock, sleeps }
}
