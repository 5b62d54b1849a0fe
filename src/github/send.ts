import { setTimeout as sleep } from 'node:timers/promises'
import { GitHubError } from './errors.ts'
import { exchange, type NoReply, type Outgoing, type Reply, type Wire } from './exchange.ts'
import { refusedBy } from './guard.ts'
import { sameOrigin, shownPath } from './origin.ts'

const MAX_REDIRECTS = 5

/** A gateway's words for "not now": the request did not come to harm by them. */
const PASSING = [502, 503, 504]

/** 303, and 301 and 302 of a write, ask for another request than the one that was meant. */
const REDIRECTS = { read: [301, 302, 307, 308], write: [307, 308] }

/**
 * Sends a request and, within the API's origin only, follows where the answer points. A read that meets a broken
 * connection or a passing 5xx is sent again; a write never is, because it may have been done.
 * @param retryDelaysMs how long to wait before each further attempt
 */
export async function send(wire: Wire, outgoing: Outgoing, retryDelaysMs: readonly number[]): Promise<Reply> {
  let next = outgoing
  for (let hops = 0; ; hops++) {
    const reply = await attempt(wire, next, retryDelaysMs)
    if (reply.status < 300 || reply.status > 399) return reply
    const url = pointedTo(wire, next, reply)
    if (hops === MAX_REDIRECTS) throw astray(wire, outgoing, reply, `more than ${MAX_REDIRECTS} redirects, the last to`)
    next = { ...next, url }
  }
}

async function attempt(wire: Wire, outgoing: Outgoing, retryDelaysMs: readonly number[]): Promise<Reply> {
  for (const delay of outgoing.method === 'GET' ? retryDelaysMs : []) {
    const outcome = await exchange(wire, outgoing)
    if (isFinal(outcome)) return replyOf(outcome)
    await sleep(delay)
  }
  return replyOf(await exchange(wire, outgoing))
}

function isFinal(outcome: Reply | NoReply): boolean {
  return 'error' in outcome ? outcome.again === 'useless' : !PASSING.includes(outcome.status)
}

function replyOf(outcome: Reply | NoReply): Reply {
  if ('error' in outcome) throw outcome.error
  return outcome
}

function pointedTo(wire: Wire, outgoing: Outgoing, reply: Reply): URL {
  const followed = outgoing.method === 'GET' ? REDIRECTS.read : REDIRECTS.write
  const location = reply.headers.location
  if (location === undefined || !URL.canParse(location, outgoing.url.href)) {
    throw astray(wire, outgoing, reply, 'a redirect without a place')
  }
  const url = new URL(location, outgoing.url)
  if (!sameOrigin(wire.base, url)) throw astray(wire, outgoing, reply, 'a redirect away from the API, to')
  if (!followed.includes(reply.status)) throw astray(wire, outgoing, reply, 'a redirect that is not followed, to')
  if (refusedBy(wire.mode, wire.base, { ...outgoing, url }) !== undefined) {
    const what = 'a redirect to what this client may not ask for,'
    throw astray(wire, outgoing, reply, what, 'If the repository was renamed or transferred, give its new name.')
  }
  return url
}

const MOVED = 'The token was not sent there. If the API has moved, give its new base with --api-url.'

function astray(wire: Wire, outgoing: Outgoing, reply: Reply, what: string, hint = MOVED): GitHubError {
  const { method, route, url } = outgoing
  const place = reply.headers.location === undefined ? '' : ` ${withoutQuery(reply.headers.location)}`
  return new GitHubError(
    wire.scrub(`${method} ${shownPath(wire.base, url)}: the server answered ${reply.status}, ${what}${place}.`),
    {
      kind: 'unavailable',
      route,
      status: reply.status,
      requestId: reply.headers['x-github-request-id'],
      hint,
    },
  )
}

/** A query may hold a signature that lets its bearer in. */
function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/s, '')
}
