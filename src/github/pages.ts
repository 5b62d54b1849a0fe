import { type Answer, type TimedAnswer, unexpected } from './answer.ts'
import { type BusyTime, openBusyTime } from './busy-time.ts'
import { GitHubError } from './errors.ts'
import { linkTo } from './link-to.ts'
import { createMembers, type Members } from './members.ts'
import { basePath, shownPath, underBase } from './origin.ts'
import type { Outgoing } from './outgoing.ts'
import { openPagesAhead, type PagesAhead } from './pages-ahead.ts'
import { isSameList } from './redirect.ts'
import type { Asker } from './refusal.ts'
import { property } from './shape.ts'

/** How much of a list is read; a server that goes on is not to be believed. */
export interface ListLimits {
  readonly pages: number
  readonly members: number
  /**
   * Milliseconds during which an answer was on its way, from sending its request to its end: those that came side by side
   * count once, and waits before a request not at all.
   */
  readonly listMs: number
}

/** No list of GitHub's is as long: an organization has at most 100,000 repositories. */
export const LIST_LIMITS: ListLimits = { pages: 2000, members: 200_000, listMs: 600_000 }

interface Listing {
  readonly asker: Asker
  readonly ask: (outgoing: Outgoing) => Promise<TimedAnswer>
  readonly first: Outgoing
  /** Key of the list in the answer; null for a bare array. */
  readonly envelope: string | null
  /**
   * GitHub's links name a repository by its id. `by name` takes only their query, for a client that may read no
   * repository but the one in its options.
   */
  readonly links: 'as they are' | 'by name'
  readonly limits: ListLimits
}

/**
 * All members of a list, each once. GitHub's `Link` header leads from page to page.
 * https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
 * A change while it is read shifts members across pages, so a list that lacks some, or in which two have one name, is read
 * once more before it counts as cut short.
 * @throws GitHubError where a page is missing, leads elsewhere, `total_count` is not reached, or a limit is
 */
export async function listAll<T>(listing: Listing): Promise<readonly T[]> {
  const busy = openBusyTime()
  const once = await readPages<T>(listing, busy)
  if (faultOf(once) === undefined) return once.members
  const again = await readPages<T>(listing, busy)
  const fault = faultOf(again)
  if (fault === undefined) return again.members
  throw cutShort(listing, fault)
}

interface Pages<T> {
  readonly members: readonly T[]
  /** The greatest `total_count` of any page; 0 where there is none. */
  readonly total: number
  /** Two of which at most one can be there: of one name and two ids, or of one id and two names. */
  readonly clash: string | undefined
}

function faultOf<T>({ members, total, clash }: Pages<T>): string | undefined {
  if (clash !== undefined) return clash
  return members.length >= total ? undefined : `has ${members.length} members where its total_count says ${total}`
}

async function readPages<T>(listing: Listing, busy: BusyTime): Promise<Pages<T>> {
  const { first, limits } = listing
  const ask = async (outgoing: Outgoing): Promise<Answer> => {
    const answer = await listing.ask(outgoing)
    const now = performance.now()
    busy.add(now - answer.ms, now)
    return answer
  }
  // Most lists are one page: what only more of them need is made then.
  let members: Members<T> | undefined
  let seen: Set<string> | undefined
  let ahead: PagesAhead<Answer> | undefined
  let total = 0
  let url = first.url
  for (;;) {
    if (busy.total() >= limits.listMs) throw cutShort(listing, `does not end within ${limits.listMs / 1000} s`)
    const answer = await (ahead === undefined ? ask(first) : ahead.ask(url))
    if (/^partial-results/i.test(answer.headers['x-github-sso'] ?? '')) {
      throw cutShort(listing, 'leaves out organizations for whose single sign-on the token is not authorised')
    }
    const page = membersOf<T>(listing, answer)
    total = Math.max(total, totalOf(answer.body))
    const next = nextPage(listing, url, answer)
    if (members === undefined && next === undefined && page.length < 2)
      return { members: page, total, clash: undefined }
    members ??= createMembers<T>(first.route)
    members.add(page)
    if (members.count() > limits.members) throw cutShort(listing, `has more than ${limits.members} members`)
    if (next === undefined) return { members: members.all(), total, clash: members.clash() }
    seen ??= new Set([url.href])
    if (seen.has(next.href)) throw cutShort(listing, 'has a page that leads back to an earlier one')
    if (seen.size >= limits.pages) throw cutShort(listing, `does not end after ${limits.pages} pages`)
    seen.add(next.href)
    ahead ??= openPagesAhead((page) => ask({ ...first, url: page }), limits.pages)
    ahead.expect(next, answer.headers.link)
    url = next
  }
}

function membersOf<T>(listing: Listing, answer: Answer): readonly T[] {
  if (answer.status === 204) return []
  const { asker, first, envelope } = listing
  const list = envelope === null ? answer.body : property(answer.body, envelope)
  if (Array.isArray(list)) return list
  throw unexpected(
    asker,
    first,
    answer,
    envelope === null ? 'the answer is not a list.' : `the answer has no list "${envelope}".`,
  )
}

function totalOf(body: unknown): number {
  const total = property(body, 'total_count')
  return typeof total === 'number' ? total : 0
}

function nextPage(listing: Listing, current: URL, answer: Answer): URL | undefined {
  const link = linkTo('next', answer.headers.link)
  if (link === undefined) return undefined
  const url = URL.canParse(link, current.href) ? new URL(link, current) : undefined
  if (url !== undefined && underBase(listing.asker.base, url)) {
    const next = listing.links === 'by name' ? byName(listing, url) : url
    if (isSameList(listing.asker.base, current, next, listing.first.expected?.id)) return next
    throw cutShort(listing, `goes on at ${next.pathname}, which is another list`)
  }
  const place = url === undefined ? 'nowhere' : url.origin + url.pathname
  throw cutShort(listing, `goes on outside the API, at ${place}, where the token is not sent`)
}

/** `/repositories/{id}/x` as `/repos/{owner}/{repo}/x`, where it is the next page of the same list. */
function byName({ asker, first }: Listing, url: URL): URL {
  const root = basePath(asker.base)
  const [, id] = url.pathname.slice(root.length).match(/^\/repositories\/\d+(\/.*)$/) ?? []
  const [, name] = first.url.pathname.slice(root.length).match(/^\/repos\/[^/]+\/[^/]+(\/.*)$/) ?? []
  if (id === undefined || id !== name) return url
  const next = new URL(first.url)
  next.search = url.search
  return next
}

function cutShort({ asker, first }: Listing, what: string): GitHubError {
  const text = `${first.method} ${shownPath(asker.base, first.url)}: the list is cut short: it ${what}.`
  return new GitHubError(asker.scrub(text), { kind: 'unavailable', route: first.route })
}
