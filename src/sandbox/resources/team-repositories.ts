import { type Answer, type Call, ok, organizationOf, param, seenBy } from '../http/call.ts'
import { notFound } from '../http/errors.ts'
import { pageOf } from '../http/page.ts'
import { repositoriesIn } from '../world/store.ts'
import { minimalRepository } from './repositories/present-repository.ts'
import type { Resource } from './resource.ts'
import { presentTeam, teamOf, teamsIn } from './teams.ts'

const TEMPLATE = '/orgs/{org}/teams'
const READ = { method: 'GET', permission: 'members=read', scope: 'read:org' } as const

/** The list of an organization's teams, and of the repositories of each (https://docs.github.com/rest/teams/teams). */
export const teamRepositories: Resource = {
  routes: [
    { ...READ, template: TEMPLATE, handle: listTeams },
    { ...READ, template: `${TEMPLATE}/{team_slug}/repos`, handle: listRepositories },
  ],
}

function listTeams(call: Call): Answer {
  const organization = organizationOf(call)
  const { items, headers } = pageOf(call, teamsIn(organization))
  return { ...ok(items.map((team) => presentTeam(call, organization, team))), headers }
}

/** "Lists a team's repositories visible to the authenticated user." */
function listRepositories(call: Call): Answer {
  const team = teamOf(organizationOf(call), param(call, 'team_slug'))
  if (team === undefined) throw notFound()
  const { items, headers } = pageOf(call, seenBy(call, repositoriesIn(call.world, team.repositories)))
  return { ...ok(items.map((repository) => minimalRepository(call, repository))), headers }
}
