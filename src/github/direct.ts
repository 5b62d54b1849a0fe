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
    const isSecure = url.protocol === 'https:'
    const to = {
      method,
      // The brackets of an IPv6 address are of the URL alone.
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path: url.pathname + url.search,
      headers: headerLines(method, url.host, headers, body),
    }
    const sent = isSecure ? requestSecurely({ ...to, agent: agents.https }) : request({ ...to, agent: agents.http })
    // Node's own option for it watches the stream as well, which takes a tenth of all that a request does.
    signal.addEventListener('abort', () => sent.destroy(signal.reason), { once: true })
    sent.once('response', resolve)
    sent.once('error', reject)
    sent.end(body)
  })
}

/** Names and values in turn: of an object Node checks and keeps each header twice, and adds `Host` to it by itself. */
function headerLines(
  method: Departure['method'],
  host: string,
  headers: Departure['headers'],
  body: string | undefined,
): readonly string[] {
  const lines = ['host', host]
  for (const name in headers) lines.push(name, headers[name] ?? '')
  if (headers['accept-encoding'] === undefined) lines.push('accept-encoding', ACCEPTED_CODINGS)
  // Without a length Node leaves the body of a DELETE out, and sends an empty one of others in chunks.
  if (body !== undefined) lines.push('content-length', String(Buffer.byteLength(body)))
  else if (method !== 'GET' && method !== 'DELETE') lines.push('content-length', '0')
  return lines
}
