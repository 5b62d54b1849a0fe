import type { Client } from '../github/client.ts'
import { linkTo } from '../github/link-to.ts'
import type { OwnerFacts } from '../github/product.ts'
import { pageCount } from './page-count.ts'

/** The listing of an organization's repositories. */
export const LIST = 'GET /orgs/{org}/repos'

/** No organization has more repositories, so that no listing takes more requests than so many names. */
const MOST_REPOSITORIES = 100_000

/** Whether the listing takes no more requests than these names would, however many repositories the organization has. */
export function isListingShorter({ names }: { readonly names: readonly string[] }): boolean {
  return names.length >= pageCount(LIST, MOST_REPOSITORIES)
}

/** Names that are asked for without a look at how long the listing is: that look costs as much as they could save. */
const FEW = 2

/**
 * How many requests the listing of an owner's repositories takes. Where the organization does not show its numbers, it
 * counts as long; for more than a few names one request finds out, whose `Link` header names the last page.
 * @param names how many repositories are asked for by name otherwise
 * @throws GitHubError where the listing is refused
 */
export async function listingPages(facts: OwnerFacts, names: number, client: Client): Promise<number> {
  // GitHub lists of a person's repositories the public ones alone.
  if (facts.type === 'personal') return Number.POSITIVE_INFINITY
  if (facts.repositories === undefined && names <= FEW) return Number.POSITIVE_INFINITY
  const repositories = facts.repositories ?? (await countListed(facts.login, client))
  return pageCount(LIST, repositories)
}

async function countListed(org: string, client: Client): Promise<number> {
  const { headers, body } = await client.request(LIST, { org, per_page: 1 })
  const [, last] = /[?&]page=(\d+)/.exec(linkTo('last', headers.link) ?? '') ?? []
  return last === undefined ? (Array.isArray(body) ? body.length : 0) : Number(last)
}
