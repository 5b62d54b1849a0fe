import { isEnterprise } from '../core/scope.ts'
import { type Credential, type Env, tokenIn } from './credentials.ts'
import { GitHubError } from './errors.ts'
import type { OpenedCredentials } from './open-credentials.ts'

/** The variable with the token that acts on enterprises. */
export const ENTERPRISE_VARIABLE = 'OCTOFORM_ENTERPRISE_TOKEN'

const SCOPES = '`admin:enterprise` (`manage_runners:enterprise` is enough for runner groups)'

const HINT =
  `Set ${ENTERPRISE_VARIABLE} to a classic token of an owner of the enterprise with the scope ${SCOPES}: ` +
  'GitHub admits neither Apps nor fine-grained tokens to most of what an enterprise has.'

/**
 * The credentials of enterprises beside those of all other owners: one token of their own, used for them alone.
 * @param use `ignored` on events that carry a pull request: the token can write, and an author chose what runs
 * @param others opened when an owner that is no enterprise is asked for, where there is a token for enterprises; else at once
 * @throws SetupError where the token cannot be one, or there are no other credentials either
 */
export function withEnterprises(env: Env, use: 'read' | 'ignored', others: () => OpenedCredentials): OpenedCredentials {
  const token = use === 'ignored' ? undefined : tokenIn(env, [ENTERPRISE_VARIABLE])
  let opened = token === undefined ? others() : undefined
  const rest = (): OpenedCredentials => {
    opened ??= others()
    return opened
  }
  return {
    for: async (owner) => (isEnterprise(owner) ? (token ?? refuse(owner, use)) : rest().for(owner)),
    installation: async (owner) => (isEnterprise(owner) ? undefined : rest().installation(owner)),
  }
}

function refuse(owner: string, use: 'read' | 'ignored'): Credential {
  const hint = use === 'read' ? HINT : `No run for a pull request reads ${ENTERPRISE_VARIABLE}, which can write.`
  throw new GitHubError(`There is no credential for ${owner}.`, { kind: 'forbidden', route: '', hint })
}
