import type { Route } from '../core/family.ts'
import { GitHubError } from './errors.ts'
import { type Mode, refusedBy } from './guard.ts'
import type { Expected } from './identity.ts'
import { sameOrigin, shownPath } from './origin.ts'
import type { Pace } from './pace.ts'
import type { Method } from './target.ts'

/** One request on its way. */
export interface Outgoing {
  readonly route: Route
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly expected?: Expected | undefined
}

/** What came back, read to its end. */
export interface Reply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** No whole answer came. `again` says whether the same request could fare better a moment later. */
export interface NoReply {
  readonly error: GitHubError
  readonly again: 'may help' | 'useless'
}

export interface Wire {
  readonly base: URL
  readonly mode: Mode
  readonly fetch: typeof fetch
  readonly pace: Pace
  readonly timeoutMs: number
  /** Takes credentials out of a text. */
  readonly scrub: (text: string) => string
  readonly trace?: ((line: string) => void) | undefined
}

/**
 * Sends one request, once, when its turn comes, and reads the answer to its end. Follows nothing.
 * @throws for a request that must not be sent
 */
export function exchange(wire: Wire, outgoing: Outgoing): Promise<Reply | NoReply> {
  return wire.pace.run(async () => {
    const started = performance.now()
    const trace = (outcome: string): void => {
      const path = shownPath(wire.base, outgoing.url)
      wire.trace?.(wire.scrub(`${outgoing.method} ${path} ${outcome} ${Math.round(performance.now() - started)}ms`))
    }
    try {
      const response = await guarded(wire, outgoing, AbortSignal.timeout(wire.timeoutMs))
      const text = await response.text()
      const headers = Object.fromEntries(response.headers)
      trace([response.status, headers['x-github-request-id']].filter((part) => part !== undefined).join(' '))
      return { status: response.status, headers, text }
    } catch (error) {
      const failure = failureOf(error, wire.timeoutMs)
      if (failure === undefined) throw error
      trace(failure.code)
      return noReply(wire, outgoing, failure)
    }
  })
}

/** The last step before the network: what must never be sent is stopped here, whoever asked for it. */
async function guarded(wire: Wire, outgoing: Outgoing, signal: AbortSignal): Promise<Response> {
  const { method, url, headers, body } = outgoing
  checkMode(wire, outgoing)
  if (!sameOrigin(wire.base, url)) {
    throw new Error(`Bug: ${outgoing.route} would take the token to ${url.origin}. Nothing was sent.`)
  }
  return wire.fetch(url, { method, headers, redirect: 'manual', signal, ...(body === undefined ? {} : { body }) })
}

/** @throws for a request that a client of this mode must not send */
export function checkMode(wire: Pick<Wire, 'mode' | 'base'>, outgoing: Outgoing): void {
  const refused = refusedBy(wire.mode, wire.base, outgoing)
  if (refused !== undefined) throw new Error(`Bug: ${refused}. Nothing was sent.`)
}

const TIMEOUT = 'TIMEOUT'

interface Failure {
  /** Such as `ECONNRESET`. */
  readonly code: string
  readonly reason: string
}

/** What the network did, or undefined for an error of another kind, which is none of the network's. */
function failureOf(error: unknown, timeoutMs: number): Failure | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'TimeoutError') return { code: TIMEOUT, reason: `no answer within ${timeoutMs / 1000} s` }
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return undefined
  const cause = deepest(error.cause)
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  return {
    code: code ?? 'FAILED',
    reason: [cause.message, code && `(${code})`].filter(Boolean).join(' ') || 'no reason',
  }
}

/** A proxy's refusal comes wrapped in "Request was cancelled". */
function deepest(error: Error): Error {
  return error.cause instanceof Error ? deepest(error.cause) : error
}

const CERTIFICATE = /CERT|UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|ALTNAME/

function noReply(wire: Wire, outgoing: Outgoing, failure: Failure): NoReply {
  const { method, route, url } = outgoing
  const distrusted = CERTIFICATE.test(failure.code)
  const hint = distrusted
    ? 'If the server has a certificate of a private authority, name its file in NODE_EXTRA_CA_CERTS.'
    : method === 'GET'
      ? undefined
      : 'GitHub may have done it all the same: plan again.'
  const said = wire.scrub(
    `${method} ${shownPath(wire.base, url)}: ${url.host} gave no whole answer: ${failure.reason}.`,
  )
  return {
    error: new GitHubError(said, { kind: 'unavailable', route, hint }),
    again: distrusted || failure.code === TIMEOUT ? 'useless' : 'may help',
  }
}
