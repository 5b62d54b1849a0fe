import type { Clock } from '../../src/github/clock.ts'

/** A clock that stands still during work, and jumps to the end of the next wait. */
export interface SimulatedClock extends Clock {
  /** The waits so far, in order, in milliseconds. */
  readonly sleeps: readonly number[]
  advance(ms: number): void
  /** Stops it, even during waits, until `go`. */
  hold(): void
  go(): void
}

interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

/** How long no new wait must begin before the clock jumps: work on its way may need it. */
const QUIET_MS = 20

/**
 * @param isBusy while it returns true, the clock stands still, even during waits
 * @param from the time at which it begins
 */
export function simulatedClock(
  isBusy: () => boolean = () => false,
  from = Date.parse('2026-11-21T12:00:00Z'),
): SimulatedClock {
  let now = from
  let sleepers: Sleeper[] = []
  const sleeps: number[] = []
  let held = false
  const wakeUntil = (): void => {
    const due = sleepers.filter(({ until }) => until <= now)
    sleepers = sleepers.filter(({ until }) => until > now)
    for (const { wake } of due) wake()
  }
  const jump = (sleeper: Sleeper): void => {
    setTimeout(() => {
      if (!sleepers.includes(sleeper)) return
      if (held || isBusy()) {
        jump(sleeper)
        return
      }
      now = Math.max(now, Math.min(...sleepers.map(({ until }) => until)))
      wakeUntil()
      if (sleepers.includes(sleeper)) jump(sleeper)
    }, QUIET_MS)
  }
  return {
    sleeps,
    now: () => now,
    hold() {
      held = true
    },
    go() {
      held = false
    },
    advance(ms) {
      now += ms
      wakeUntil()
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleeps.push(ms)
        const sleeper = { until: now + ms, wake: resolve }
        sleepers.push(sleeper)
        signal.addEventListener('abort', () => {
          sleepers = sleepers.filter((each) => each !== sleeper)
          resolve()
        })
        jump(sleeper)
      }),
  }
}
