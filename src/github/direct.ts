/// <reference path="./undici-client.d.ts" />
import type { Client } from 'undici'
import { arrivalReader } from './arrival-reader.ts'
import { ACCEPTED_CODINGS } from './decoded-body.ts'
import { thrownInstead } from './network-failure.ts'
import type { Departure, Transport } from './transport.ts'

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
  let made: typeof Client | undefined
  const connectionsOf = (origin: string): Client[] => {
    const known = idle.get(origin) ?? []
    idle.set(origin, known)
    return known
  }
  return async (departure) => {
    const { url, signal } = departure
    // Runs that send nothing need not load it.
    made ??= (await import('undici/lib/dispatcher/client.js')).default
    signal.throwIfAborted()
    const free = connectionsOf(url.origin)
    const connection = free.pop() ?? new made(url.origin, OPTIONS)
    try {
      return await new Promise((resolve, reject) => {
        const reader = arrivalReader({ signal, resolve, reject, done: () => void free.push(connection) })
        connection.dispatch(requestOf(departure), reader)
      })
    } catch (error) {
      throw thrownInstead(error, signal)
    }
  }
}

function requestOf({ method, url, headers, body }: Departure) {
  const lines: string[] = []
  for (const name in headers) lines.push(name, headers[name] ?? '')
  if (headers['accept-encoding'] === undefined) lines.push('accept-encoding', ACCEPTED_CODINGS)
  return { method, path: url.pathname + url.search, headers: lines, body: body ?? null }
}
