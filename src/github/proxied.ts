import { EnvHttpProxyAgent, request } from 'undici'
import { ACCEPTED_CODINGS, decodedBody } from './decoded-body.ts'
import { joinedHeaders } from './joined-headers.ts'
import { thrownInstead } from './network-failure.ts'
import type { Transport } from './transport.ts'

/** Connections through a proxy, or past it, by the given rules; each is text as its environment variable has it. */
export function proxiedTransport(rules: {
  readonly httpProxy: string
  readonly httpsProxy: string
  readonly noProxy: string
}): Transport {
  const dispatcher = new EnvHttpProxyAgent(rules)
  return async ({ method, url, headers, body, signal }) => {
    try {
      const sent = { 'accept-encoding': ACCEPTED_CODINGS, ...headers }
      const answer = await request(url, { dispatcher, method, headers: sent, body: body ?? null, signal })
      const coding = answer.headers['content-encoding']
      return {
        status: answer.statusCode,
        headers: joinedHeaders(answer.headers),
        body: decodedBody(answer.body, Array.isArray(coding) ? coding.join(', ') : coding, signal),
      }
    } catch (error) {
      throw thrownInstead(error, signal)
    }
  }
}
