import { secretsOf } from '../common/secrets-of.ts'

/**
 * https://docs.github.com/rest/codespaces/organization-secrets, https://docs.github.com/rest/codespaces/repository-secrets.
 * Their limits stand at https://docs.github.com/codespaces/managing-codespaces-for-your-organization/managing-development-environment-secrets-for-your-repository-or-organization.
 */
export const codespacesSecrets = secretsOf('codespaces_secrets', {
  organization: { path: '/orgs/{org}/codespaces/secrets', most: 100 },
  repository: { path: '/repos/{owner}/{repo}/codespaces/secrets', most: 100 },
})
