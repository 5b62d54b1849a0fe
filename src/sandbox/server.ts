import { closeSync, openSync, writeSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import sodium from 'libsodium-wrappers'
import type { Answer } from './http/call.ts'
import { openClock } from './http/clock.ts'
import { type Fault, strike } from './http/faults.ts'
import { githubHeaders } from './http/headers.ts'
import { accountOf } from './http/limit-book.ts'
import { openLimits, type Turn } from './http/limits.ts'
import { type ApiRequest, respond, routeOf } from './http/respond.ts'
import { bodyText, headersOf, isForeign, send } from './http/wire.ts'
import { PARTS } from './resources/table.ts'
import { type Controls, control, rotateKeys, stateOf } from './world/control.ts'
import { type Product, parseProduct } from './world/products.ts'
import { createWorld, parseSeed, seedLimits, seedProduct } from './world/seed.ts'

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

export interface SandboxOptions {
  /** The text of a YAML file, or its parsed content. Empty when left out. */
  seed?: string | object
  /** 0, the default, picks a free one. */
  port?: number
  /** Wins over the seed's; `ghec` when neither names one. */
  product?: string
  /** Waited before every answer, in milliseconds. */
  latency?: number
  /** A file that gets one JSON line for each request, before the answer is sent. */
  log?: string
  onExchange?: (exchange: Exchange) => void
  /** Whether GitHub's limits hold; wins over the seed's. */
  limits?: 'github'
  /** Milliseconds since 1970; this machine's when left out. `POST /_sandbox/clock` puts it forward. */
  clock?: () => number
}

export interface Sandbox {
  /** The API's base: with `/api/v3` on GHES, without in the cloud. */
  url: string
  origin: string
  port: number
  product: string
  /** The same as `GET /_sandbox/state`: the whole world in the seed's shape. */
  state(): object
  close(): Promise<void>
}

interface Setup {
  readonly product: Product
  readonly controls: Controls
  readonly latency: number
  readonly log: number | undefined
  readonly onExchange: ((exchange: Exchange) => void) | undefined
}

/**
 * Serves an embedded GitHub on 127.0.0.1 until it is closed.
 * @throws Error when the seed or the product is wrong, or the port or the log cannot be opened.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  await sodium.ready
  const seed = typeof options.seed === 'string' ? parseSeed(options.seed) : structuredClone(options.seed)
  const product = parseProduct(options.product ?? seedProduct(seed) ?? 'ghec')
  const rebuild = (): Controls['world'] => createWorld(seed, product.name, PARTS)
  const clock = openClock(options.clock)
  const seeded = seedLimits(seed)
  const limited = options.limits ?? seeded.rules
  const limit = (): Controls['limits'] => (limited === undefined ? undefined : openLimits(clock, product, seeded.used))
  const controls: Controls = { world: rebuild(), faults: [], limits: limit(), clock, parts: PARTS, rebuild, limit }
  const log = options.log === undefined ? undefined : openSync(options.log, 'a')
  const setup: Setup = { product, controls, latency: options.latency ?? 0, log, onExchange: options.onExchange }
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(setup, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else send(response, { status: 500, body: { message: `The sandbox failed: ${String(error)}` } })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  return {
    url: `${origin}${product.prefix}`,
    origin,
    port,
    product: product.name,
    state: () => stateOf(controls),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      if (log !== undefined) closeSync(log)
    },
  }
}

async function serve(setup: Setup, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isForeign(request)) {
    send(response, { status: 403, body: { message: 'The sandbox answers this machine only, and no web page.' } })
    return
  }
  const started = performance.now()
  const [path = '/', search = ''] = (request.url ?? '/').split(/\?(.*)/s)
  const method = request.method ?? 'GET'
  const text = await bodyText(request)
  if (path.startsWith('/_sandbox')) {
    send(response, control(setup.controls, method, path, text))
    return
  }
  const { prefix } = setup.product
  const api: ApiRequest = {
    method,
    path: pathBelow(prefix, path),
    query: Object.fromEntries(new URLSearchParams(search)),
    headers: headersOf(request),
    text,
    base: `http://${request.headers.host}${prefix}`,
  }
  const { controls } = setup
  const route = routeOf(controls.world, api)?.route.template
  const account = accountOf(controls.world, api.headers.authorization, controls.clock.now())
  const turn = controls.limits?.arrive({ account, method, route })
  try {
    const outcome = await answerTo(setup, api, turn)
    record(setup, api, { ...outcome, path: api.path ?? path, ms: performance.now() - started, turn })
    if (outcome.answer) send(response, outcome.answer)
    else request.socket.destroy()
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
  const { controls } = setup
  if (setup.latency > 0) await sleep(setup.latency)
  const route = routeOf(controls.world, api)?.route.template
  if (turn?.refused) return { route, answer: withHeaders(setup, api, turn, turn.refused) }
  const fault = strike(controls.faults, { method: api.method, path: api.path, route })
  if (fault?.delay_ms !== undefined) await sleep(fault.delay_ms)
  const now = controls.clock.now()
  const isReplaced = fault?.drop === true || fault?.status !== undefined
  const genuine =
    isReplaced && !fault?.after ? undefined : respond(controls.world, api, routeOf(controls.world, api), now)
  if (fault?.rotate_keys) rotateKeys(controls.world, undefined)
  if (fault?.drop) return { route, answer: undefined }
  const answer = isReplaced || !genuine ? scripted(fault ?? { nth: 1, times: 1 }) : genuine
  return { route, answer: withHeaders(setup, api, turn, answer) }
}

/** Adds the headers of every answer; the answer's own headers win. */
function withHeaders({ controls, product }: Setup, api: ApiRequest, turn: Turn | undefined, answer: Answer): Answer {
  const always = { ...githubHeaders(product, api.headers.accept ?? '', controls.clock.now()), ...turn?.headers }
  const own = new Set(Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase()))
  const kept = Object.entries(always).filter(([name]) => !own.has(name.toLowerCase()))
  return { ...answer, headers: { ...Object.fromEntries(kept), ...answer.headers } }
}

function scripted(fault: Fault): Answer {
  return {
    status: fault.status ?? 500,
    headers: { 'X-Sandbox-Fault': 'scripted', ...fault.headers },
    ...(fault.body === undefined ? {} : { body: fault.body }),
  }
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
