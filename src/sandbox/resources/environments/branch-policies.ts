import { choice, required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, idParam, NO_CONTENT, ok, type Route } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { hasSince } from '../../world/products.ts'
import { nodeId } from '../accounts/present-owner.ts'
import { nextId, type Pattern, protectedBy } from './protection.ts'

const LIST = '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies'
const ONE = `${LIST}/{branch_policy_id}`
const READ = { since: [3, 4], permission: 'actions=read' } as const
const WRITE = { since: [3, 4], permission: 'administration=write' } as const

/**
 * The patterns of branches and tags that may deploy (https://docs.github.com/rest/deployments/branch-policies). They are shown
 * and kept while another policy is in force, and new ones are refused then.
 */
export const BRANCH_POLICIES: readonly Route[] = [
  { ...READ, method: 'GET', template: LIST, handle: list },
  { ...WRITE, method: 'POST', template: LIST, handle: create },
  { ...READ, method: 'GET', template: ONE, handle: (call) => ok(present(call, patternIn(call))) },
  { ...WRITE, method: 'PUT', template: ONE, handle: rename },
  { ...WRITE, method: 'DELETE', template: ONE, handle: remove },
]

function list(call: Call): Answer {
  return listAnswer(call, 'branch_policies', protectedBy(call).protection.patterns, (each) => present(call, each))
}

function create(call: Call): Answer {
  const { protection, environment } = protectedBy(call)
  const body = bodyOf(call)
  const name = required(text(body, 'name'), 'name')
  const type = (hasSince(call.product, [3, 12]) && choice(body, 'type', ['branch', 'tag'] as const)) || 'branch'
  if (!protection.branchPolicy?.custom_branch_policies) throw notFound()
  const there = protection.patterns.find((each) => each.name === name && each.type === type)
  if (there !== undefined) {
    return { status: 303, headers: { Location: `${call.base}${call.path}/${there.id}` } }
  }
  const pattern: Pattern = { id: nextId(protection, environment), name, type }
  protection.patterns.push(pattern)
  return ok(present(call, pattern))
}

function rename(call: Call): Answer {
  const pattern = patternIn(call)
  pattern.name = required(text(bodyOf(call), 'name'), 'name')
  return ok(present(call, pattern))
}

function remove(call: Call): Answer {
  const { protection } = protectedBy(call)
  const { id } = patternIn(call)
  protection.patterns = protection.patterns.filter((each) => each.id !== id)
  return NO_CONTENT
}

function patternIn(call: Call): Pattern {
  const id = idParam(call, 'branch_policy_id')
  const found = protectedBy(call).protection.patterns.find((each) => each.id === id)
  if (found === undefined) throw notFound()
  return found
}

function present(call: Call, { id, name, type }: Pattern): object {
  const kind = hasSince(call.product, [3, 12]) ? { type } : {}
  return { id, node_id: nodeId('GateBranchPolicy', id), name, ...kind }
}
