import { environmentOf, repositoryOf } from '../../http/call.ts'
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
  environment: {
    ...part,
    dump: (environment, world) => {
      const { secrets } = part.dump(environment, world) as { readonly secrets: object }
      return Object.keys(secrets).length === 0 ? {} : { secrets }
    },
  },
}
