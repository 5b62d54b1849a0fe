import type { AnswerHeaders } from '../answer-headers.ts'

interface RateLimit {
  readonly when: string
  readonly hint: string
}

/**
 * Whether an answer refuses a request for a limit, and not for a missing permission; both come as 403. Servers without
 * limits send no such headers: a missing header is no limit reached.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function rateLimited(status: number, headers: AnswerHeaders, said: string): RateLimit | undefined {
  if (status !== 403 && status !== 429) return undefined
  const after = headers['retry-after']
  const spent = headers['x-ratelimit-remaining'] === '0'
  const words = isLimitText(said)
  if (status === 403 && after === undefined && !spent && !words) return undefined
  return {
    when: `The rate limit is reached${ending(after, spent ? headers['x-ratelimit-reset'] : undefined)}`,
    hint: 'Run again then, or wait for it with a longer --max-wait; --owner asks for less at once.',
  }
}

/** Whether GitHub's words name one of its limits: not all of these answers have a header that does. */
export function isLimitText(said: string): boolean {
  return /secondary rate limit|rate limit exceeded|abuse detection/i.test(said)
}

/** `retry-after` counts; without it `x-ratelimit-reset` gives the end (seconds since 1970). */
function ending(after: string | undefined, reset: string | undefined): string {
  if (after !== undefined && /^\d{1,9}$/.test(after)) return `; GitHub asks to wait ${after} s`
  if (after !== undefined && isHttpDate(after)) return ` until ${after}`
  if (reset !== undefined && /^\d{1,11}$/.test(reset)) {
    return `; it starts anew at ${new Date(Number(reset) * 1000).toISOString().replace('.000', '')}`
  }
  return '; GitHub does not say for how long, at least a minute'
}

/** A date of HTTP begins with a weekday; `Date.parse` takes `-5` and `1.5` for dates as well. */
export function isHttpDate(text: string): boolean {
  return /^[A-Z][a-z]{2,8},? /.test(text) && !Number.isNaN(Date.parse(text))
}
