import type { Get } from '../core/family.ts'
import { indexRepositories, type Repositories, type Repository } from '../core/repository.ts'
import { SELECTOR_ROUTES, TEAMS } from '../core/selector-routes.ts'
import type { Support } from '../core/support.ts'
import { GitHubError } from '../github/errors.ts'

/** The look-ups that the selectors of an owner need beside the listing of its repositories. */
export interface SelectorLookups {
  /** Slugs of teams, folded. */
  readonly teams: readonly string[]
  readonly properties: boolean
}

interface Valued {
  readonly repository_id: number
  readonly properties: readonly { readonly property_name: string; readonly value: string | readonly string[] | null }[]
}

/**
 * Adds what selectors by team and custom property ask of repositories: each team, and all properties, once. What the
 * product lacks is not requested.
 * @throws GitHubError where a look-up is refused: a selector that was not answered is none that matches nothing
 */
export async function withSelectorFacts(
  { get, support }: { readonly get: Get; readonly support: Support },
  org: string,
  { teams, properties }: SelectorLookups,
  repositories: Repositories,
): Promise<Repositories> {
  const asked = support.has(SELECTOR_ROUTES.team) ? teams : []
  const valued = properties && support.has(SELECTOR_ROUTES.custom_property)
  if (asked.length === 0 && !valued) return repositories
  const [members, values] = await Promise.all([
    Promise.all(asked.map((slug) => membersOf(get, org, slug))),
    valued ? propertyValues(get, org) : undefined,
  ])
  const byId = new Map([...(values ?? [])].map(([id, properties]) => [id, folded(properties)]))
  const all = repositories.all.map(
    (repository): Repository => ({
      ...repository,
      ...(asked.length > 0 ? { teams: asked.filter((_, index) => members[index]?.ids.has(repository.id)) } : {}),
      ...(valued ? { properties: byId.get(repository.id) ?? new Map() } : {}),
    }),
  )
  const known = members.flatMap(({ slugs }) => slugs)
  const { complete, names } = repositories
  return {
    ...indexRepositories(all, complete ? 'complete' : 'partial'),
    ...(names ? { names } : {}),
    ...(asked.length > 0 ? { teams: [...new Set(known)] } : {}),
  }
}

interface Members {
  readonly ids: ReadonlySet<number>
  /** The slugs that are known by it: this one, or where there is no such team those of all. */
  readonly slugs: readonly string[]
}

/** A 404 may hide a lack of permission: only a list of teams without the slug shows that there is no such team. */
async function membersOf(get: Get, org: string, slug: string): Promise<Members> {
  try {
    const listed = await get.list<{ readonly id: number }>(SELECTOR_ROUTES.team, { org, team_slug: slug })
    return { ids: new Set(listed.map(({ id }) => id)), slugs: [slug] }
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 404) throw error
    const all = await get.list<{ readonly slug: string }>(TEAMS, { org })
    const slugs = all.map((team) => team.slug.toLowerCase())
    if (slugs.includes(slug)) throw error
    return { ids: new Set(), slugs }
  }
}

type Values = ReadonlyMap<string, readonly string[]>

/** The values of custom properties, by repository and name as GitHub shows it. @throws GitHubError where it does not show them */
export async function propertyValues(get: Get, org: string): Promise<ReadonlyMap<number, Values>> {
  const values = await get.list<Valued>(SELECTOR_ROUTES.custom_property, { org })
  return new Map(values.map((each) => [each.repository_id, valuesOf(each)]))
}

function folded(properties: Values): Values {
  return new Map([...properties].map(([name, values]) => [name.toLowerCase(), values]))
}

/** A property without a value is null. */
function valuesOf({ properties }: Valued): Values {
  return new Map(
    properties.flatMap(({ property_name, value }) =>
      value === null ? [] : [[property_name, [value].flat()] as const],
    ),
  )
}
