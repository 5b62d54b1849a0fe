import type { Clock } from '../github/clock.ts'

/** The first pause between two looks, in milliseconds; each later one is twice as long. */
const FIRST_PAUSE_MS = 500

export interface Patience {
  readonly longestMs: number
  /** The longest pause between two looks, in milliseconds; they go on doubling where it is left out. */
  readonly longestPauseMs?: number
}

/**
 * Looks again and again for what GitHub does after its answer.
 * @returns the first result; undefined where there was none in the longest time, or before the run was stopped
 */
export async function lookUntil<Result>(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
  { longestMs, longestPauseMs = Number.POSITIVE_INFINITY }: Patience,
  look: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const since = clock.now()
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const result = await look()
    if (result !== undefined) return result
    if (signal?.aborted || clock.now() - since >= longestMs) return undefined
    await clock.sleep(pause, signal ?? new AbortController().signal)
  }
}
