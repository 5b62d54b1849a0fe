import type { Route } from '../core/routes.ts'
import type { AnswerHeaders } from './answer-headers.ts'
import type { GitHubError } from './errors.ts'
import type { Turn } from './governor/turn.ts'
import type { Method } from './target.ts'

/** The facts known of the repository, organization or account that a path names, before the request is sent. */
export interface Expected {
  /** GitHub's numeric id of it, as a listing gave it. */
  readonly id?: number | undefined
  /** The caller compares the names in the answer with the requested ones; without this, other names are an error. */
  readonly names?: 'compared by the caller' | undefined
}

/** One request on its way. */
export interface Outgoing {
  readonly route: Route
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly expected?: Expected | undefined
  /** `given`: the answer that points elsewhere is what was asked for; it is followed by the rules of redirects where left out. */
  readonly redirect?: 'given' | undefined
  /** See {@link Turn}. */
  readonly afterWait?: Turn['afterWait']
}

/** An HTTP response, read to its end. */
export interface Reply {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly text: string
  /** Milliseconds from sending the request to the end of the answer. */
  readonly ms: number
}

/** No whole answer came. `again` is whether the same request could succeed a moment later. */
export interface NoReply {
  readonly error: GitHubError
  readonly again: 'may help' | 'useless'
}
