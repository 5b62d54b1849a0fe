import { GitHubError } from '../github/errors.ts'

/** What was reviewed does not hold: the exit code that tells it, and why. */
export interface Stale {
  readonly code: 4
  readonly message: string
}

export function stale(message: string): Stale {
  return { code: 4, message: `${message} Nothing was written.` }
}

/** The error for an answer that lacks what GitHub documents for its route: nothing can be decided by it. */
export function malformed(route: string, what: string): GitHubError {
  return new GitHubError(`${route}: the answer has no ${what}. This is not GitHub's JSON.`, {
    kind: 'unavailable',
    route,
  })
}
