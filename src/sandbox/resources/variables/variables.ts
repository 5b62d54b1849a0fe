import { environmentOf, repositoryOf } from '../../http/call.ts'
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

/** GitHub's descriptions have them by the repository's id up to GHES 3.9, by its name since 3.10. */
const environment = variablesAlone({
  key: 'variables',
  most: 100,
  holderOf: (call) => environmentOf(call, repositoryOf(call)),
  places: [
    {
      template: '/repositories/{repository_id}/environments/{environment_name}/variables',
      permission: 'environments',
      on: { since: [3, 8], until: [3, 9] },
    },
    {
      template: '/repos/{owner}/{repo}/environments/{environment_name}/variables',
      permission: 'environments',
      on: { since: [3, 10] },
    },
  ],
})

/** The variables of an organization, of a repository and of an environment (https://docs.github.com/rest/actions/variables). */
export const variables: Resource = {
  routes: [...organization.routes, ...repository.routes, ...environment.routes],
  organization: leftOutEmpty(organization.part),
  repository: leftOutEmpty(repository.part),
  environment: leftOutEmpty(environment.part),
}
