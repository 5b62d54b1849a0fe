import { GitHubError } from './errors.ts'

/**
 * Whether it is the error of a POST that may have been carried out: its answer was lost, or is a 5xx. It is thrown after a
 * pause, so that its caller can look at once whether it was.
 */
export function isLostPost(error: unknown): error is GitHubError {
  if (!(error instanceof GitHubError) || !error.route.startsWith('POST ')) return false
  const { kind, status, limited } = error
  return kind === 'unavailable' && !limited && (status === undefined || status >= 500)
}
