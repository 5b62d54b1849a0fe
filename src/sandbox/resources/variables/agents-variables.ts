import { repositoryOf } from '../../http/call.ts'
import { leftOutEmpty } from '../../world/part.ts'
import type { Resource } from '../resource.ts'
import { variablesAlone } from './variables-alone.ts'
import { variablesShared } from './variables-shared.ts'

/** The cloud alone has them. How many it takes is not documented. */
const CLOUD = { notOn: ['ghes'] } as const
const KIND = { key: 'agents_variables', most: Number.POSITIVE_INFINITY } as const

const organization = variablesShared({
  ...KIND,
  template: '/orgs/{org}/agents/variables',
  permission: 'organization_agent_variables',
  on: CLOUD,
})
const repository = variablesAlone({
  ...KIND,
  holderOf: repositoryOf,
  places: [{ template: '/repos/{owner}/{repo}/agents/variables', permission: 'agent_variables', on: CLOUD }],
})

/** The variables of Copilot's cloud agent (https://docs.github.com/rest/agents/variables). */
export const agentsVariables: Resource = {
  routes: [...organization.routes, ...repository.routes],
  organization: leftOutEmpty(organization.part),
  repository: leftOutEmpty(repository.part),
}
