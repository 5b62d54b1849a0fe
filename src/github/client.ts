import type { Params, Route } from '../core/family.ts'
import { type Answer, answerOf } from './answer.ts'
import { isToken } from './credentials.ts'
import type { Outgoing, Wire } from './exchange.ts'
import type { PermissionNeeded } from './missing-permission.ts'
import { boundedPace, type Pace } from './pace.ts'
import { listAll } from './pages.ts'
import type { Asker } from './refusal.ts'
import { scrubber } from './scrub.ts'
import { send } from './send.ts'
import { target } from './target.ts'

/** The door to one GitHub with one token. */
export interface Client {
  /**
   * Sends one request; parameters that the path does not take become the query.
   * @throws GitHubError for every answer but 2xx, and where none came
   */
  request(route: Route, params: Params, body?: object): Promise<Answer>
  /**
   * Reads a list to its end.
   * @param envelope key of the list in the answer; null for a bare array
   * @param perPage the greatest page that GitHub allows here; null where the list does not come in pages
   * @throws GitHubError where any part is missing
   */
  paginate<T>(route: Route, params: Params, envelope: string | null, perPage: number | null): Promise<readonly T[]>
}

export interface ClientOptions {
  readonly baseUrl: string
  readonly token: string
  /** Where the token came from, for messages. */
  readonly tokenFrom?: string | undefined
  /** `read-only` throws on any method but GET, before anything is sent. */
  readonly mode: 'read-only' | 'read-write'
  /** `octoform/<version>`: GitHub refuses requests without it. */
  readonly userAgent: string
  /** `X-GitHub-Api-Version`, where the server knows it: see `apiVersion` in product.ts. */
  readonly apiVersion?: string | undefined
  /** See `openFetch` in transport.ts; Node's own when left out. */
  readonly fetch?: typeof fetch | undefined
  readonly pace?: Pace | undefined
  /** Gets a line for each request: method, path, status, GitHub's id of it, milliseconds. Neither headers nor bodies. */
  readonly trace?: ((line: string) => void) | undefined
  /** The previews that a route wants in `Accept`, such as `nebula`. */
  readonly previews?: ((route: Route) => readonly string[]) | undefined
  /** The permission that a route needs by GitHub's documentation, for the messages of 403 and 404. */
  readonly permission?: ((route: string) => PermissionNeeded | undefined) | undefined
  /** For one answer, read to its end; 30 s when left out. GitHub itself gives up after 10 s. */
  readonly timeoutMs?: number
  /** The pauses before a read is sent again; 250 ms and 1 s when left out. */
  readonly retryDelaysMs?: readonly number[]
}

const PARALLELISM = 10
const TIMEOUT_MS = 30_000
const RETRY_DELAYS_MS = [250, 1000]

/** Makes a client. Nothing is sent before it is asked for something. */
export function createClient(options: ClientOptions): Client {
  // A header that cannot be sent is quoted in full by the error that fetch throws.
  if (!isToken(options.token)) throw new Error('Bug: a client with a token that cannot be one.')
  const scrub = scrubber(options.token)
  const base = new URL(options.baseUrl)
  const asker: Asker = { base, scrub, tokenFrom: options.tokenFrom, permission: options.permission }
  const wire: Wire = {
    base,
    mode: options.mode,
    fetch: options.fetch ?? fetch,
    pace: options.pace ?? boundedPace(PARALLELISM),
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    scrub,
    trace: options.trace,
  }
  const ask = async (outgoing: Outgoing): Promise<Answer> =>
    answerOf(asker, outgoing, await send(wire, outgoing, options.retryDelaysMs ?? RETRY_DELAYS_MS))
  return {
    request: async (route, params, body) => ask(outgoing(base, options, route, params, body)),
    paginate: async (route, params, envelope, perPage) => {
      const page = perPage === null ? {} : { per_page: perPage }
      return listAll({ asker, ask, envelope, first: outgoing(base, options, route, { ...params, ...page }, undefined) })
    },
  }
}

function outgoing(base: URL, options: ClientOptions, route: Route, params: Params, body: object | undefined): Outgoing {
  const { method, url } = target(base, route, params)
  if (method === 'GET' && body !== undefined) throw new Error(`Bug: ${route} with a body.`)
  const previews = options.previews?.(route) ?? []
  const headers: Record<string, string> = {
    accept: [
      ...previews.map((name) => `application/vnd.github.${name}-preview+json`),
      'application/vnd.github+json',
    ].join(', '),
    authorization: `Bearer ${options.token}`,
    'user-agent': options.userAgent,
  }
  if (options.apiVersion !== undefined) headers['x-github-api-version'] = options.apiVersion
  if (body !== undefined) headers['content-type'] = 'application/json'
  return { route, method, url, headers, body: body === undefined ? undefined : JSON.stringify(body) }
}
