import { choice, fieldsOf, flag, required } from '../../http/body.ts'
import { bodyOf, type Call } from '../../http/call.ts'
import { invalidRequest, unprocessable } from '../../http/errors.ts'
import { hasSince } from '../../world/products.ts'
import type { Environment, Repository } from '../../world/store.ts'
import { type BranchPolicy, plansProtect, protectionOf } from './protection.ts'
import { isReviewer, type Reviewer } from './reviewers.ts'

/** https://docs.github.com/rest/deployments/environments#create-or-update-an-environment */
const LONGEST_WAIT = 43_200
const MOST_REVIEWERS = 6
export const POLICY_KEYS = ['protected_branches', 'custom_branch_policies']

/**
 * Reads the protection of a request, and gives the change that it makes.
 * @throws Refusal 422 for what GitHub documents as wrong
 */
export function changeProtection(call: Call, { owner }: Repository): (environment: Environment) => void {
  const body = call.body === null ? {} : bodyOf(call)
  const { wait_timer: sent, deployment_branch_policy: policy } = body
  if (sent !== undefined && !isWait(sent)) throw unprocessable('wait_timer must be between 0 and 43200')
  const reviewers = reviewersIn(body.reviewers)
  const strange = reviewers.filter((each) => !isReviewer(call.world, owner, each))
  if (strange.length > 0) throw unprocessable('Reviewers must be able to read the repository')
  const preventSelfReview = hasSince(call.product, [3, 11]) && (flag(body, 'prevent_self_review') ?? false)
  if (preventSelfReview && reviewers.length === 0) throw unprocessable(WITHOUT_REVIEWERS)
  const waitTimer = isWait(sent) ? sent : 0
  const branchPolicy = policy === undefined || policy === null ? null : policyIn(policy)
  const canAdminsBypass = flag(body, 'can_admins_bypass') ?? true
  const change = { waitTimer, branchPolicy, reviewers, preventSelfReview, canAdminsBypass }
  return (environment) => void Object.assign(protectionOf(call.world, environment), change)
}

/** Reported in https://github.com/github-community-projects/safe-settings/issues/628. */
const WITHOUT_REVIEWERS =
  'Failed to create or update the environment protection rule. Required reviewers must have at least one reviewer to set prevent_self_review.'

/**
 * Refuses rules that the plan lacks, once the environment is there: GitHub creates it before. Reported in
 * https://github.com/backstage/backstage/issues/28977.
 */
export function refuseBeyondPlan(call: Call, repository: Repository): void {
  const body = call.body === null ? {} : bodyOf(call)
  if (plansProtect(repository, call.world)) return
  const hasReviewers = Array.isArray(body.reviewers) && body.reviewers.length > 0
  const rule = hasReviewers ? 'required reviewers' : Number(body.wait_timer ?? 0) > 0 ? 'wait timer' : undefined
  if (rule === undefined) return
  const message = `Failed to create the environment protection rule. Please ensure the billing plan supports the ${rule} protection rule.`
  throw unprocessable(message)
}

function reviewersIn(value: unknown): readonly Reviewer[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw invalidRequest('reviewers is not an array.')
  if (value.length > MOST_REVIEWERS) throw unprocessable('No more than 6 reviewers are allowed')
  return value.map((one: unknown) => {
    const fields = fieldsOf(one)
    const { id } = fields
    if (!Number.isSafeInteger(id)) throw invalidRequest('id is not an integer.')
    return { type: required(choice(fields, 'type', ['User', 'Team'] as const), 'type'), id: Number(id) }
  })
}

function policyIn(value: unknown): BranchPolicy {
  const fields = fieldsOf(value)
  const [isProtected, isCustom] = POLICY_KEYS.map((key) => required(flag(fields, key), key))
  if (isProtected === isCustom) {
    throw invalidRequest('protected_branches and custom_branch_policies cannot have the same value')
  }
  return { protected_branches: isProtected === true, custom_branch_policies: isCustom === true }
}

export function isWait(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= LONGEST_WAIT
}
