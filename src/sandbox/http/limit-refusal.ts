import type { Product } from '../world/products.ts'
import type { Account } from './account.ts'
import type { Answer } from './call.ts'
import { errorBody, Refusal } from './errors.ts'

/** How GitHub tells of a secondary limit: it documents both statuses, and `retry-after` as a header that may be there. */
export interface SecondaryForm {
  readonly status: 403 | 429
  readonly retry_after: boolean
}

const SECONDARY =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
  'If you reach out to GitHub Support for help, please include the request ID.'

/** The answer for a secondary limit that ends in so many milliseconds. */
export function secondaryRefusal(form: SecondaryForm, ms: number, product: Product): Answer {
  const headers = form.retry_after ? { 'retry-after': String(Math.ceil(ms / 1000)) } : {}
  return answerOf(new Refusal(form.status, SECONDARY, { headers }), product)
}

/**
 * The answer where a primary budget is used up; its headers say until when. GraphQL answers 200 with an error
 * (https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#exceeding-the-rate-limit).
 */
export function primaryRefusal(resource: string, account: Account, product: Product): Answer {
  const message = `API rate limit exceeded for ${account.shown}.`
  if (resource === 'graphql') return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] } }
  return answerOf(new Refusal(403, message), product)
}

function answerOf(refused: Refusal, product: Product): Answer {
  const body = errorBody(refused, product)
  return { status: refused.status, headers: refused.headers, ...(body ? { body } : {}) }
}
