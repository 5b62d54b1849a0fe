import { environmentOf, repositoryOf } from '../../http/call.ts'
import { leftOutEmpty } from '../../world/part.ts'
import type { Resource } from '../resource.ts'
import { secretsAlone } from './secrets-alone.ts'

/** GitHub's descriptions have them by the repository's id up to GHES 3.9, by its name since 3.10. */
const { routes, part } = secretsAlone(
  (call) => environmentOf(call, repositoryOf(call)),
  [
    {
      template: '/repositories/{repository_id}/environments/{environment_name}/secrets',
      permission: 'secrets',
      on: { since: [3, 4], until: [3, 9] },
    },
    {
      template: '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
      permission: 'environments',
      on: { since: [3, 10] },
    },
  ],
)

/** The secrets of an environment (https://docs.github.com/rest/actions/secrets). */
export const environmentSecrets: Resource = {
  routes,
  environment: leftOutEmpty(part),
}
