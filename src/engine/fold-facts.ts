import type { MatchedRepository } from '../core/import-matches.ts'
import { SELECTOR_ROUTES, TEAMS } from '../core/selector-routes.ts'
import type { Support } from '../core/support.ts'
import { GitHubError } from '../github/errors.ts'
import type { OwnerDoor } from './open-owner.ts'
import { pageCount } from './page-count.ts'
import { propertyValues } from './selector-facts.ts'

/** The facts of repositories beside the listing that sets can ask for, by id. */
export type FoldFacts = ReadonlyMap<number, Pick<MatchedRepository, 'teams' | 'properties'>>

export interface FoldFactsRequest {
  readonly door: OwnerDoor
  readonly owner: string
  /** How many entries say the same as another one, with these facts: what a selector more could fold. */
  left(facts: FoldFacts): number
  /** Told before the teams are asked, one request each. */
  begin(teams: number): void
}

/** The requests that it may take, as far as they are known before: how many teams there are is not. */
export function foldRequests(product: Support, repositories: number): number {
  const values = product.has(SELECTOR_ROUTES.custom_property)
    ? pageCount(SELECTOR_ROUTES.custom_property, repositories)
    : 0
  return values + (product.has(SELECTOR_ROUTES.team) ? pageCount(TEAMS, 1) : 0)
}

/**
 * Learns the custom properties and teams of repositories, each only while entries are left that they might fold; teams where
 * they are fewer than these. What GitHub does not show is left out: it is only about the length of files.
 */
export async function foldFacts({ door, owner: org, left, begin }: FoldFactsRequest): Promise<FoldFacts> {
  const { get, support } = door
  const facts = new Map<number, Pick<MatchedRepository, 'teams' | 'properties'>>()
  if (left(facts) === 0) return facts
  if (support.has(SELECTOR_ROUTES.custom_property)) {
    const values = await ifShown(propertyValues(get, org))
    for (const [id, properties] of values ?? []) facts.set(id, { properties })
  }
  const most = left(facts)
  if (most === 0 || !support.has(SELECTOR_ROUTES.team)) return facts
  const teams = (await ifShown(get.list<{ readonly slug: string }>(TEAMS, { org }))) ?? []
  const slugs = teams.map(({ slug }) => slug.toLowerCase()).sort()
  if (slugs.length === 0 || slugs.length >= most) return facts
  begin(slugs.length)
  const members = await Promise.all(
    slugs.map((slug) => ifShown(get.list<{ readonly id: number }>(SELECTOR_ROUTES.team, { org, team_slug: slug }))),
  )
  for (const [index, slug] of slugs.entries()) {
    for (const { id } of members[index] ?? []) {
      const { teams: others = [], ...rest } = facts.get(id) ?? {}
      facts.set(id, { ...rest, teams: [...others, slug] })
    }
  }
  return facts
}

async function ifShown<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return undefined
  }
}
