import { type Call, environmentOf, repositoryOf } from '../../http/call.ts'
import { slot } from '../../world/slot.ts'
import type { Environment, Repository, World } from '../../world/store.ts'
import { repositoryWith } from './find.ts'
import { type PendingReviewer, type Reviewer, reviewerNamed } from './reviewers.ts'

/** Which branches may deploy: exactly one of the two; null for all. */
export interface BranchPolicy {
  readonly protected_branches: boolean
  readonly custom_branch_policies: boolean
}

/** A pattern of branches or tags that may deploy. */
export interface Pattern {
  readonly id: number
  name: string
  readonly type: 'branch' | 'tag'
}

/** Protection that an App gives. */
export interface AppRule {
  readonly id: number
  readonly slug: string
}

export interface Protection {
  /** Minutes, at most 30 days. */
  waitTimer: number
  preventSelfReview: boolean
  canAdminsBypass: boolean
  reviewers: readonly Reviewer[]
  branchPolicy: BranchPolicy | null
  /** GitHub keeps them while another policy is in force. */
  patterns: Pattern[]
  rules: AppRule[]
  /** The greatest id of its patterns and rules: none is given a second time. */
  lastId: number
  /** Names of a seed, whose teams are not there yet while it is read. */
  pending: readonly PendingReviewer[]
}

const protectionIn = slot<Environment, Protection>(() => ({
  waitTimer: 0,
  preventSelfReview: false,
  canAdminsBypass: true,
  reviewers: [],
  branchPolicy: null,
  patterns: [],
  rules: [],
  lastId: 0,
  pending: [],
}))

/** The protection while a seed is read. */
export function seededProtection(environment: Environment): Protection {
  return protectionIn(environment)
}

/** The protection of an environment, with the reviewers that its seed names. @throws SeedError where there is none */
export function protectionOf(world: World, environment: Environment): Protection {
  const protection = protectionIn(environment)
  if (protection.pending.length > 0) {
    const { owner } = repositoryWith(world, environment)
    protection.reviewers = protection.pending.map((each) => reviewerNamed(world, owner, each))
    protection.pending = []
  }
  return protection
}

export function nextId(protection: Protection, environment: Environment): number {
  protection.lastId = Math.max(protection.lastId, environment.id * 1000) + 1
  return protection.lastId
}

/**
 * GitHub's plans below Enterprise protect environments of public repositories alone
 * (https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments).
 */
export function plansProtect({ owner, visibility }: Repository, world: World): boolean {
  if (visibility === 'public' || world.product.kind !== 'dotcom') return true
  return owner.type === 'Organization' && owner.plan === 'enterprise'
}

/** The environment that a request names, with its protection. */
export function protectedBy(call: Call): { readonly environment: Environment; readonly protection: Protection } {
  const environment = environmentOf(call, repositoryOf(call))
  return { environment, protection: protectionOf(call.world, environment) }
}
