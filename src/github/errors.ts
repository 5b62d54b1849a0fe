/**
 * The kind of a failed request; exit codes follow from it.
 * - `refused`: it answered a write with 4xx, or pointed it elsewhere.
 * - `forbidden`: it answered a read with 401, 403 or 404; the last may hide the others. Or the name leads to another
 *   thing than before.
 * - `unavailable`: every failure that does not concern the thing itself: 5xx, no connection, timeout, rate limit, a
 *   redirect elsewhere, an answer that is not GitHub's JSON, a list that was cut short, another 4xx on a read.
 */
export type GitHubErrorKind = 'refused' | 'forbidden' | 'unavailable'

interface GitHubErrorFacts {
  readonly kind: GitHubErrorKind
  readonly route: string
  readonly status?: number | undefined
  readonly hint?: string | undefined
  readonly requestId?: string | undefined
  readonly date?: string | undefined
  readonly body?: unknown
  readonly limited?: boolean
}

/** The world failed, not the configuration. Holds neither the token nor anything of the request's body. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError'
  readonly kind: GitHubErrorKind
  /** HTTP status; undefined where no answer came. */
  readonly status: number | undefined
  /** As GitHub's documentation writes it; `message` names the path that was really asked for. */
  readonly route: string
  /** The remedy. `message` ends with it: print one of the two. */
  readonly hint: string | undefined
  /** GitHub's id of the request, which its support asks for. */
  readonly requestId: string | undefined
  /** The `Date` of GitHub's answer. */
  readonly date: string | undefined
  /** GitHub's answer, where it was JSON. */
  readonly body: unknown
  /** Whether it was, or would have been, refused for a limit on requests: then it was not carried out. */
  readonly limited: boolean

  constructor(message: string, facts: GitHubErrorFacts) {
    super(facts.hint === undefined ? message : `${message} ${facts.hint}`)
    this.kind = facts.kind
    this.status = facts.status
    this.route = facts.route
    this.hint = facts.hint
    this.requestId = facts.requestId
    this.date = facts.date
    this.body = facts.body
    this.limited = facts.limited ?? false
  }
}

/**
 * The error for an answer that lacks a field which GitHub documents for its route: it cannot be used.
 * @param what such as `default_branch`
 */
export function malformed(route: string, what: string): GitHubError {
  return new GitHubError(`${route}: the answer has no ${what}. This is not GitHub's JSON.`, {
    kind: 'unavailable',
    route,
  })
}
