import { secretsOf } from '../common/secrets-of.ts'

/** https://docs.github.com/rest/actions/secrets */
export const secrets = secretsOf('secrets', {
  organization: { path: '/orgs/{org}/actions/secrets', most: 1000 },
  repository: { path: '/repos/{owner}/{repo}/actions/secrets', most: 100 },
  environment: {
    path: [
      '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
      '/repositories/{repository_id}/environments/{environment_name}/secrets',
    ],
    most: 100,
  },
})
