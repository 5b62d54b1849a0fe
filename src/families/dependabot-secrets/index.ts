import { secretsOf } from '../common/secrets-of.ts'

/**
 * https://docs.github.com/rest/dependabot/secrets. Servers of before summer 2023 refused numbers in the list that goes with a
 * value (https://github.com/cli/cli/issues/6934), and take them since (https://github.com/google/go-github/pull/2794).
 */
export const dependabotSecrets = secretsOf('dependabot_secrets', {
  organization: { path: '/orgs/{org}/dependabot/secrets', textIdsBefore: 'ghes-3.10' },
  repository: { path: '/repos/{owner}/{repo}/dependabot/secrets' },
})
