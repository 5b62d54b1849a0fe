import type { AnswerHeaders } from '../answer-headers.ts'
import type { Reply } from '../outgoing.ts'
import { sayingOf } from '../saying.ts'
import { isHttpDate, isLimitText, rateLimited } from './rate-limit.ts'

/** A request that was refused for a limit, and so not carried out. `forMs` is undefined where GitHub names no time. */
export interface LimitAnswer {
  readonly forMs: number | undefined
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTE_MS = 60_000

/**
 * How long nothing is to be sent: `retry-after` (seconds, or a date), else `x-ratelimit-reset` where nothing remains.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 * @param theirs the server's clock
 * @param asked `graphql` of a request to GraphQL, which tells of limits with status 200 too
 * @returns undefined where the answer refuses nothing for a limit
 */
export function limitAnswer(
  { status, headers, text }: Reply,
  theirs: number,
  asked: 'rest' | 'graphql' = 'rest',
): LimitAnswer | undefined {
  const said = status < 400 ? '' : wordsIn(text)
  const isLimit =
    rateLimited(status, headers, said) !== undefined || (asked === 'graphql' && limitedGraphql(status, text))
  if (!isLimit) return undefined
  return { forMs: afterRetry(headers['retry-after'], theirs) ?? untilReset(headers, theirs) }
}

/**
 * The server's clock by an answer, in milliseconds since 1970. It reads a `Date` once, which many answers of one second have.
 * Where this machine's clock is far off, `Date` is right, too, if the hour that the same answer tells of ends within an hour of it.
 * @returns a function that takes the time of our clock, used where the answer has no `Date` that can be right
 */
export function openTheirTime(): (headers: AnswerHeaders, now: number) => number {
  let last: string | undefined
  let dated = Number.NaN
  return ({ date, 'x-ratelimit-reset': reset }, now) => {
    if (date !== last) {
      last = date
      dated = Date.parse(date ?? '')
    }
    return Math.abs(dated - now) <= DAY_MS || isOfHour(reset, dated) ? dated : now
  }
}

function isOfHour(reset: string | undefined, dated: number): boolean {
  const left = Number(reset ?? Number.NaN) * 1000 - dated
  return left >= 0 && left <= HOUR_MS + MINUTE_MS
}

/** Whether an answer shows that its server counts requests: GHES does not, unless its owners switch limits on. */
export function countsRequests(headers: AnswerHeaders): boolean {
  return headers['x-ratelimit-limit'] !== undefined || headers['x-ratelimit-remaining'] !== undefined
}

function limitedGraphql(status: number, text: string): boolean {
  if (status !== 200 || !text.includes('"errors"')) return false
  return isGraphqlLimit((parsed(text) as { readonly errors?: unknown }).errors)
}

/**
 * Whether the errors of an answer of GraphQL tell of a limit, which come with status 200: the primary one by its type, the
 * secondary one by a message.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#exceeding-the-rate-limit
 */
export function isGraphqlLimit(errors: unknown): boolean {
  if (!Array.isArray(errors)) return false
  return errors.some((error: { readonly type?: unknown; readonly message?: unknown } | null) => {
    return error?.type === 'RATE_LIMITED' || (typeof error?.message === 'string' && isLimitText(error.message))
  })
}

function wordsIn(text: string): string {
  return sayingOf({}, parsed(text))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

function afterRetry(after: string | undefined, theirs: number): number | undefined {
  if (after === undefined) return undefined
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000
  return isHttpDate(after) ? Math.max(Date.parse(after) - theirs, 0) : undefined
}

/** Counted in whole seconds of the server's clock; `Date` gives the beginning of the second. */
function untilReset(headers: AnswerHeaders, theirs: number): number | undefined {
  const reset = headers['x-ratelimit-reset']
  if (headers['x-ratelimit-remaining'] !== '0' || reset === undefined || !/^\d{1,11}$/.test(reset)) return undefined
  return Number(reset) * 1000 - theirs
}
