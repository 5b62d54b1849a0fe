import { repositoryOf } from '../../http/call.ts'
import { leftOutEmpty } from '../../world/part.ts'
import type { Resource } from '../resource.ts'
import { secretsAlone } from './secrets-alone.ts'
import { secretsShared } from './secrets-shared.ts'

const KIND = 'codespaces_secrets'
/** https://docs.github.com/codespaces/managing-codespaces-for-your-organization/managing-development-environment-secrets-for-your-repository-or-organization */
const MOST = 100
const CLOUD = { notOn: ['ghes'] } as const

/** `enabledForGitHubApps` is false in GitHub's descriptions of an organization's; fine-grained tokens are taken. */
const shared = secretsShared({
  kind: KIND,
  template: '/orgs/{org}/codespaces/secrets',
  permission: 'organization_codespaces_secrets',
  most: MOST,
  on: { ...CLOUD, asker: 'person' },
})
/** Reads of a repository's take `write`, too. */
const alone = secretsAlone(
  repositoryOf,
  [
    {
      template: '/repos/{owner}/{repo}/codespaces/secrets',
      permission: { read: `${KIND}=write`, write: `${KIND}=write` },
      on: CLOUD,
    },
  ],
  { kind: KIND, most: MOST },
)

/** The development environment secrets (https://docs.github.com/rest/codespaces/organization-secrets), which the cloud alone has. */
export const codespacesSecrets: Resource = {
  routes: [...shared.routes, ...alone.routes],
  organization: leftOutEmpty(shared.part),
  repository: leftOutEmpty(alone.part),
}
