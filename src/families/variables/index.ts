import { variablesOf } from '../common/variables-of.ts'

/** https://docs.github.com/rest/actions/variables */
export const variables = variablesOf('variables', {
  organization: { path: '/orgs/{org}/actions/variables', most: 1000 },
  repository: { path: '/repos/{owner}/{repo}/actions/variables', most: 500 },
  environment: {
    path: [
      '/repos/{owner}/{repo}/environments/{environment_name}/variables',
      '/repositories/{repository_id}/environments/{environment_name}/variables',
    ],
    most: 100,
  },
})
