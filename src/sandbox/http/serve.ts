import { writeSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Product } from '../world/products.ts'
import type { World } from '../world/store.ts'
import { accountOf } from './account.ts'
import type { Answer } from './call.ts'
import { type Controls, control } from './control.ts'
import { type Fault, strike } from './faults.ts'
import { githubHeaders } from './headers.ts'
import type { Turn } from './limits.ts'
import { type ApiRequest, respond, routeOf } from './respond.ts'
import type { RouteIndex } from './router.ts'
import { answeredByStore } from './serve-store.ts'
import { STORE, type StoreRoute } from './store.ts'
import { bodyText, headersOf, isForeign, send } from './wire.ts'

/** One request and its answer, as they went over the wire. */
export interface Exchange {
  product: string
  method: string
  /** As requested, without prefix and query. */
  path: string
  /** GitHub's template, such as `/orgs/{org}/actions/secrets/{secret_name}`; undefined when GitHub documents none. */
  route: string | undefined
  query: Record<string, string>
  /** With names in lower case. */
  requestHeaders: Record<string, string>
  /** Parsed; undefined when there was none, or none that is JSON. */
  requestBody: unknown
  /** 0 when a scripted fault closed the connection. */
  status: number
  /** With names in lower case. `x-sandbox-fault` marks an answer that a script gave in GitHub's place. */
  responseHeaders: Record<string, string>
  responseBody: unknown
  /** How long the answer took, in milliseconds. */
  ms: number
  /** When it was answered, by the sandbox's clock, as an ISO date. */
  at: string
}

/** A running sandbox, as each request finds it. */
export interface Setup {
  readonly product: Product
  readonly controls: Controls
  readonly routes: RouteIndex
  readonly store: readonly StoreRoute[]
  readonly rotateKeys: (world: World) => void
  /** Milliseconds. */
  readonly latency: number
  /** A file descriptor. */
  readonly log: number | undefined
  readonly onExchange: ((exchange: Exchange) => void) | undefined
  readonly onArrival:
    | ((request: { readonly method: string; readonly path: string }) => Promise<void> | undefined)
    | undefined
}

/** A request as it arrives. */
export interface Arrival {
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** With names in lower case, `host` among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** How long after an answer this may arrive and have been sent before it, in milliseconds. */
  readonly onItsWay: number
}

/** Over the network, and on a machine that has other work. */
const ON_ITS_WAY_MS = 250

/** Answers one request over the network. */
export async function serve(setup: Setup, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isForeign(request)) {
    await send(response, { status: 403, body: { message: 'The sandbox answers this machine only, and no web page.' } })
    return
  }
  const { method = 'GET', url: target = '/' } = request
  const headers = headersOf(request)
  const text = await bodyText(request)
  const answer = await answered(setup, { method, target, headers, text, onItsWay: ON_ITS_WAY_MS })
  if (answer) await send(response, answer)
  else request.socket.destroy()
}

/** The answer to one request, of the API or of the sandbox itself; none where a fault closes the connection. */
export async function answered(setup: Setup, arrival: Arrival): Promise<Answer | undefined> {
  const started = performance.now()
  const { method, target, headers, text } = arrival
  const [path = '/', search = ''] = target.split(/\?(.*)/s)
  if (path.startsWith('/_sandbox')) return control(setup.controls, method, path, text)
  if (path.startsWith(STORE)) {
    return answeredByStore(setup, { method, path, query: new URLSearchParams(search), headers })
  }
  const { prefix } = setup.product
  const api: ApiRequest = {
    method,
    path: pathBelow(prefix, path),
    query: Object.fromEntries(new URLSearchParams(search)),
    headers,
    text,
    base: `http://${headers.host}${prefix}`,
  }
  const { controls } = setup
  const account = accountOf(controls.world, api.headers.authorization, controls.clock.now())
  const { onItsWay } = arrival
  const turn = controls.limits?.arrive({ account, method, path: api.path ?? path, text, onItsWay })
  try {
    const outcome = await answerTo(setup, api, turn)
    record(setup, api, { ...outcome, path: api.path ?? path, ms: performance.now() - started, turn })
    return outcome.answer
  } finally {
    turn?.leave()
  }
}

/**
 * The path without the prefix of the product; undefined when it does not begin with it. On GHES, GraphQL is beside the
 * REST API and not below it: `/api/graphql`
 * (https://docs.github.com/enterprise-server@3.19/graphql/guides/forming-calls-with-graphql).
 */
function pathBelow(prefix: string, path: string): string | undefined {
  if (prefix !== '' && path === '/api/graphql') return '/graphql'
  if (!path.startsWith(`${prefix}/`) || (prefix !== '' && path === `${prefix}/graphql`)) return undefined
  return path.slice(prefix.length)
}

/** The answer of GitHub, of its limits, or of a scripted fault; none when the connection is to be closed. */
async function answerTo(
  setup: Setup,
  api: ApiRequest,
  turn: Turn | undefined,
): Promise<{ route: string | undefined; answer: Answer | undefined }> {
  const { controls, routes } = setup
  if (setup.latency > 0) await sleep(setup.latency)
  await setup.onArrival?.({ method: api.method, path: api.path ?? '' })
  const route = routeOf(routes, controls.world, api)?.route.template
  if (turn?.refused) return { route, answer: withHeaders(setup, api, turn, turn.refused) }
  const fault = strike(controls.faults, { method: api.method, path: api.path, route })
  if (fault?.delay_ms !== undefined) await sleep(fault.delay_ms)
  if (turn && fault?.limit !== undefined) return { route, answer: withHeaders(setup, api, turn, exceeded(turn, fault)) }
  const now = controls.clock.now()
  const isReplaced = fault?.drop === true || fault?.status !== undefined
  const match = routeOf(routes, controls.world, api)
  const genuine = isReplaced && !fault?.after ? undefined : respond(controls.world, api, match, now, turn)
  if (fault?.rotate_keys) setup.rotateKeys(controls.world)
  if (fault?.drop) return { route, answer: undefined }
  if (isReplaced || !genuine) return { route, answer: withHeaders(setup, api, turn, scripted(fault)) }
  return { route, answer: rewritten(withHeaders(setup, api, turn, genuine), fault?.headers) }
}

/** Adds the headers of every answer; the answer's own headers win. */
function withHeaders({ controls, product }: Setup, api: ApiRequest, turn: Turn | undefined, answer: Answer): Answer {
  const always = { ...githubHeaders(product, api.headers.accept ?? '', controls.clock.now()), ...turn?.headers() }
  const own = new Set(Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase()))
  const kept = Object.entries(always).filter(([name]) => !own.has(name.toLowerCase()))
  return { ...answer, headers: { ...Object.fromEntries(kept), ...answer.headers } }
}

function scripted(fault: Fault | undefined): Answer {
  const answer = { status: fault?.status ?? 500, headers: { 'X-Sandbox-Fault': 'scripted' } }
  return rewritten(fault?.body === undefined ? answer : { ...answer, body: fault.body }, fault?.headers)
}

function exceeded(turn: Turn, { limit = 'secondary', wait_ms: wait, status, retry_after, headers }: Fault): Answer {
  const answer = turn.exceed({
    kind: limit,
    ...(wait === undefined ? {} : { wait }),
    ...(status === 403 || status === 429 ? { status } : {}),
    ...(retry_after === undefined ? {} : { retry_after }),
  })
  return rewritten(answer, headers)
}

/** The answer with a script's headers in place of those of these names. */
function rewritten(answer: Answer, headers: Fault['headers'] = {}): Answer {
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const kept = Object.entries(answer.headers ?? {}).filter(([name]) => !given.has(name.toLowerCase()))
  const set = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null)
  return { ...answer, headers: Object.fromEntries([...kept, ...set]) }
}

function record(
  setup: Setup,
  api: ApiRequest,
  outcome: { route: string | undefined; answer: Answer | undefined; path: string; ms: number; turn: Turn | undefined },
): void {
  const { route, answer, path, turn } = outcome
  const ms = Math.round(outcome.ms * 1000) / 1000
  const status = answer?.status ?? 0
  if (setup.log !== undefined) {
    const limits = { ...(turn?.refused && { limited: true }), ...(turn?.toldToWait && { told_to_wait: true }) }
    const line = { method: api.method, path, route: route ?? null, status, ms, ...limits }
    writeSync(setup.log, `${JSON.stringify(line)}\n`)
  }
  setup.onExchange?.({
    product: setup.product.name,
    method: api.method,
    path,
    route,
    query: { ...api.query },
    requestHeaders: { ...api.headers },
    requestBody: parsed(api.text),
    status,
    responseHeaders: lowerCased(answer?.headers ?? { 'x-sandbox-fault': 'drop' }),
    responseBody: answer?.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body)),
    ms,
    at: setup.controls.clock.now().toISOString(),
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
