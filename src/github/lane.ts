import type { LimitAnswer } from './limit-answer.ts'
import { type PointWindow, pointWindow } from './point-window.ts'

/** The limits that the requests of one host and credential share: GitHub counts them together. */
export interface Lane {
  /** Nothing is sent before; milliseconds since 1970. */
  readonly closedUntil: number
  /** How long a request is to wait for its points; undefined: until another one has been answered. */
  pace(method: string, now: number): number | undefined
  /**
   * Records that a request is being sent.
   * @returns a function to call with the limits that its answer states
   */
  begin(method: string): (answer: LimitAnswer | undefined, counts: boolean, now: number) => void
}

const LEAST_MS = 1000
/** The first wait where GitHub names no time: a minute, then twice as long each time. */
const UNSAID_MS = 60_000
const LONGEST_UNSAID_MS = 15 * 60_000
/** Where GitHub names a time and still refuses after it, the next wait is longer than the named one. */
const LONGEST_LEAST_MS = 60_000

export function openLane(): Lane {
  const window: PointWindow = pointWindow()
  let closedUntil = 0
  // Of the refusals of requests that were on their way side by side only the first counts as another one.
  let closings = 0
  let refusals = 0
  let paced = false
  return {
    get closedUntil() {
      return closedUntil
    },
    pace: (method, now) => (paced ? window.wait(method, now) : 0),
    begin(method) {
      const seen = closings
      window.begin(method)
      return (answer, counts, now) => {
        window.end(method, now)
        paced ||= counts
        const isNews = seen === closings
        if (answer === undefined) {
          if (isNews) refusals = 0
          return
        }
        if (isNews && answer.kind === 'refused') {
          closings += 1
          refusals += 1
        }
        closedUntil = Math.max(closedUntil, now + waitFor(answer, refusals))
      }
    },
  }
}

function waitFor({ kind, forMs }: LimitAnswer, refusals: number): number {
  if (kind === 'used up') return forMs
  const doubled = 2 ** Math.max(refusals - 1, 0)
  if (forMs === undefined) return Math.min(UNSAID_MS * doubled, LONGEST_UNSAID_MS)
  return Math.max(forMs, Math.min(LEAST_MS * doubled, LONGEST_LEAST_MS))
}
