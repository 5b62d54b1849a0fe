import { exchange, type Wire } from './exchange.ts'
import type { NoReply, Outgoing, Reply } from './outgoing.ts'
import { pointedTo } from './redirect.ts'
import { isRepeatable } from './repeatable.ts'

/** A server that does not know the method, or the version of HTTP, will not learn it in a second. */
const LASTING = [501, 505]

/** An answer, with the request that it answers after redirects. */
export interface Sent {
  readonly reply: Reply
  readonly asked: Outgoing
}

/**
 * Sends a request; a read that is redirected to the id of its own thing goes there, once. A request that has the same
 * effect when it is carried out twice is sent again after a broken connection or a 5xx; a POST is not: after the first pause
 * its caller looks whether it was done.
 * @param retryDelaysMs how long to wait before each further attempt
 * @throws GitHubError also where GitHub points anywhere else
 */
export function send(wire: Wire, outgoing: Outgoing, retryDelaysMs: readonly number[]): Promise<Sent> {
  return exchange(wire, outgoing).then((first) =>
    'status' in first && first.status < 300
      ? { reply: first, asked: outgoing }
      : goOn(wire, outgoing, first, retryDelaysMs),
  )
}

async function goOn(
  wire: Wire,
  outgoing: Outgoing,
  first: Reply | NoReply,
  retryDelaysMs: readonly number[],
): Promise<Sent> {
  const outcome = isFinal(first) ? first : await repeated(wire, outgoing, first, retryDelaysMs)
  if ('error' in outcome) throw outcome.error
  const { status } = outcome
  if (status < 300 || status > 399 || outgoing.redirect === 'given') return { reply: outcome, asked: outgoing }
  // Follows one redirect only: GitHub does not redirect a request by id.
  return send(wire, pointedTo(wire, outgoing, outcome), retryDelaysMs)
}

/** Sends a request again whose first outcome may pass. */
async function repeated(
  wire: Wire,
  outgoing: Outgoing,
  first: Reply | NoReply,
  retryDelaysMs: readonly number[],
): Promise<Reply | NoReply> {
  let outcome = first
  for (const delay of retryDelaysMs) {
    if (isFinal(outcome)) break
    await wire.pace.clock.sleep(delay, new AbortController().signal)
    if (!isRepeatable(outgoing)) break
    const next = outgoing.method === 'GET' ? await exchange(wire, outgoing) : await writeAgain(wire, outgoing)
    if (next === undefined) break
    outcome = next
  }
  return outcome
}

/**
 * Repeats a write that may have been done.
 * @returns undefined where that stays unknown: it must not be sent any more, or is refused now
 */
async function writeAgain(wire: Wire, outgoing: Outgoing): Promise<Reply | NoReply | undefined> {
  try {
    await outgoing.afterWait?.()
    const outcome = await exchange(wire, outgoing)
    if ('error' in outcome || outcome.status < 300 || outcome.status >= 500) return outcome
    if (outgoing.method !== 'DELETE' || outcome.status !== 404) return undefined
    return { ...outcome, status: 204, text: '' }
  } catch {
    // The earlier outcome is the one to tell: nothing was sent since.
    return undefined
  }
}

function isFinal(outcome: Reply | NoReply): boolean {
  if ('error' in outcome) return outcome.again === 'useless'
  return outcome.status < 500 || LASTING.includes(outcome.status)
}
