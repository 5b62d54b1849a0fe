import { type Entry, flagAt, idAt, inner, join, listed, SeedError, textAt, wordAt } from '../../world/seed-reader.ts'
import type { Environment, World } from '../../world/store.ts'
import { repositoryWith } from './find.ts'
import { nextId, protectionOf, seededProtection } from './protection.ts'
import { dumpReviewer, type PendingReviewer } from './reviewers.ts'
import { isWait, POLICY_KEYS } from './set-protection.ts'

export const KEYS = [
  'wait_timer',
  'prevent_self_review',
  'can_admins_bypass',
  'reviewers',
  'deployment_branch_policy',
  'deployment_branch_policies',
  'deployment_protection_rules',
]
const WORDS = ['all', 'protected_branches', 'custom_branch_policies'] as const

export function seed(environment: Environment, given: Entry): void {
  const protection = seededProtection(environment)
  protection.waitTimer = waitAt(given) ?? 0
  protection.preventSelfReview = flagAt(given, 'prevent_self_review') ?? false
  protection.canAdminsBypass = flagAt(given, 'can_admins_bypass') ?? true
  protection.pending = listed(given, 'reviewers', ['team', 'user']).map(reviewerIn)
  protection.branchPolicy = policyAt(given)
  for (const one of entriesAt(given, 'deployment_branch_policies', 'branch', ['id', 'branch', 'tag'])) {
    const [branch, tag] = [textAt(one, 'branch'), textAt(one, 'tag')]
    const name = branch ?? tag
    if (name === undefined) throw new SeedError(one.path, 'must have a branch or a tag.')
    const id = idAt(one, 'id') ?? nextId(protection, environment)
    protection.lastId = Math.max(protection.lastId, id)
    protection.patterns.push({ id, name, type: branch === undefined ? 'tag' : 'branch' })
  }
  for (const one of entriesAt(given, 'deployment_protection_rules', 'app', ['id', 'app'])) {
    const id = idAt(one, 'id') ?? nextId(protection, environment)
    protection.lastId = Math.max(protection.lastId, id)
    protection.rules.push({ id, slug: textAt(one, 'app') ?? '' })
  }
}

/** The same in the seed's shape. */
export function dump(environment: Environment, world: World): object {
  const protection = protectionOf(world, environment)
  const { waitTimer, preventSelfReview, canAdminsBypass, reviewers, branchPolicy, patterns, rules } = protection
  const { owner } = repositoryWith(world, environment)
  const policy = branchPolicy?.protected_branches ? 'protected_branches' : 'custom_branch_policies'
  return {
    ...(waitTimer > 0 ? { wait_timer: waitTimer } : {}),
    ...(preventSelfReview ? { prevent_self_review: true } : {}),
    ...(canAdminsBypass ? {} : { can_admins_bypass: false }),
    ...(reviewers.length > 0
      ? { reviewers: reviewers.flatMap((reviewer) => dumpReviewer(world, owner, reviewer)) }
      : {}),
    ...(branchPolicy ? { deployment_branch_policy: policy } : {}),
    ...(patterns.length > 0
      ? { deployment_branch_policies: patterns.map(({ id, name, type }) => ({ id, [type]: name })) }
      : {}),
    ...(rules.length > 0 ? { deployment_protection_rules: rules.map(({ id, slug }) => ({ id, app: slug })) } : {}),
  }
}

function reviewerIn(given: Entry): PendingReviewer {
  const [team, user] = [textAt(given, 'team'), textAt(given, 'user')]
  const name = team ?? user
  if (name === undefined || (team !== undefined && user !== undefined)) {
    throw new SeedError(given.path, 'must have a team or a user.')
  }
  return { path: given.path, name, type: team === undefined ? 'User' : 'Team' }
}

/** As a word, or as GitHub's API has it. */
function policyAt(given: Entry) {
  const { deployment_branch_policy: value } = given.fields
  if (value === undefined) return null
  if (typeof value === 'string') {
    const word = wordAt(given, 'deployment_branch_policy', WORDS)
    if (word === 'all') return null
    return { protected_branches: word === 'protected_branches', custom_branch_policies: word !== 'protected_branches' }
  }
  const policy = inner(given, 'deployment_branch_policy', POLICY_KEYS)
  const [isProtected = false, isCustom = false] = POLICY_KEYS.map((key) => flagAt(policy, key))
  if (isProtected === isCustom) throw new SeedError(policy.path, 'must have one of the two true, and the other false.')
  return { protected_branches: isProtected, custom_branch_policies: isCustom }
}

/** A list of maps, or of text that stands for a map with this key. */
function entriesAt(given: Entry, key: string, of: string, keys: readonly string[]): readonly Entry[] {
  const list = given.fields[key]
  if (!Array.isArray(list)) return listed(given, key, keys)
  const maps = list.map((one: unknown) => (typeof one === 'string' ? { [of]: one } : one))
  return listed({ ...given, fields: { ...given.fields, [key]: maps } }, key, keys)
}

function waitAt(given: Entry): number | undefined {
  const { wait_timer: wait } = given.fields
  if (wait === undefined || isWait(wait)) return wait
  throw new SeedError(join(given.path, 'wait_timer'), 'must be a whole number of minutes from 0 to 43200.')
}
