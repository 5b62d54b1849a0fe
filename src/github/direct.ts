/// <reference path="./undici-client.d.ts" />
import type { Client } from 'undici'
import { arrivalReader } from './arrival-reader.ts'
import { ACCEPTED_CODINGS } from './decoded-body.ts'
import { thrownInstead } from './network-failure.ts'
import type { Arrival, Departure, Transport } from './transport.ts'

/**
 * An idle connection is given up after this time: servers close theirs without a word, and a write that meets that moment
 * is in doubt. undici's time.
 */
const IDLE_MS = 4000

/** The caller has a time limit of its own for the whole answer. */
const NO_LIMIT = 0

const OPTIONS: Client.Options = {
  pipelining: 1,
  allowH2: false,
  keepAliveTimeout: IDLE_MS,
  keepAliveMaxTimeout: IDLE_MS,
  headersTimeout: NO_LIMIT,
  bodyTimeout: NO_LIMIT,
}

/**
 * Connections that are kept open from one request to the next, as many as there are requests at once. Each is a client of
 * undici's: its pool looks for a free one among all of them, and `node:http` takes twice the CPU time for a short answer.
 */
export function directTransport(): Transport {
  /** Connections without a request, by origin. */
  const idle = new Map<string, Client[]>()
  const connectionsOf = (origin: string): Client[] => {
    const known = idle.get(origin)
    if (known !== undefined) return known
    const none: Client[] = []
    idle.set(origin, none)
    return none
  }
  const ask = (made: typeof Client, departure: Departure): Promise<Arrival> =>
    new Promise((resolve, reject) => {
      const { url, signal } = departure
      try {
        signal.throwIfAborted()
        const { origin } = url
        const free = connectionsOf(origin)
        const connection = free.pop() ?? new made(origin, OPTIONS)
        const reader = arrivalReader({ signal, resolve, reject, done: () => void free.push(connection) })
        connection.dispatch(requestOf(departure), reader)
      } catch (error) {
        reject(thrownInstead(error, signal))
      }
    })
  let loaded: typeof Client | undefined
  return (departure) => {
    if (loaded !== undefined) return ask(loaded, departure)
    // Runs that send nothing need not load it.
    return import('undici/lib/dispatcher/client.js').then(({ default: made }) => {
      loaded = made
      return ask(made, departure)
    })
  }
}

function requestOf({ method, url, headers, body }: Departure) {
  const lines: string[] = []
  for (const name in headers) lines.push(name, headers[name] ?? '')
  if (headers['accept-encoding'] === undefined) lines.push('accept-encoding', ACCEPTED_CODINGS)
  return { method, path: url.pathname + url.search, headers: lines, body: body ?? null }
}
