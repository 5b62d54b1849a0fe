import { type Call, ok, organizationOf, param } from '../http/call.ts'
import { notFound } from '../http/errors.ts'
import { BEGINNING } from '../world/defaults.ts'
import type { Organization, Owner } from '../world/owners.ts'
import { hasSince } from '../world/products.ts'
import { idsFrom } from '../world/seed-ids.ts'
import { dumpRepositoryIds, repositoryIdsAt } from '../world/seed-names.ts'
import { type Entry, idAt, named, textAt } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import type { World } from '../world/store.ts'
import { fullOrganization, nodeId, webOrigin } from './accounts/present-owner.ts'
import type { Resource } from './resource.ts'

/** A team of an organization. */
export interface Team {
  readonly id: number
  /** As GitHub makes it from the name: lower case. */
  readonly slug: string
  readonly name: string
  /** The ids of the repositories that it has access to. */
  readonly repositories: Set<number>
}

const FIRST_TEAM = 7001
const KEYS = ['id', 'name', 'repositories']

const teamsOf = slot<Organization, { readonly bySlug: Map<string, Team> }>(
  () => ({ bySlug: new Map() }),
  ({ bySlug }, repositoryId) => {
    for (const { repositories } of bySlug.values()) repositories.delete(repositoryId)
  },
)

/** The teams of an organization (https://docs.github.com/rest/teams/teams). */
export const teams: Resource = {
  routes: [
    {
      method: 'GET',
      template: '/orgs/{org}/teams/{team_slug}',
      permission: 'members=read',
      scope: 'read:org',
      handle: (call) => {
        const organization = organizationOf(call)
        const team = teamOf(organization, param(call, 'team_slug'))
        if (team === undefined) throw notFound()
        return ok(fullTeam(call, organization, team))
      },
    },
  ],
  organization: { keys: ['teams'], seed, dump },
}

export function teamOf(owner: Owner, slug: string): Team | undefined {
  return owner.type === 'Organization' ? teamsOf(owner).bySlug.get(slug.toLowerCase()) : undefined
}

/** All of an organization, by slug. */
export function teamsIn(organization: Organization): readonly Team[] {
  return [...teamsOf(organization).bySlug.values()].sort((one, other) => (one.slug < other.slug ? -1 : 1))
}

export function teamWith(owner: Owner, id: number): Team | undefined {
  if (owner.type !== 'Organization') return undefined
  return [...teamsOf(owner).bySlug.values()].find((team) => team.id === id)
}

function seed(organization: Organization, given: Entry, world: World): void {
  const all = named(given, 'teams', KEYS)
  const ids = idsFrom(FIRST_TEAM, all.values())
  for (const [name, one] of all) {
    const slug = name.toLowerCase()
    const facts = { id: ids(idAt(one, 'id')), slug, name: textAt(one, 'name') ?? name }
    teamsOf(organization).bySlug.set(slug, { ...facts, repositories: repositoryIdsAt(world, organization, one) })
  }
}

function dump(organization: Organization, world: World): object {
  const { bySlug } = teamsOf(organization)
  if (bySlug.size === 0) return {}
  const shown = [...bySlug].map(([slug, { id, name, repositories }]) => {
    return [slug, { id, name, ...dumpRepositoryIds(world, repositories, repositories.size > 0) }] as const
  })
  return { teams: Object.fromEntries(shown) }
}

/** The form in lists (`team`). */
export function presentTeam(call: Call, owner: Owner, team: Team): object {
  const url = `${call.base}/organizations/${owner.id}/team/${team.id}`
  return {
    id: team.id,
    node_id: nodeId('Team', team.id),
    url,
    html_url: `${webOrigin(call)}/orgs/${owner.login}/teams/${team.slug}`,
    name: team.name,
    slug: team.slug,
    description: null,
    permission: 'pull',
    privacy: 'closed',
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
    ...(hasSince(call.product, [3, 14]) ? { type: 'organization' } : {}),
  }
}

/** The form of a team alone (`team-full`). */
function fullTeam(call: Call, organization: Organization, team: Team): object {
  const { members_can_create_repositories, two_factor_requirement_enabled, ...owner } = fullOrganization(
    call,
    organization,
  ) as Record<string, unknown>
  return {
    ...presentTeam(call, organization, team),
    members_count: 0,
    repos_count: 0,
    created_at: BEGINNING,
    updated_at: BEGINNING,
    organization: owner,
  }
}
