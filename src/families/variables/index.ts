import { variablesOf } from '../common/variables-of.ts'

/** https://docs.github.com/rest/actions/variables */
export const variables = variablesOf('variables', {
  organization: { path: '/orgs/{org}/actions/variables', most: 1000 },
  repository: { path: '/repos/{owner}/{repo}/actions/variables', most: 500 },
})
