import { closeSync, openSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sodium from 'libsodium-wrappers'
import { openClock } from './http/clock.ts'
import { type Controls, stateOf } from './http/control.ts'
import { openLimits } from './http/limits.ts'
import { indexRoutes } from './http/router.ts'
import { type Arrival, answered, type Exchange, type Setup, serve } from './http/serve.ts'
import { type Sent, send, sentForm } from './http/wire.ts'
import { rotateKeys } from './resources/secrets/keys.ts'
import { CONTROLS, PARTS, ROUTES, STORED } from './resources/table.ts'
import { parseProduct } from './world/products.ts'
import { createWorld, parseSeed, seedLimits, seedProduct } from './world/seed.ts'
import type { World } from './world/store.ts'

export type { Arrival, Exchange } from './http/serve.ts'
export type { Sent } from './http/wire.ts'

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
  /** Called as a request arrives; its answer waits for what this returns. */
  onArrival?: (request: { readonly method: string; readonly path: string }) => Promise<void> | undefined
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
  /** Answers a request that comes from this process, without the network; undefined where it would close the connection. */
  answer(request: Omit<Arrival, 'onItsWay'>): Promise<Sent | undefined>
  close(): Promise<void>
}

/** How long an answer that does not go over the network may take to be read, with what the same process does meanwhile. */
const IN_PROCESS_MS = 50

/**
 * Serves an embedded GitHub on 127.0.0.1 until it is closed.
 * @throws Error when the seed or the product is wrong, or the port or the log cannot be opened.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  await sodium.ready
  const seed = typeof options.seed === 'string' ? parseSeed(options.seed) : structuredClone(options.seed)
  const product = parseProduct(options.product ?? seedProduct(seed, PARTS) ?? 'ghec')
  const rebuild = (): Controls['world'] => createWorld(seed, product.name, PARTS)
  const clock = openClock(options.clock)
  const seeded = seedLimits(seed, PARTS)
  const limited = options.limits ?? seeded.rules
  const limit = (): Controls['limits'] => (limited === undefined ? undefined : openLimits(clock, product, seeded))
  const controls: Controls = {
    world: rebuild(),
    faults: [],
    limits: limit(),
    clock,
    parts: PARTS,
    others: CONTROLS,
    rebuild,
    limit,
  }
  const log = options.log === undefined ? undefined : openSync(options.log, 'a')
  const routes = indexRoutes(ROUTES)
  const rotate = (world: World): void => rotateKeys(world, undefined)
  const setup: Setup = {
    product,
    controls,
    routes,
    store: STORED,
    rotateKeys: rotate,
    latency: options.latency ?? 0,
    log,
    onExchange: options.onExchange,
    onArrival: options.onArrival,
  }
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(setup, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else void send(response, { status: 500, body: { message: `The sandbox failed: ${String(error)}` } })
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
    answer: async (request) => {
      const answer = await answered(setup, { ...request, onItsWay: IN_PROCESS_MS })
      return answer && sentForm(answer)
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      if (log !== undefined) closeSync(log)
    },
  }
}
