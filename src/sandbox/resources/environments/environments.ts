import { type Answer, type Call, environmentOf, NO_CONTENT, ok, param, repositoryOf } from '../../http/call.ts'
import { unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { addEnvironment } from '../../world/environments.ts'
import { hasSince } from '../../world/products.ts'
import { type Environment, type Repository, timestamp } from '../../world/store.ts'
import { nodeId, webOrigin } from '../accounts/present-owner.ts'
import type { Resource } from '../resource.ts'
import { APP_RULES } from './app-rules.ts'
import { BRANCH_POLICIES } from './branch-policies.ts'
import { presentRules } from './present-rules.ts'
import { protectionOf } from './protection.ts'
import { dump, KEYS, seed } from './seed-protection.ts'
import { changeProtection, refuseBeyondPlan } from './set-protection.ts'

const TEMPLATE = '/repos/{owner}/{repo}/environments'
const ONE = `${TEMPLATE}/{environment_name}`
const READ = { since: [3, 4], permission: 'actions=read' } as const
const WRITE = { since: [3, 4], permission: 'administration=write' } as const

/**
 * The environments of a repository (https://docs.github.com/rest/deployments/environments), with all that protects them.
 */
export const environments: Resource = {
  routes: [
    { ...READ, method: 'GET', template: TEMPLATE, handle: list },
    {
      ...READ,
      method: 'GET',
      template: ONE,
      handle: (call) => ok(present(call, repositoryOf(call), environmentOf(call, repositoryOf(call)))),
    },
    { ...WRITE, method: 'PUT', template: ONE, handle: put },
    { ...WRITE, method: 'DELETE', template: ONE, handle: remove },
    ...BRANCH_POLICIES,
    ...APP_RULES,
  ],
  environment: { keys: KEYS, seed, dump },
}

function list(call: Call): Answer {
  const repository = repositoryOf(call)
  const all = [...repository.environments.values()].sort((one, other) => one.id - other.id)
  return listAnswer(call, 'environments', all, (each) => present(call, repository, each))
}

/** Creates the environment, or replaces all of its protection: a field that is not sent is none. */
function put(call: Call): Answer {
  const repository = repositoryOf(call)
  const name = param(call, 'environment_name')
  if (name.trim() === '' || name.length > 255) throw unprocessable('name is invalid')
  const now = timestamp(call.now)
  const known = repository.environments.get(name.toLowerCase())
  const change = changeProtection(call, repository)
  const environment = known ?? addEnvironment(call.world, repository, { name, createdAt: now, updatedAt: now })
  refuseBeyondPlan(call, repository)
  change(environment)
  environment.updatedAt = now
  return ok(present(call, repository, environment))
}

/** Takes everything with it that is kept in it. */
function remove(call: Call): Answer {
  const repository = repositoryOf(call)
  repository.environments.delete(environmentOf(call, repository).name.toLowerCase())
  return NO_CONTENT
}

function present(call: Call, repository: Repository, environment: Environment): object {
  const path = `${repository.owner.login}/${repository.name}`
  const protection = protectionOf(call.world, environment)
  return {
    id: environment.id,
    node_id: nodeId('Environment', environment.id),
    name: environment.name,
    url: `${call.base}/repos/${path}/environments/${encodeURIComponent(environment.name)}`,
    html_url: `${webOrigin(call)}/${path}/deployments/activity_log?environments_filter=${encodeURIComponent(environment.name)}`,
    created_at: environment.createdAt,
    updated_at: environment.updatedAt,
    ...(hasSince(call.product, [3, 9]) ? { can_admins_bypass: protection.canAdminsBypass } : {}),
    protection_rules: presentRules(call, repository, environment),
    deployment_branch_policy: protection.branchPolicy,
  }
}
