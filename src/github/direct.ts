import { Agent, type IncomingMessage, request } from 'node:http'
import { request as requestSecurely, Agent as SecureAgent } from 'node:https'
import { ACCEPTED_CODINGS, decodedBody } from './decoded-body.ts'
import { joinedHeaders } from './joined-headers.ts'
import { thrownInstead } from './network-failure.ts'
import type { Departure, Transport } from './transport.ts'

/**
 * An idle connection is given up after this time: servers close theirs without a word, and a write that meets that moment
 * is in doubt. undici's time.
 */
const IDLE_MS = 4000

/**
 * Connections of Node's own, kept open from one request to the next, as many as there are requests at once. A third of the
 * CPU time that a request takes by `fetch`.
 */
export function directTransport(): Transport {
  const options = { keepAlive: true, timeout: IDLE_MS }
  const agents = { http: new Agent(options), https: new SecureAgent(options) }
  return async (departure) => {
    try {
      const message = await answered(departure, agents)
      return {
        status: message.statusCode ?? 0,
        headers: joinedHeaders(message.headers),
        body: decodedBody(message, message.headers['content-encoding'], departure.signal),
      }
    } catch (error) {
      throw thrownInstead(error, departure.signal)
    }
  }
}

function answered(
  { method, url, headers, body, signal }: Departure,
  agents: { readonly http: Agent; readonly https: SecureAgent },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    // Without a length Node leaves the body of a DELETE out.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const all = { 'accept-encoding': ACCEPTED_CODINGS, ...headers, ...length }
    const sent =
      url.protocol === 'https:'
        ? requestSecurely(url, { method, headers: all, agent: agents.https, signal })
        : request(url, { method, headers: all, agent: agents.http, signal })
    sent.once('response', resolve)
    sent.once('error', reject)
    sent.end(body)
  })
}
