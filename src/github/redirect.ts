import { GitHubError } from './errors.ts'
import type { Wire } from './exchange.ts'
import { refusedBy } from './guard.ts'
import { basePath, sameOrigin, shownPath } from './origin.ts'
import type { Outgoing, Reply } from './outgoing.ts'

/** 303 leads to another document than the requested one. */
const FOLLOWED = [301, 302, 307, 308]

/** The paths of a thing by its name, with the rest of the path below it. */
const BY_NAME = /^\/(?:repos\/[^/]+\/[^/]+|orgs\/[^/]+|users\/[^/]+)(\/.*)?$/
const BY_ID = /^\/(?:repositories|organizations|user)\/(\d{1,16})(\/.*)?$/

/**
 * Finds where a read goes on after a redirect. GitHub points from a name that was given up to the id behind it:
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 * Another repository may have that id by now, so a read goes on only to the id that it was to be about; without a known
 * one only the thing itself is requested, whose answer gives its id and name. A write is never redirected: the value in
 * it is sealed, and the access in it meant, for the thing that had the name when the plan was made.
 * @throws GitHubError where the request does not go on
 */
export function pointedTo(wire: Wire, outgoing: Outgoing, reply: Reply): Outgoing {
  const { location } = reply.headers
  if (location === undefined || !URL.canParse(location, outgoing.url.href)) {
    throw elsewhere(wire, outgoing, reply, 'a redirect without a place', NEW_BASE)
  }
  const to = new URL(location, outgoing.url)
  if (!sameOrigin(wire.base, to)) throw elsewhere(wire, outgoing, reply, 'a redirect away from the API, to', NEW_BASE)
  if (outgoing.method !== 'GET')
    throw elsewhere(wire, outgoing, reply, 'a redirect, which no write follows, to', PLAN_AGAIN)
  if (!FOLLOWED.includes(reply.status)) {
    throw elsewhere(wire, outgoing, reply, 'a redirect that is not followed, to', NEW_BASE)
  }
  const id = BY_NAME.test(pathBelow(wire.base, outgoing.url)) ? sameBelowId(wire.base, outgoing.url, to) : undefined
  const known = outgoing.expected?.id
  if (id === undefined || (known === undefined ? !isItself(wire.base, outgoing.url) : known !== id)) {
    throw elsewhere(wire, outgoing, reply, 'a redirect to something else than was asked for,', NEW_NAME)
  }
  const url = new URL(to)
  url.search = outgoing.url.search
  const next: Outgoing = { ...outgoing, url, expected: { ...outgoing.expected, id } }
  if (refusedBy(wire.mode, wire.base, next) !== undefined) {
    throw elsewhere(wire, outgoing, reply, 'a redirect to what this client may not ask for,', NEW_NAME)
  }
  return next
}

/** The id in a target that identifies the requested thing by its id and has the same path below it. */
function sameBelowId(base: URL, asked: URL, to: URL): number | undefined {
  const [from, there] = [pathBelow(base, asked), pathBelow(base, to)]
  const meant = BY_NAME.exec(from)?.[1] ?? BY_ID.exec(from)?.[2]
  const [, id, rest] = BY_ID.exec(there) ?? []
  return id !== undefined && rest === meant && kindOf(from) === kindOf(there) ? Number(id) : undefined
}

/**
 * Whether a next page belongs to the requested list: GitHub's links name repositories and organizations by id.
 * @param id of the repository or organization that the list is of, where it is known
 */
export function isSameList(base: URL, current: URL, next: URL, id: number | undefined): boolean {
  if (next.pathname === current.pathname) return true
  const of = BY_ID.exec(pathBelow(base, current))?.[1]
  const known = id ?? (of === undefined ? undefined : Number(of))
  const leads = sameBelowId(base, current, next)
  return leads !== undefined && (known === undefined || known === leads)
}

/** Whether the request is for a repository, organization or account itself, not for a part of it. */
function isItself(base: URL, asked: URL): boolean {
  const named = BY_NAME.exec(pathBelow(base, asked))
  return named !== null && named[1] === undefined
}

function pathBelow(base: URL, url: URL): string {
  const root = basePath(base)
  return url.pathname.startsWith(`${root}/`) ? url.pathname.slice(root.length) : ''
}

/** `repo` for `/repos/…` and `/repositories/…`, `org` and `user` alike. */
function kindOf(path: string): string {
  return path.slice(1).replace(/^(repo|org|user).*$/s, '$1')
}

const NEW_BASE = 'The token was not sent there. If the API has moved, give its new base with --api-url.'
const NEW_NAME = 'If the repository was renamed or transferred, give its new name.'
const PLAN_AGAIN = 'Nothing was written: plan again. If the repository was renamed or transferred, give its new name.'

function elsewhere(wire: Wire, outgoing: Outgoing, reply: Reply, what: string, hint: string): GitHubError {
  const { method, route, url } = outgoing
  const place = reply.headers.location === undefined ? '' : ` ${withoutQuery(reply.headers.location)}`
  const moved = hint === NEW_BASE ? '' : 'moved since it was read: '
  return new GitHubError(
    wire.scrub(`${method} ${shownPath(wire.base, url)}: ${moved}the server answered ${reply.status}, ${what}${place}.`),
    {
      // It is about this one thing: the others of a run may still be read and written.
      kind: hint === NEW_BASE ? 'unavailable' : hint === PLAN_AGAIN ? 'refused' : 'forbidden',
      route,
      status: reply.status,
      requestId: reply.headers['x-github-request-id'],
      date: reply.headers.date,
      hint,
    },
  )
}

/** A query may hold a signature that lets its bearer in. */
function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/s, '')
}
