import { required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, idParam, NO_CONTENT, ok, type Route, repositoryOf } from '../../http/call.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { App } from '../../world/token.ts'
import { nodeId } from '../accounts/present-owner.ts'
import { type AppRule, nextId, protectedBy } from './protection.ts'

const LIST = '/repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules'
const ONE = `${LIST}/{protection_rule_id}`
const READ = { since: [3, 10], permission: 'actions=read' } as const
const WRITE = { since: [3, 10], permission: 'administration=write' } as const

/** Protection by Apps (https://docs.github.com/rest/deployments/protection-rules): of those that the owner has installed. */
export const APP_RULES: readonly Route[] = [
  { ...READ, method: 'GET', template: LIST, handle: list },
  { ...WRITE, method: 'POST', template: LIST, handle: create },
  { ...READ, method: 'GET', template: ONE, handle: (call) => ok(present(call, ruleIn(call))) },
  { ...WRITE, method: 'DELETE', template: ONE, handle: remove },
  { ...READ, permission: 'administration=read', method: 'GET', template: `${LIST}/apps`, handle: available },
]

function list(call: Call): Answer {
  const rules = protectedBy(call).protection.rules.filter(({ slug }) => call.world.apps.has(slug))
  return ok({ total_count: rules.length, custom_deployment_protection_rules: rules.map((each) => present(call, each)) })
}

function available(call: Call): Answer {
  return listAnswer(call, 'available_custom_deployment_protection_rule_integrations', appsOf(call), (app) =>
    presentApp(call, app),
  )
}

function create(call: Call): Answer {
  const { environment, protection } = protectedBy(call)
  const { integration_id: id } = bodyOf(call)
  const app = appsOf(call).find((each) => each.id === required(id, 'integration_id'))
  if (app === undefined) throw unprocessable('The integration is not installed on this repository')
  if (protection.rules.some(({ slug }) => slug === app.slug)) {
    throw unprocessable('The protection rule is enabled already')
  }
  const rule: AppRule = { id: nextId(protection, environment), slug: app.slug }
  protection.rules.push(rule)
  return { status: 201, body: present(call, rule) }
}

function remove(call: Call): Answer {
  const { protection } = protectedBy(call)
  const { id } = ruleIn(call)
  protection.rules = protection.rules.filter((each) => each.id !== id)
  return NO_CONTENT
}

function appsOf(call: Call): readonly App[] {
  const { login } = repositoryOf(call).owner
  return [...call.world.apps.values()].filter(({ installations }) => installations.has(login.toLowerCase()))
}

function ruleIn(call: Call): AppRule {
  const id = idParam(call, 'protection_rule_id')
  const found = protectedBy(call).protection.rules.find((each) => each.id === id)
  if (found === undefined) throw notFound()
  return found
}

function present(call: Call, { id, slug }: AppRule): object {
  const app = call.world.apps.get(slug)
  if (app === undefined) throw notFound()
  return { id, node_id: nodeId('Gate', id), enabled: true, app: presentApp(call, app) }
}

function presentApp(call: Call, { id, slug }: App): object {
  return { id, slug, integration_url: `${call.base}/apps/${slug}`, node_id: nodeId('Integration', id) }
}
