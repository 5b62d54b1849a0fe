import type { Io } from './io.ts'

/** Prints the progress of a run to stderr, but only for steps that take longer than a second. */
export interface Progress {
  end(): void
}

const INTERVAL_MS = 1000

/**
 * Prints it once where a wait has had no result.
 * @param now the present text, with a count, such as `reading acme: 120 requests`
 */
export function startProgress(io: Pick<Io, 'stderr'>, now: () => string): Progress {
  let said = ''
  const timer = setInterval(() => {
    const text = now()
    if (text !== said) io.stderr(`${text}\n`)
    said = text
  }, INTERVAL_MS)
  timer.unref()
  return { end: () => clearInterval(timer) }
}
