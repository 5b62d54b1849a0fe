import { type BodyLimits, readBody } from './body.ts'
import type { BodyRoom } from './body-room.ts'
import { GitHubError } from './errors.ts'
import { rateLimited } from './governor/rate-limit.ts'
import type { NotSent } from './governor/task.ts'
import type { Turn } from './governor/turn.ts'
import { type Mode, refusedBy } from './guard.ts'
import { type Failure, failureOf } from './network-failure.ts'
import { sameOrigin, shownPath } from './origin.ts'
import type { NoReply, Outgoing, Reply } from './outgoing.ts'
import type { Pace } from './pace.ts'
import type { Arrival, Transport } from './transport.ts'
import type { Watch } from './watch.ts'

export interface Wire {
  readonly base: URL
  readonly mode: Mode
  readonly transport: Transport
  readonly pace: Pick<Pace, 'send' | 'clock'>
  /** Whose limits its requests count against, and where the credential came from. */
  readonly payer: Pick<Turn, 'account' | 'from'>
  /** Adds the credential, when its turn has come: a token may have run out meanwhile. */
  readonly sign: (headers: Outgoing['headers']) => Outgoing['headers'] | Promise<Outgoing['headers']>
  /** The time for one answer, read to its end, without its waits for room. */
  readonly watch: Watch
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
  const { method, route, afterWait } = unsigned
  const { account, from } = wire.payer
  const what = (): string => wire.scrub(`${method} ${shownPath(wire.base, unsigned.url)}`)
  const kind = wire.mode === 'token-exchange' ? 'token' : 'plain'
  const turn = { account, from, method, route, what, kind, afterWait } as const
  return wire.pace.send(turn, (mayGo) => sentNow(wire, unsigned, mayGo))
}

async function sentNow(wire: Wire, unsigned: Outgoing, mayGo: () => boolean): Promise<Reply | NoReply | NotSent> {
  const signing = wire.sign(unsigned.headers)
  // To wait for what is there already would take two promises for each request.
  const signed = signing instanceof Promise ? await signing : signing
  if (!mayGo()) return 'not sent'
  const started = performance.now()
  const time = wire.watch.begin()
  let arrival: Arrival | undefined
  try {
    arrival = await guarded(wire, unsigned, signed, time.signal)
    const reading = readBody(arrival, wire.limits, wire.room, time)
    const body = reading instanceof Promise ? await reading : reading
    const { status, headers } = arrival
    const ms = performance.now() - started
    const id = headers['x-github-request-id']
    if (wire.trace !== undefined) trace(wire, unsigned, id === undefined ? `${status}` : `${status} ${id}`, ms)
    if ('text' in body) return { status, headers, ms, text: body.text }
    // The status is valid even where the body is too large.
    const reply = { status, headers, ms, text: '' }
    return status >= 400 ? reply : tooMuch(wire, unsigned, reply, body.over)
  } catch (error) {
    const failure = failureOf(error, wire.watch.ms)
    if (failure === undefined) throw error
    trace(wire, unsigned, failure.code, performance.now() - started)
    const begun = arrival && refusedFor(arrival, performance.now() - started)
    if (begun !== undefined) return begun
    return noReply(wire, unsigned, failure)
  } finally {
    time.end()
  }
}

/** An answer that is a limit by its status and headers alone, and keeps its time though its text broke off. */
function refusedFor({ status, headers }: Arrival, ms: number): Reply | undefined {
  return rateLimited(status, headers, '') === undefined ? undefined : { status, headers, ms, text: '' }
}

function trace(wire: Wire, { method, url }: Outgoing, outcome: string, ms: number): void {
  wire.trace?.(wire.scrub(`${method} ${shownPath(wire.base, url)} ${outcome} ${Math.round(ms)}ms`))
}

/** Checks mode and origin as the last step before the network, so that no caller can send a forbidden request. */
function guarded(wire: Wire, outgoing: Outgoing, headers: Outgoing['headers'], signal: AbortSignal): Promise<Arrival> {
  const { method, url, body } = outgoing
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

function tooMuch(wire: Wire, outgoing: Outgoing, reply: Reply, over: string): NoReply {
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
