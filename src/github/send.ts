import { setTimeout as sleep } from 'node:timers/promises'
import { exchange, type Wire } from './exchange.ts'
import type { NoReply, Outgoing, Reply } from './outgoing.ts'
import { pointedTo } from './redirect.ts'

/** A gateway's words for "not now": the request did not come to harm by them. */
const PASSING = [502, 503, 504]

/** An answer, with the request that it answers after redirects. */
export interface Sent {
  readonly reply: Reply
  readonly asked: Outgoing
}

/**
 * Sends a request; a read that is redirected to the id of its own thing goes there, once. A read that meets a broken
 * connection or a passing 5xx is sent again; a write never is, because it may have been done.
 * @param retryDelaysMs how long to wait before each further attempt
 * @throws GitHubError also where GitHub points anywhere else
 */
export async function send(wire: Wire, outgoing: Outgoing, retryDelaysMs: readonly number[]): Promise<Sent> {
  let asked = outgoing
  for (;;) {
    const reply = await attempt(wire, asked, retryDelaysMs)
    if (reply.status < 300 || reply.status > 399) return { reply, asked }
    // Follows one redirect only: GitHub does not redirect a request by id.
    asked = pointedTo(wire, asked, reply)
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
