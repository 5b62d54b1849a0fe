import type { Route } from '../core/routes.ts'
import type { Params } from '../core/send.ts'
import type { Answer } from './answer.ts'
import type { Client } from './client.ts'
import { endpoint } from './endpoints.ts'
import { GitHubError } from './errors.ts'

/** The result of a request that tries whether a route may be read. */
export type Probe =
  | { readonly kind: 'readable'; readonly answer: Answer | undefined }
  | { readonly kind: 'denied' | 'unreachable'; readonly error: GitHubError }

/**
 * Requests the smallest answer of a route. GitHub checks the permission before it gives refusals other than 401, 403
 * and 404: a 409 says that the setting does not apply.
 */
export async function probe(client: Client, route: Route, params: Params): Promise<Probe> {
  const page = endpoint(route).paged ? { per_page: 1 } : {}
  try {
    return { kind: 'readable', answer: await client.request(route, { ...params, ...page }) }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    if (error.kind === 'forbidden') return { kind: 'denied', error }
    const { status } = error
    if (status === 409 || status === 422) return { kind: 'readable', answer: undefined }
    return { kind: 'unreachable', error }
  }
}
