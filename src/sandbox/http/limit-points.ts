/** A request, as far as the secondary limits are concerned. */
export interface Weighed {
  readonly method: string
  /** Without prefix and query. */
  readonly path: string
  /** The body as it was sent. */
  readonly text: string
}

/**
 * The requests that create content: issues, pull requests, comments, reviews, check runs and commits. GitHub lists none; it
 * says of each endpoint that notifies people that it does. Nothing says that secrets or settings count.
 */
const CREATES = new RegExp(
  `^/(?:repos/[^/]+/[^/]+|repositories/\\d+)/(?:${[
    'issues',
    'issues/\\d+/comments',
    'pulls',
    'pulls/\\d+/comments(?:/\\d+/replies)?',
    'pulls/\\d+/reviews',
    'commits/[^/]+/comments',
    'check-runs',
    'git/commits',
  ].join('|')})$`,
)

/** Whether GitHub counts it against its limits for creating content. */
export function createsContent({ method, path }: Weighed): boolean {
  return method === 'POST' && CREATES.test(path)
}

/**
 * The points of a request: a read 1, a write 5; of GraphQL a query 1, a mutation 5.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit
 */
export function pointsOf({ method, path, text }: Weighed): number {
  if (path === '/graphql') return /"query"\s*:\s*"(?:\\n|\s)*mutation\b/.test(text) ? 5 : 1
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 1 : 5
}
