import { repositoryOf } from '../../http/call.ts'
import { leftOutEmpty } from '../../world/part.ts'
import type { Resource } from '../resource.ts'
import { variablesAlone } from './variables-alone.ts'
import { variablesShared } from './variables-shared.ts'

const organization = variablesShared({
  key: 'variables',
  most: 1000,
  template: '/orgs/{org}/actions/variables',
  permission: 'organization_actions_variables',
  on: { since: [3, 8] },
})
const repository = variablesAlone({
  key: 'variables',
  most: 500,
  holderOf: repositoryOf,
  places: [
    { template: '/repos/{owner}/{repo}/actions/variables', permission: 'actions_variables', on: { since: [3, 8] } },
  ],
})

/** The variables of an organization and of a repository (https://docs.github.com/rest/actions/variables). */
export const variables: Resource = {
  routes: [...organization.routes, ...repository.routes],
  organization: leftOutEmpty(organization.part),
  repository: leftOutEmpty(repository.part),
}
