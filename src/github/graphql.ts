import { type Answer, unexpected } from './answer.ts'
import { GitHubError, type GitHubErrorKind } from './errors.ts'
import { isGraphqlLimit } from './governor/limit-answer.ts'
import { shownPath } from './origin.ts'
import type { Outgoing } from './outgoing.ts'
import type { Asker } from './refusal.ts'
import { sayingOf } from './saying.ts'

/**
 * The `data` of GitHub's answer to a GraphQL document.
 * https://docs.github.com/graphql/guides/forming-calls-with-graphql
 * @throws GitHubError where it has `errors`, which come with status 200, or no data
 */
export function dataOf<T>(asker: Asker, outgoing: Outgoing, answer: Answer): T {
  const { data, errors } = (answer.body ?? {}) as { readonly data?: unknown; readonly errors?: unknown }
  if (Array.isArray(errors) && errors.length > 0) throw refused(asker, outgoing, answer, errors)
  if (typeof data !== 'object' || data === null) throw unexpected(asker, outgoing, answer, 'the answer has no data.')
  return data as T
}

function refused(asker: Asker, outgoing: Outgoing, answer: Answer, errors: readonly unknown[]): GitHubError {
  const said = errors.map((error) => sayingOf(asker, error) || 'no message').join('; ')
  const types = errors.map((error) => (error as { readonly type?: unknown } | null)?.type)
  const limited = isGraphqlLimit(errors)
  const text = `POST ${shownPath(asker.base, outgoing.url)}: ${said}${/[.!?]$/.test(said) ? '' : '.'}`
  return new GitHubError(asker.scrub(text), {
    kind: limited ? 'unavailable' : kindOf(outgoing, types),
    route: outgoing.route,
    status: answer.status,
    requestId: answer.headers['x-github-request-id'],
    date: answer.date,
    ...(limited ? { limited, hint: 'The rate limit is reached; run again later.' } : {}),
  })
}

function kindOf({ body }: Outgoing, types: readonly unknown[]): GitHubErrorKind {
  if (/^\{"query":"\s*mutation\b/.test(body ?? '')) return 'refused'
  const denied = ['FORBIDDEN', 'NOT_FOUND', 'INSUFFICIENT_SCOPES'].some((type) => types.includes(type))
  return denied ? 'forbidden' : 'unavailable'
}
