import { variablesOf } from '../common/variables-of.ts'

/** https://docs.github.com/rest/agents/variables */
export const agentsVariables = variablesOf('agents_variables', {
  organization: { path: '/orgs/{org}/agents/variables' },
  repository: { path: '/repos/{owner}/{repo}/agents/variables' },
})
