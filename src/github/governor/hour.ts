import type { AnswerHeaders } from '../answer-headers.ts'

/** The requests of an hour that GitHub allows an account, of one of its kinds: `core`, `graphql` and some others. */
export interface Hour {
  /**
   * When there is room for one more: 0 where there is, undefined where requests on their way must be answered first, else
   * the end of the hour.
   * @param onTheirWay requests that may not be in the last count yet, and those that are to go before
   */
  free(onTheirWay: number, now: number): number | undefined
  /** How many more may be sent now. */
  room(onTheirWay: number, now: number): number
  /** The end of the hour by our clock, or when it ends at the latest where no answer told of it. */
  ends(now: number): number
  /** @param theirs the server's clock, in milliseconds since 1970 */
  learn(headers: AnswerHeaders, theirs: number, now: number): void
  /** A request of which no answer tells whether GitHub counted it. */
  lose(): void
  /** The requests that GitHub allows in an hour, where it says so. */
  readonly allowed: number | undefined
}

/** An answer that was on its way for long still speaks of the hour before. */
const SAME_HOUR_S = 60
const HOUR_MS = 3_600_000

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
export function openHour(): Hour {
  let allowed: number | undefined
  let left = Number.POSITIVE_INFINITY
  /** The end of the hour by the server's clock, in seconds, and by ours. */
  let reset = 0
  let endsAt = Number.POSITIVE_INFINITY
  const room = (onTheirWay: number, now: number): number => {
    if (now >= endsAt) {
      left = allowed ?? Number.POSITIVE_INFINITY
      endsAt = Number.POSITIVE_INFINITY
    }
    // A request on its way may have been counted already; then it is subtracted twice, until its own answer has come.
    return Math.max(left - onTheirWay, 0)
  }
  return {
    get allowed() {
      return allowed
    },
    room,
    free(onTheirWay, now) {
      if (room(onTheirWay, now) > 0) return 0
      if (onTheirWay > 0) return undefined
      return endsAt === Number.POSITIVE_INFINITY ? 0 : endsAt
    },
    ends: (now) => (now < endsAt ? Math.min(endsAt, now + HOUR_MS) : now + HOUR_MS),
    learn(headers, theirs, now) {
      const remaining = wholeNumber(headers['x-ratelimit-remaining'])
      const resets = wholeNumber(headers['x-ratelimit-reset'])
      if (remaining === undefined || resets === undefined) return
      allowed = wholeNumber(headers['x-ratelimit-limit']) || allowed
      if (resets < reset - SAME_HOUR_S) return
      const ends = now + resets * 1000 - theirs
      const isNext = resets > reset + SAME_HOUR_S
      if (isNext) reset = resets
      else if (endsAt === Number.POSITIVE_INFINITY) return
      left = isNext ? remaining : Math.min(left, remaining)
      // `Date` gives the beginning of its second, and the answer took its time: each estimate is late, the least the best.
      endsAt = isNext ? ends : Math.min(endsAt, ends)
    },
    lose() {
      left -= 1
    },
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) : undefined
}
