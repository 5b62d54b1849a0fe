import type { AnswerHeaders } from './answer-headers.ts'
import { GitHubError } from './errors.ts'
import { shownPath } from './origin.ts'
import type { Outgoing, Reply } from './outgoing.ts'
import { type Asker, refusal } from './refusal.ts'

/** GitHub's answer to one request. */
export interface Answer {
  readonly status: number
  readonly headers: AnswerHeaders
  /** Parsed JSON: an object or a list; undefined where the answer has no body. */
  readonly body: unknown
  /** The `Date` header: the server's clock, which its `updated_at` follows. */
  readonly date: string | undefined
}

/** With the milliseconds from sending the request to the end of the answer. */
export interface TimedAnswer extends Answer {
  readonly ms: number
}

/**
 * Reads a reply as GitHub's answer.
 * @throws GitHubError for 4xx and 5xx, and for a body that is not GitHub's JSON
 */
export function answerOf(asker: Asker, outgoing: Outgoing, reply: Reply): Answer {
  const failed = reply.status >= 400
  const body = parsed(failed ? asker.scrub(reply.text) : reply.text, reply)
  if (reply.status >= 500 || (failed && body !== NOT_JSON)) throw refusal(asker, outgoing, reply, known(body))
  const empty = outgoing.method === 'GET' && reply.status !== 204 && body === undefined
  if (body === NOT_JSON || empty) throw notGitHub(asker, outgoing, reply)
  return { status: reply.status, headers: reply.headers, body, date: reply.headers.date }
}

/** The error for an answer that is JSON, but not in the form that GitHub documents for this route. */
export function unexpected(asker: Asker, outgoing: Outgoing, answer: Answer, what: string): GitHubError {
  return failure(asker, outgoing, answer, `${what} ${NOT_GITHUBS}`)
}

/** The same for a fault that `shapedAnswer` found, with its place: the page of a list, without the other parameters. */
export function unlike(asker: Asker, outgoing: Outgoing, answer: Answer, what: string): GitHubError {
  const page = outgoing.url.searchParams.get('page')
  const url = new URL(outgoing.url)
  url.search = ''
  return failure(asker, { ...outgoing, url }, answer, `${page === null ? '' : `page ${page}: `}${what} ${NOT_GITHUBS}`)
}

const NOT_GITHUBS = "This is not GitHub's JSON"

const NOT_JSON = Symbol('not JSON')

function parsed(text: string, reply: Reply): unknown {
  if (text.trim() === '') return undefined
  const type = reply.headers['content-type']
  if (type !== undefined && !/\bjson\b/i.test(type)) return NOT_JSON
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : NOT_JSON
  } catch {
    return NOT_JSON
  }
}

function known(body: unknown): unknown {
  return body === NOT_JSON ? undefined : body
}

function notGitHub(asker: Asker, outgoing: Outgoing, reply: Reply): GitHubError {
  const type = reply.headers['content-type']?.split(/[;\s]/)[0] ?? ''
  const came = reply.text.trim() === '' ? 'nothing' : /json/i.test(type) || type === '' ? 'broken JSON' : type
  return failure(asker, outgoing, reply, `the answer is not GitHub's JSON but ${came}`)
}

function failure(
  asker: Asker,
  outgoing: Outgoing,
  reply: { readonly status: number; readonly headers: AnswerHeaders },
  what: string,
): GitHubError {
  const { method, route, url } = outgoing
  const write = method === 'GET' ? '' : ' GitHub may still have done it: plan again.'
  const where = `${method} ${shownPath(asker.base, url)}`
  return new GitHubError(asker.scrub(`${where}: ${what} (status ${reply.status}).`), {
    kind: 'unavailable',
    route,
    status: reply.status,
    requestId: reply.headers['x-github-request-id'],
    date: reply.headers.date,
    hint: `Is ${asker.base.href} the API base, and is there a proxy or a sign-in page before it?${write}`,
  })
}
