import { GitHubError, type GitHubErrorKind } from './errors.ts'
import { rateLimited } from './governor/rate-limit.ts'
import { GRAPHQL } from './guard.ts'
import { missingPermission, type PermissionNeeded } from './missing-permission.ts'
import { shownPath } from './origin.ts'
import type { Outgoing, Reply } from './outgoing.ts'
import { sayingOf } from './saying.ts'

/** The sender of a request, as far as messages need it. */
export interface Asker {
  readonly base: URL
  readonly scrub: (text: string) => string
  /** Removes the sent secret values from GitHub's text. It gets the text unchanged, or it would not recognize them. */
  readonly hide?: ((text: string) => string) | undefined
  /** The source of the token, such as `GITHUB_TOKEN`. */
  readonly tokenFrom?: string | undefined
  /** The permission that a route needs by GitHub's documentation, for servers whose answers do not name it. */
  readonly permission?: ((route: string) => PermissionNeeded | undefined) | undefined
}

/** Makes the error for an answer of 4xx or 5xx: GitHub's own words, their meaning here, and the remedy. */
export function refusal(asker: Asker, outgoing: Outgoing, reply: Reply, body: unknown): GitHubError {
  const { method, route, url } = outgoing
  const { status, headers } = reply
  const said = sayingOf(asker, body)
  const limit = rateLimited(status, headers, said)
  const parts = [
    `${method} ${shownPath(asker.base, url)}: ${status}${said === '' ? wordless(reply, body) : ` ${said}`}`,
  ]
  if (status === 404) parts.push('It does not exist, or GitHub hides it from a token that may not see it')
  if (isLackedIn2021(asker, route, reply)) {
    parts.push('GitHub AE did not have it in 2021: for a server of that generation write github.product: ghae-2021')
  }
  if (limit !== undefined) parts.push(limit.when)
  const advice = limit === undefined ? adviceFor(asker, outgoing, reply, said) : { hint: limit.hint }
  if ('reason' in advice && advice.reason !== undefined) parts.push(advice.reason)
  const text = parts.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ')
  const clean = (part: string | undefined): string | undefined => (part === undefined ? undefined : asker.scrub(part))
  return new GitHubError(asker.scrub(text), {
    kind: kindOf(status, method, limit),
    route,
    status,
    hint: clean(advice.hint),
    requestId: headers['x-github-request-id'],
    date: headers.date,
    body,
    limited: limit !== undefined,
  })
}

/** A server of GitHub AE does not tell its generation, and is taken for the later one. */
function isLackedIn2021({ permission }: Asker, route: string, { status, headers }: Reply): boolean {
  if (status !== 404 || route === GRAPHQL) return false
  return /github ae/i.test(headers['x-github-enterprise-version'] ?? '') && permission?.(route)?.lackedIn2021 === true
}

function kindOf(status: number, method: string, limit: object | undefined): GitHubErrorKind {
  if (limit !== undefined || status >= 500) return 'unavailable'
  if (method !== 'GET') return 'refused'
  return [401, 403, 404].includes(status) ? 'forbidden' : 'unavailable'
}

interface Advice {
  readonly reason?: string | undefined
  readonly hint?: string | undefined
}

function adviceFor(asker: Asker, outgoing: Outgoing, reply: Reply, said: string): Advice {
  const from = asker.tokenFrom ?? 'the environment'
  if (reply.status === 401) {
    return {
      reason: `GitHub does not accept the token from ${from}`,
      hint: 'It may have expired, been revoked, or belong to another server: set a new one.',
    }
  }
  if (reply.status === 403 || reply.status === 404) {
    const needed = outgoing.route === GRAPHQL ? undefined : asker.permission?.(outgoing.route)
    return missingPermission({ from, base: asker.base, headers: reply.headers, said, needed })
  }
  if (reply.status >= 500 && outgoing.method !== 'GET') {
    return { hint: 'GitHub may still have done it: plan again.' }
  }
  return {}
}

/** Some of GitHub's 409 come without a message. A gateway's page is named by its type. */
function wordless(reply: Reply, body: unknown): string {
  const type = reply.headers['content-type']?.split(/[;\s]/)[0] ?? ''
  return body === undefined && reply.text !== '' && type !== ''
    ? `, which came as ${type}, without a message`
    : ', no message'
}
