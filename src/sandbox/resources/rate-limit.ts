import { type Answer, type Call, ok } from '../http/call.ts'
import { Refusal } from '../http/errors.ts'
import type { Resource } from './resource.ts'

/**
 * The rest of each budget (https://docs.github.com/rest/rate-limit/rate-limit). Where no limits hold, as on GHES unless
 * its administrator sets them, it is 404.
 */
export const rateLimit: Resource = { routes: [{ method: 'GET', template: '/rate_limit', handle: getRateLimit }] }

function getRateLimit({ rates }: Call): Answer {
  if (!rates) throw new Refusal(404, 'Rate limiting is not enabled.')
  return ok(rates())
}
