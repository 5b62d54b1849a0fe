import { secretsOf } from '../common/secrets-of.ts'

/** https://docs.github.com/rest/agents/secrets */
export const agentsSecrets = secretsOf('agents_secrets', {
  organization: { path: '/orgs/{org}/agents/secrets' },
  repository: { path: '/repos/{owner}/{repo}/agents/secrets' },
})
