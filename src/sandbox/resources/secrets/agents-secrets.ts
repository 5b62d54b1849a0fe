import { repositoryOf } from '../../http/call.ts'
import { leftOutEmpty } from '../../world/part.ts'
import type { Resource } from '../resource.ts'
import { secretsAlone } from './secrets-alone.ts'
import { secretsShared } from './secrets-shared.ts'

const KIND = 'agents_secrets'
const CLOUD = { notOn: ['ghes'] } as const

const shared = secretsShared({
  kind: KIND,
  template: '/orgs/{org}/agents/secrets',
  permission: 'organization_agent_secrets',
  on: CLOUD,
})
const alone = secretsAlone(
  repositoryOf,
  [{ template: '/repos/{owner}/{repo}/agents/secrets', permission: 'agent_secrets', on: CLOUD }],
  { kind: KIND },
)

/** The secrets of Copilot's cloud agent (https://docs.github.com/rest/agents/secrets), which the cloud alone has. */
export const agentsSecrets: Resource = {
  routes: [...shared.routes, ...alone.routes],
  organization: leftOutEmpty(shared.part),
  repository: leftOutEmpty(alone.part),
}
