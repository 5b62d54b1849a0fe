import type { Io } from './io.ts'

/** Tells on stderr how far a run is, but only of what takes longer than a second. */
export interface Progress {
  end(): void
}

const INTERVAL_MS = 1000

/** @param now what to say now, with a count, such as `reading acme: 120 requests` */
export function startProgress(io: Io, now: () => string): Progress {
  const timer = setInterval(() => io.stderr(`${now()}\n`), INTERVAL_MS)
  timer.unref()
  return { end: () => clearInterval(timer) }
}
