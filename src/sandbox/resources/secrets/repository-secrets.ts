import { repositoryOf } from '../../http/call.ts'
import type { Resource } from '../resource.ts'
import { rotateKeys } from './keys.ts'
import { secretsAlone } from './secrets-alone.ts'

const { routes, part } = secretsAlone(repositoryOf, [
  { template: '/repos/{owner}/{repo}/actions/secrets', permission: 'secrets' },
])

/** The secrets of a repository (https://docs.github.com/rest/actions/secrets). */
export const repositorySecrets: Resource = { routes, repository: part, controls: { 'rotate-keys': rotateKeys } }
