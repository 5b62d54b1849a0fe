import type { LimitAnswer } from './limit-answer.ts'

/** The time before which nothing is sent, after a request was refused for a limit. */
export interface Closing {
  /** Milliseconds since 1970. */
  readonly until: number
  /** Whether GitHub named no time, and nothing was answered since: one request then asks whether it is over. */
  readonly isGuess: boolean
  /** @returns what `answered` wants of a request that is sent now */
  mark(): number
  answered(mark: number, refusal: LimitAnswer | undefined, now: number): void
}

const LEAST_MS = 1000
/** The first wait where GitHub names no time: a minute, then twice as long each time. */
const UNSAID_MS = 60_000
const LONGEST_UNSAID_MS = 15 * 60_000
/** Where GitHub names a time and still refuses after it, the next wait is longer than the named one. */
const LONGEST_LEAST_MS = 60_000

export function openClosing(): Closing {
  let until = 0
  // Of the refusals of requests that were on their way side by side only the first counts as another one.
  let closings = 0
  let refusals = 0
  let isGuess = false
  return {
    get until() {
      return until
    },
    get isGuess() {
      return isGuess
    },
    mark: () => closings,
    answered(mark, refusal, now) {
      const isNews = mark === closings
      if (refusal === undefined) {
        if (isNews) {
          refusals = 0
          isGuess = false
        }
        return
      }
      if (isNews) {
        closings += 1
        refusals += 1
      }
      isGuess = refusal.forMs === undefined
      until = Math.max(until, now + waitFor(refusal, refusals))
    },
  }
}

function waitFor({ forMs }: LimitAnswer, refusals: number): number {
  const doubled = 2 ** Math.max(refusals - 1, 0)
  if (forMs === undefined) return Math.min(UNSAID_MS * doubled, LONGEST_UNSAID_MS)
  return Math.max(forMs, Math.min(LEAST_MS * doubled, LONGEST_LEAST_MS))
}
