import { fieldsOf, flag, required } from '../../http/body.ts'
import { bodyOf, type Call } from '../../http/call.ts'
import { invalidRequest, unprocessable } from '../../http/errors.ts'
import { type Entry, flagAt, inner, join, SeedError } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import type { Environment } from '../../world/store.ts'
import { nodeId } from '../accounts/present-owner.ts'

/** Which branches may deploy: exactly one of the two; null for all. */
interface BranchPolicy {
  readonly protected_branches: boolean
  readonly custom_branch_policies: boolean
}

interface Protection {
  /** Minutes, at most 30 days. */
  waitTimer: number
  branchPolicy: BranchPolicy | null
}

/** https://docs.github.com/rest/deployments/environments#create-or-update-an-environment */
const LONGEST_WAIT = 43_200
const POLICY_KEYS = ['protected_branches', 'custom_branch_policies']

export const KEYS = ['wait_timer', 'deployment_branch_policy']

const protectionOf = slot<Environment, Protection>(() => ({ waitTimer: 0, branchPolicy: null }))

export function seed(environment: Environment, given: Entry): void {
  const protection = protectionOf(environment)
  protection.waitTimer = waitAt(given) ?? 0
  if (given.fields.deployment_branch_policy === undefined) return
  const policy = inner(given, 'deployment_branch_policy', POLICY_KEYS)
  const [isProtected = false, isCustom = false] = POLICY_KEYS.map((key) => flagAt(policy, key))
  if (isProtected === isCustom) throw new SeedError(policy.path, 'must have one of the two true, and the other false.')
  protection.branchPolicy = { protected_branches: isProtected, custom_branch_policies: isCustom }
}

/** The same in the seed's shape. */
export function dump(environment: Environment): object {
  const { waitTimer, branchPolicy } = protectionOf(environment)
  return {
    ...(waitTimer > 0 ? { wait_timer: waitTimer } : {}),
    ...(branchPolicy ? { deployment_branch_policy: branchPolicy } : {}),
  }
}

/**
 * Reads the protection of a request, and gives the change that it makes.
 * @throws Refusal 422 for reviewers, of which the sandbox has none, and for what GitHub documents as wrong
 */
export function changeProtection(call: Call): (environment: Environment) => void {
  const body = call.body === null ? {} : bodyOf(call)
  const { wait_timer: sent, reviewers, deployment_branch_policy: policy } = body
  if (sent !== undefined && !isWait(sent)) throw unprocessable('wait_timer must be between 0 and 43200')
  if (Array.isArray(reviewers) && reviewers.length > 0) throw unprocessable('reviewers are not in this repository')
  const waitTimer = isWait(sent) ? sent : 0
  const branchPolicy = policy === undefined || policy === null ? null : policyIn(policy)
  return (environment) => void Object.assign(protectionOf(environment), { waitTimer, branchPolicy })
}

/** As in the answers of GitHub: a rule for each protection that there is. */
export function presentRules(environment: Environment): object[] {
  const { waitTimer, branchPolicy } = protectionOf(environment)
  const rule = (index: number, type: string): object => {
    const id = environment.id * 10 + index
    return { id, node_id: nodeId('GateType', id), type }
  }
  return [
    ...(waitTimer > 0 ? [{ ...rule(1, 'wait_timer'), wait_timer: waitTimer }] : []),
    ...(branchPolicy ? [rule(2, 'branch_policy')] : []),
  ]
}

export function branchPolicyOf(environment: Environment): BranchPolicy | null {
  return protectionOf(environment).branchPolicy
}

function policyIn(value: unknown): BranchPolicy {
  const fields = fieldsOf(value)
  const [isProtected, isCustom] = POLICY_KEYS.map((key) => required(flag(fields, key), key))
  if (isProtected === isCustom) {
    throw invalidRequest('protected_branches and custom_branch_policies cannot have the same value')
  }
  return { protected_branches: isProtected === true, custom_branch_policies: isCustom === true }
}

function waitAt(given: Entry): number | undefined {
  const { wait_timer: wait } = given.fields
  if (wait === undefined || isWait(wait)) return wait
  throw new SeedError(join(given.path, 'wait_timer'), 'must be a whole number of minutes from 0 to 43200.')
}

function isWait(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= LONGEST_WAIT
}
