import { RUN_LIMIT } from '../common/run-limit.ts'
import { variablesOf } from '../common/variables-of.ts'

const family = variablesOf('variables', {
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

/** https://docs.github.com/rest/actions/variables */
export const variables = { ...family, ofRun: RUN_LIMIT }
