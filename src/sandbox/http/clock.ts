/** The time in the sandbox: it runs as this machine's clock does, and can be put forward. */
export interface Clock {
  now(): Date
  /** @throws Error where the time would go back, or is no number */
  advance(ms: number): void
}

/** @param read milliseconds since 1970; a test may share a clock of its own */
export function openClock(read: () => number = Date.now): Clock {
  let ahead = 0
  return {
    now: () => new Date(read() + ahead),
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new Error('"advance_ms" must be a number of milliseconds from 0.')
      ahead += ms
    },
  }
}
