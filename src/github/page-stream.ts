import type { Route } from '../core/routes.ts'
import type { Params } from '../core/send.ts'
import type { Client } from './client.ts'
import { GitHubError } from './errors.ts'
import { linkTo } from './link-to.ts'
import { property } from './shape.ts'

/** One page of a list. */
export interface Page {
  readonly items: readonly unknown[]
  /** How many GitHub says there are in all, where it does. */
  readonly total: number | undefined
  /** Whether more pages follow. */
  readonly more: boolean
}

/**
 * The pages of a list, each asked for when it is wanted, so that a list of any length takes the memory of one. A member that
 * a change shifts from one page to the next is given once. Of GitHub's links only the query is taken: the path stays what was
 * asked for. https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
 * @param envelope key of the list in the answer; null for a bare array
 * @throws GitHubError where an answer holds no list, or the links lead in a circle
 */
export async function* pagesOf(
  client: Pick<Client, 'request'>,
  route: Route,
  params: Params,
  envelope: string | null,
): AsyncGenerator<Page, void, void> {
  const seen = new Set<string>()
  let before: ReadonlySet<unknown> = new Set()
  let query: Params | undefined = params
  while (query !== undefined) {
    const { body, status, headers } = await client.request(route, query)
    const list = status === 204 ? [] : envelope === null ? body : property(body, envelope)
    if (!Array.isArray(list)) throw fault(route, 'the answer has no list')
    const total = property(body, 'total_count')
    const next = nextQuery(headers.link)
    const key = JSON.stringify(next)
    if (next !== undefined && seen.has(key)) throw fault(route, 'a page leads back to an earlier one')
    seen.add(key)
    const known = before
    const items = list.filter((item) => !known.has(property(item, 'id') ?? item))
    before = new Set(list.map((item) => property(item, 'id') ?? item))
    yield { items, total: typeof total === 'number' ? total : undefined, more: next !== undefined }
    query = next === undefined ? undefined : { ...params, ...next }
  }
}

function nextQuery(header: string | undefined): Params | undefined {
  const link = linkTo('next', header)
  if (link === undefined || !URL.canParse(link, 'https://api.github.com')) return undefined
  return Object.fromEntries(new URL(link, 'https://api.github.com').searchParams)
}

function fault(route: Route, what: string): GitHubError {
  return new GitHubError(`${route}: the list cannot be read: ${what}.`, { kind: 'unavailable', route })
}
