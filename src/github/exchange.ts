import { type BodyLimits, patience, readBody } from './body.ts'
import type { BodyRoom } from './body-room.ts'
import { GitHubError } from './errors.ts'
import type { Turn } from './governor/turn.ts'
import { type Mode, refusedBy } from './guard.ts'
import { type Failure, failureOf } from './network-failure.ts'
import { sameOrigin, shownPath } from './origin.ts'
import type { NoReply, Outgoing, Reply } from './outgoing.ts'
import type { Pace } from './pace.ts'
import type { Arrival, Transport } from './transport.ts'

export interface Wire {
  readonly base: URL
  readonly mode: Mode
  readonly transport: Transport
  readonly pace: Pick<Pace, 'send' | 'clock'>
  /** Whose limits its requests count against, and where the credential came from. */
  readonly payer: Pick<Turn, 'account' | 'from'>
  /** Adds the credential, when its turn has come: a token may have run out meanwhile. */
  readonly sign: (outgoing: Outgoing) => Promise<Outgoing>
  /** For one answer, read to its end, without its waits for room. */
  readonly timeoutMs: number
  readonly limits: BodyLimits
  /** Shared by all clients of a run. */
  readonly room: BodyRoom
  /** Takes credentials out of a text. */
  readonly scrub: (text: string) => string
  readonly trace?: ((line: string) => void) | undefined
}

/**
 * Sends one request when its turn comes, again where a limit refused it, and reads the answer to its end. Follows nothing.
 * @throws for a request that must not be sent, and where a limit is not waited out
 */
export function exchange(wire: Wire, unsigned: Outgoing): Promise<Reply | NoReply> {
  const { method, route, url, afterWait } = unsigned
  const { account, from } = wire.payer
  const what = (): string => wire.scrub(`${method} ${shownPath(wire.base, url)}`)
  const kind = wire.mode === 'token-exchange' ? 'token' : 'plain'
  return wire.pace.send({ account, from, method, route, what, kind, afterWait }, async (mayGo) => {
    const outgoing = await wire.sign(unsigned)
    if (!mayGo()) return 'not sent'
    const started = performance.now()
    const trace = (outcome: string): void => {
      const path = shownPath(wire.base, outgoing.url)
      wire.trace?.(wire.scrub(`${outgoing.method} ${path} ${outcome} ${Math.round(performance.now() - started)}ms`))
    }
    const time = patience(wire.timeoutMs)
    try {
      const arrival = await guarded(wire, outgoing, time.signal)
      const body = await readBody(arrival, wire.limits, wire.room, time)
      const { status, headers } = arrival
      trace([status, headers['x-github-request-id']].filter((part) => part !== undefined).join(' '))
      const reply = { status, headers, ms: performance.now() - started }
      if ('text' in body) return { ...reply, text: body.text }
      // The status is valid even where the body is too large.
      return status >= 400 ? { ...reply, text: '' } : tooMuch(wire, outgoing, reply, body.over)
    } catch (error) {
      const failure = failureOf(error, wire.timeoutMs)
      if (failure === undefined) throw error
      trace(failure.code)
      return noReply(wire, outgoing, failure)
    } finally {
      time.end()
    }
  })
}

/** Checks mode and origin as the last step before the network, so that no caller can send a forbidden request. */
async function guarded(wire: Wire, outgoing: Outgoing, signal: AbortSignal): Promise<Arrival> {
  const { method, url, headers, body } = outgoing
  checkMode(wire, outgoing)
  if (!sameOrigin(wire.base, url)) {
    throw new Error(`Bug: ${outgoing.route} would take the token to ${url.origin}. Nothing was sent.`)
  }
  return wire.transport({ method, url, headers, body, signal })
}

/** @throws for a request that a client of this mode must not send */
export function checkMode(wire: Pick<Wire, 'mode' | 'base'>, outgoing: Outgoing): void {
  const refused = refusedBy(wire.mode, wire.base, outgoing)
  if (refused !== undefined) throw new Error(`Bug: ${refused}. Nothing was sent.`)
}

const IN_DOUBT = 'GitHub may still have done it: plan again.'

function tooMuch(wire: Wire, outgoing: Outgoing, reply: Omit<Reply, 'text'>, over: string): NoReply {
  const { method, route, url } = outgoing
  const text = `${method} ${shownPath(wire.base, url)}: the answer ${over}, which no answer of GitHub's is.`
  const error = new GitHubError(wire.scrub(text), {
    kind: 'unavailable',
    route,
    status: reply.status,
    requestId: reply.headers['x-github-request-id'],
    date: reply.headers.date,
    hint: method === 'GET' ? undefined : IN_DOUBT,
  })
  return { error, again: 'useless' }
}

function noReply(wire: Wire, outgoing: Outgoing, failure: Failure): NoReply {
  const { method, route, url } = outgoing
  const { words, kind } = failure
  const hint = kind === 'distrusted' ? CERTIFICATES : method === 'GET' || kind === 'unreached' ? undefined : IN_DOUBT
  const said = wire.scrub(`${method} ${shownPath(wire.base, url)}: ${words(url)}.`)
  const again = kind === 'distrusted' || kind === 'late' ? 'useless' : 'may help'
  return { error: new GitHubError(said, { kind: 'unavailable', route, hint }), again }
}

const CERTIFICATES = 'If the server has a certificate of a private authority, name its file in NODE_EXTRA_CA_CERTS.'
