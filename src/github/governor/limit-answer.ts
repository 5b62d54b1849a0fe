import type { AnswerHeaders } from '../answer-headers.ts'
import type { Reply } from '../outgoing.ts'
import { sayingOf } from '../saying.ts'
import { rateLimited } from './rate-limit.ts'

/** A request that was refused for a limit, and so not carried out. `forMs` is undefined where GitHub names no time. */
export interface LimitAnswer {
  readonly forMs: number | undefined
}

const DAY_MS = 24 * 3_600_000

/**
 * How long nothing is to be sent: `retry-after` (seconds, or a date), else `x-ratelimit-reset` where nothing remains.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 * @param theirs the server's clock
 * @returns undefined where the answer refuses nothing for a limit
 */
export function limitAnswer({ status, headers, text }: Reply, theirs: number): LimitAnswer | undefined {
  const said = status < 400 ? '' : wordsIn(text)
  const isLimit = rateLimited(status, headers, said) !== undefined || limitedGraphql(status, headers, text)
  if (!isLimit) return undefined
  return { forMs: afterRetry(headers['retry-after'], theirs) ?? untilReset(headers, theirs) }
}

/**
 * The server's clock by an answer, in milliseconds since 1970. It reads a `Date` once, which many answers of one second have.
 * @returns a function that takes the time of our clock, used where the answer has no `Date` that can be right
 */
export function openTheirTime(): (headers: AnswerHeaders, now: number) => number {
  let last: string | undefined
  let dated = Number.NaN
  return ({ date }, now) => {
    if (date !== last) {
      last = date
      dated = Date.parse(date ?? '')
    }
    return Math.abs(dated - now) <= DAY_MS ? dated : now
  }
}

/** Whether an answer shows that its server counts requests: GHES does not, unless its owners switch limits on. */
export function countsRequests(headers: AnswerHeaders): boolean {
  return headers['x-ratelimit-limit'] !== undefined || headers['x-ratelimit-remaining'] !== undefined
}

/** GraphQL reports its primary limit with status 200. */
function limitedGraphql(status: number, headers: AnswerHeaders, text: string): boolean {
  return status === 200 && headers['x-ratelimit-resource'] === 'graphql' && /"type"\s*:\s*"RATE_LIMITED"/.test(text)
}

function wordsIn(text: string): string {
  try {
    return sayingOf({}, JSON.parse(text))
  } catch {
    return ''
  }
}

function afterRetry(after: string | undefined, theirs: number): number | undefined {
  if (after === undefined) return undefined
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000
  const date = Date.parse(after)
  return Number.isNaN(date) ? undefined : Math.max(date - theirs, 0)
}

/** Counted in whole seconds of the server's clock; `Date` gives the beginning of the second. */
function untilReset(headers: AnswerHeaders, theirs: number): number | undefined {
  const reset = headers['x-ratelimit-reset']
  if (headers['x-ratelimit-remaining'] !== '0' || reset === undefined || !/^\d{1,11}$/.test(reset)) return undefined
  return Number(reset) * 1000 - theirs
}
