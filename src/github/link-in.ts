import { answerOf, unexpected } from './answer.ts'
import { GitHubError } from './errors.ts'
import { isLoopback, shownPath } from './origin.ts'
import type { Outgoing, Reply } from './outgoing.ts'
import type { Asker } from './refusal.ts'

/** GitHub's answers under the former name of a repository: they lead to the API, not to a file. */
const MOVED: readonly number[] = [301, 307, 308]

/**
 * The link to a file in GitHub's answer of 302. It is a credential of one minute: no message has it.
 * https://docs.github.com/rest/actions/artifacts#download-an-artifact
 * @throws GitHubError for any other answer, and for a link in clear text from a server that speaks https
 */
export function linkIn(asker: Asker, asked: Outgoing, reply: Reply): URL {
  const { location } = reply.headers
  if (MOVED.includes(reply.status)) {
    throw new GitHubError(
      `${asked.method} ${shownPath(asker.base, asked.url)}: moved: the server answered ${reply.status}. If the repository was renamed or transferred, give its new name.`,
      { kind: 'forbidden', route: asked.route, status: reply.status },
    )
  }
  if (reply.status < 300 || reply.status > 399 || location === undefined) {
    const answer = answerOf(asker, asked, { ...reply, text: reply.status < 300 ? '' : reply.text })
    throw unexpected(asker, asked, answer, 'the answer is no link to a file.')
  }
  const url = URL.canParse(location, asked.url.href) ? new URL(location, asked.url) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && asker.base.protocol === 'http:')
  // A server elsewhere has no file on this machine.
  const isElsewhere = url !== undefined && (isLoopback(asker.base) || !isLoopback(url))
  if (isElsewhere && isSafe && url.username === '' && url.password === '') return url
  const where =
    url === undefined ? 'nowhere' : `${url.protocol}//${url.host}${isLoopback(url) ? ' on this machine' : ''}`
  throw new GitHubError(
    `${asked.method} ${shownPath(asker.base, asked.url)}: the link to the file leads to ${where}.`,
    {
      kind: 'unavailable',
      route: asked.route,
      status: reply.status,
    },
  )
}
