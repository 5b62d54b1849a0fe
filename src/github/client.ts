import type { Route } from '../core/routes.ts'
import type { Params } from '../core/send.ts'
import { type Answer, answerOf, type TimedAnswer, unlike } from './answer.ts'
import { BODY_LIMITS, type BodyLimits } from './body.ts'
import { type BodyRoom, bodyRoom, ROOM_BYTES } from './body-room.ts'
import { isToken } from './credentials.ts'
import { directTransport } from './direct.ts'
import { checkMode, type Wire } from './exchange.ts'
import { dataOf } from './graphql.ts'
import { GRAPHQL, graphqlUrl, type Mode } from './guard.ts'
import { assertSame } from './identity.ts'
import { linkIn } from './link-in.ts'
import type { PermissionNeeded } from './missing-permission.ts'
import type { Expected, Outgoing } from './outgoing.ts'
import { openPace, type Pace } from './pace.ts'
import { LIST_LIMITS, type ListLimits, listAll } from './pages.ts'
import type { Asker } from './refusal.ts'
import { openScrubber, type Scrubber } from './scrub.ts'
import { send } from './send.ts'
import { openShapes } from './shape.ts'
import { type Lacks, shapedAnswer } from './shaped-answer.ts'
import { openTargets } from './target.ts'
import type { Transport } from './transport.ts'
import { openWatch } from './watch.ts'

/** The door to one GitHub with one credential. */
export interface Client {
  /**
   * Sends one request; parameters that the path does not take become the query.
   * @param expected the facts already known of the repository or organization that the path names
   * @param afterWait called before a write is sent that had to wait for a limit, and before it is sent again, because
   * its preconditions may have changed. It throws to stop the write
   * @throws GitHubError for every answer but 2xx, for no answer, and for an answer about another thing than the path
   * names
   */
  request(
    route: Route,
    params: Params,
    body?: object,
    expected?: Expected,
    afterWait?: () => Promise<void>,
  ): Promise<Answer>
  /**
   * Reads a list to its end.
   * @param envelope key of the list in the answer; null for a bare array
   * @param perPage the greatest page that GitHub allows here; null where the list does not come in pages
   * @throws GitHubError where any part is missing
   */
  paginate<T>(
    route: Route,
    params: Params,
    envelope: string | null,
    perPage: number | null,
    expected?: Expected,
  ): Promise<readonly T[]>
  /**
   * Asks where a file is. GitHub answers with a link of one minute that lets its bearer in: it is fetched at once, without the
   * credential, and goes into no message.
   * @throws GitHubError also for 410, where the file has expired
   */
  locate(route: Route, params: Params): Promise<URL>
  /**
   * Sends a GraphQL document; a client that may only read refuses it, because every one is a POST.
   * @throws GitHubError also where GitHub answers 200 with `errors`
   */
  graphql<T>(query: string, variables: object): Promise<T>
}

export interface ClientOptions {
  readonly baseUrl: string
  /** Asked before each request: an App's token runs out while a run goes on. */
  readonly credential: () => string | Promise<string>
  /** The source of the token, for messages. */
  readonly tokenFrom?: string | undefined
  /** The permitted requests; all others throw before they are sent. */
  readonly mode: Mode
  /** Learns every token that is used; one of its own when left out. */
  readonly scrubber?: Scrubber | undefined
  /** Takes secret values out of GitHub's texts: a server may repeat values that it was sent. */
  readonly hide?: ((text: string) => string) | undefined
  /** `octoform/<version>`: GitHub refuses requests without it. */
  readonly userAgent: string
  /** `X-GitHub-Api-Version`, where the server knows it: see `apiVersion` in product.ts. */
  readonly apiVersion?: string | undefined
  /** See `openTransport`; connections of its own when left out. */
  readonly transport?: Transport | undefined
  /** One for all clients of a run; one of its own when left out. */
  readonly pace?: Pick<Pace, 'send' | 'clock'> | undefined
  /** The account that GitHub's rate limits count by: see `Credential`. */
  readonly account?: string | undefined
  /** Gets a line for each request: method, path, status, GitHub's id of it, milliseconds. Neither headers nor bodies. */
  readonly trace?: ((line: string) => void) | undefined
  /** The previews that a route wants in `Accept`, such as `nebula`. */
  readonly previews?: ((route: Route) => readonly string[]) | undefined
  /**
   * `as they are`: answers are passed on whole, for programs that want GitHub's own fields. Else only what octoform reads,
   * each field in the form that it is described in.
   */
  readonly answers?: 'as they are' | undefined
  /** Whether the product's answers never have a field; they have all when left out. */
  readonly lacks?: Lacks | undefined
  /** The permission that a route needs by GitHub's documentation, for the messages of 403 and 404. */
  readonly permission?: ((route: string) => PermissionNeeded | undefined) | undefined
  /** For one answer, read to its end; 30 s when left out. GitHub itself gives up after 10 s. */
  readonly timeoutMs?: number
  readonly limits?: Partial<AnswerLimits>
  /** Shared with the other clients of the run; one of its own when left out. */
  readonly room?: BodyRoom | undefined
  /** The pauses before a request is sent again that failed in passing; 250 ms and 1 s when left out. */
  readonly retryDelaysMs?: readonly number[]
}

/** How much is read of one answer, and of one list. */
export type AnswerLimits = BodyLimits & ListLimits

const NOTHING: Lacks = () => false
const TIMEOUT_MS = 30_000
const RETRY_DELAYS_MS = [250, 1000]

/** Makes a client. Making it sends nothing. */
export function createClient(options: ClientOptions): Client {
  const scrubber = options.scrubber ?? openScrubber()
  const scrub = scrubber.scrubForeign
  const base = new URL(options.baseUrl)
  const { hide, tokenFrom, permission } = options
  const asker: Asker = { base, scrub, hide, tokenFrom, permission }
  const limits: AnswerLimits = { ...BODY_LIMITS, ...LIST_LIMITS, ...options.limits }
  const wire: Wire = {
    base,
    mode: options.mode,
    transport: options.transport ?? directTransport(),
    pace: options.pace ?? openPace(),
    payer: { account: `${base.host} ${options.account ?? ''}`, from: tokenFrom ?? 'the environment' },
    sign: signing(options.credential, scrubber),
    watch: openWatch(options.timeoutMs ?? TIMEOUT_MS),
    limits,
    room: options.room ?? bodyRoom(ROOM_BYTES, limits.answerBytes),
    scrub,
    trace: options.trace,
  }
  const shapeOf = openShapes()
  const headersFor = headersByRoute(options)
  const { answers, lacks = NOTHING, retryDelaysMs = RETRY_DELAYS_MS } = options
  const targetOf = openTargets(base)
  const outgoing = (route: Route, params: Params, body?: object, more?: Partial<Outgoing>): Outgoing => {
    const { method, url } = targetOf(route, params)
    if (method === 'GET' && body !== undefined) throw new Error(`Bug: ${route} with a body.`)
    const headers = headersFor(route, body === undefined ? 'without a body' : 'with a body')
    return { route, method, url, headers, body: body === undefined ? undefined : JSON.stringify(body), ...more }
  }
  const ask = async (unsigned: Outgoing): Promise<TimedAnswer> => {
    // Getting a credential may take requests of its own: not for something that is refused anyway.
    checkMode(wire, unsigned)
    const { reply, asked } = await send(wire, unsigned, retryDelaysMs)
    const came = answerOf(asker, unsigned, reply)
    const shaped = answers === 'as they are' ? { value: came.body } : shapedAnswer(unsigned.route, came, lacks, shapeOf)
    if ('says' in shaped) throw unlike(asker, unsigned, came, shaped.says)
    const { status, headers, date } = came
    const answer = { status, headers, body: shaped.value, date, ms: reply.ms }
    // Of what the request was about more is known after a redirect.
    assertSame(asker, asked === unsigned ? unsigned : { ...unsigned, expected: asked.expected }, answer)
    return answer
  }
  const links = typeof options.mode === 'object' ? 'by name' : 'as they are'
  return {
    request: async (route, params, body, expected, afterWait) =>
      ask(outgoing(route, params, body, { expected, afterWait })),
    paginate: async (route, params, envelope, perPage, expected) => {
      const first = outgoing(route, perPage === null ? params : { ...params, per_page: perPage }, undefined, {
        expected,
      })
      return listAll({ asker, ask, envelope, first, links, limits })
    },
    locate: async (route, params) => {
      const asking = outgoing(route, params, undefined, { redirect: 'given' })
      checkMode(wire, asking)
      const { reply } = await send(wire, asking, retryDelaysMs)
      return linkIn(asker, asking, reply)
    },
    graphql: async (query, variables) => {
      const headers = headersFor(GRAPHQL, 'with a body')
      const body = JSON.stringify({ query, variables })
      const document: Outgoing = { route: GRAPHQL, method: 'POST', url: graphqlUrl(base), headers, body }
      return dataOf(asker, document, await ask(document))
    },
  }
}

/** Adds the credential, which a scrubber learns before it is sent. */
function signing(credential: ClientOptions['credential'], scrubber: Scrubber): Wire['sign'] {
  let known = ''
  let signed = new WeakMap<Outgoing['headers'], Outgoing['headers']>()
  const withToken = (token: string, unsigned: Outgoing['headers']): Outgoing['headers'] => {
    if (token !== known) {
      // A header that cannot be sent may be quoted in full by the error of the transport.
      if (!isToken(token)) throw new Error('Bug: a client with a token that cannot be one.')
      scrubber.learn(token)
      known = token
      signed = new WeakMap()
    }
    const found = signed.get(unsigned)
    if (found !== undefined) return found
    const headers = { ...unsigned, authorization: `Bearer ${token}` }
    signed.set(unsigned, headers)
    return headers
  }
  return (unsigned) => {
    const token = credential()
    return typeof token === 'string' ? withToken(token, unsigned) : token.then((given) => withToken(given, unsigned))
  }
}

type HeadersFor = (route: Route, content: 'with a body' | 'without a body') => Outgoing['headers']

/** Makes the headers of each route once. */
function headersByRoute(options: ClientOptions): HeadersFor {
  const made = {
    'with a body': new Map<Route, Outgoing['headers']>(),
    'without a body': new Map<Route, Outgoing['headers']>(),
  }
  return (route, content) => {
    const found = made[content].get(route)
    if (found !== undefined) return found
    const headers = headersOf(options, route, content)
    made[content].set(route, headers)
    return headers
  }
}

function headersOf(options: ClientOptions, route: Route, content: Parameters<HeadersFor>[1]): Outgoing['headers'] {
  const previews = route === GRAPHQL ? [] : (options.previews?.(route) ?? [])
  const accepted = previews.map((name) => `application/vnd.github.${name}-preview+json`)
  return {
    accept: [...accepted, 'application/vnd.github+json'].join(', '),
    'user-agent': options.userAgent,
    ...(options.apiVersion === undefined ? {} : { 'x-github-api-version': options.apiVersion }),
    ...(content === 'with a body' ? { 'content-type': 'application/json' } : {}),
  }
}
