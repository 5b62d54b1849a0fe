/** How long a run waits where servers ask for it, in all. */
export interface Patience {
  allow(maxMs: number): void
  maxMs(): number
  /**
   * Waits that go on side by side count once.
   * @returns false where the run may not wait until then
   */
  take(until: number, now: number): boolean
  /** How long servers asked to wait so far, in milliseconds. */
  waitedMs(): number
  /** Whether a wait was refused. */
  isSpent(): boolean
}

const MINUTE_MS = 60_000
/** Servers give times in whole seconds: an hour's limit may take a moment more than the hour that a run may wait. */
const LENIENCE_MS = 5000

export function openPatience(): Patience {
  let maxMs = Number.POSITIVE_INFINITY
  let waitedMs = 0
  /** Until when waits are in `waitedMs`. */
  let counted = 0
  let isSpent = false
  return {
    allow(most) {
      maxMs = most
    },
    maxMs: () => maxMs,
    take(until, now) {
      const more = Math.max(until - Math.max(now, counted), 0)
      if (waitedMs + more > maxMs + (maxMs < MINUTE_MS ? 0 : LENIENCE_MS)) {
        isSpent = true
        return false
      }
      waitedMs += more
      counted = Math.max(counted, until)
      return true
    },
    waitedMs: () => waitedMs,
    isSpent: () => isSpent,
  }
}
