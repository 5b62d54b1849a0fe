import type { Answer } from './answer.ts'
import { GitHubError } from './errors.ts'
import { shownPath } from './origin.ts'
import type { Outgoing } from './outgoing.ts'
import type { Asker } from './refusal.ts'

/** The field that holds a thing's own name in an answer, by the route that gives the thing itself. */
const NAMED_BY: Readonly<Record<string, 'full_name' | 'login'>> = {
  'GET /repos/{owner}/{repo}': 'full_name',
  'GET /orgs/{org}': 'login',
  'GET /users/{username}': 'login',
}

/**
 * Checks that an answer about a repository, organization or account itself is about the requested one.
 * @throws GitHubError where it is about another id or name
 */
export function assertSame(asker: Asker, outgoing: Outgoing, answer: Answer): void {
  const field = Object.hasOwn(NAMED_BY, outgoing.route) ? NAMED_BY[outgoing.route] : undefined
  if (field === undefined) return
  const { status, headers, body, date } = answer
  const { id, [field]: called } = (body ?? {}) as Readonly<Record<string, unknown>>
  const { expected } = outgoing
  const otherId = expected?.id !== undefined && typeof id === 'number' && id !== expected.id
  const compared = expected?.names === undefined && typeof called === 'string'
  const otherName = compared && called.toLowerCase() !== nameIn(outgoing).toLowerCase()
  if (!otherId && !otherName) return
  const now = otherName ? `it is ${called} now` : `its id is ${id} now, not ${expected?.id}`
  const text = `GET ${shownPath(asker.base, outgoing.url)}: moved since it was read: ${now}.`
  throw new GitHubError(asker.scrub(text), {
    kind: 'forbidden',
    route: outgoing.route,
    status,
    hint: 'If the repository was renamed or transferred, give its new name.',
    requestId: headers['x-github-request-id'],
    date,
  })
}

/** The last segments of the path: `acme/web`, or `acme`. */
function nameIn({ route, url }: Outgoing): string {
  const parts = url.pathname.split('/').map(decodeURIComponent)
  return parts.slice(route.startsWith('GET /repos/') ? -2 : -1).join('/')
}
