import type { Known } from '../../core/family.ts'
import { shownNames } from '../../core/shown-names.ts'
import { ROUTES } from './routes.ts'

/** An environment in the YAML's own shape. Lists hold text: `team:release`, `user:octocat`; `main`, `tag:v*`. */
export interface Environment {
  /** Minutes. */
  readonly wait_timer?: number
  readonly prevent_self_review?: boolean
  /** GitHub shows it since 2023, and no description has it. */
  readonly can_admins_bypass?: boolean
  readonly reviewers?: readonly string[]
  readonly deployment_branch_policy?: 'all' | 'protected_branches' | 'custom_branch_policies'
  /** Only where `custom_branch_policies` brings it into force. */
  readonly deployment_branch_policies?: readonly string[]
  /** Slugs of Apps. */
  readonly deployment_protection_rules?: readonly string[]
}

/** The fields of the environment's own PUT. */
export const WHOLE = [
  'wait_timer',
  'prevent_self_review',
  'can_admins_bypass',
  'reviewers',
  'deployment_branch_policy',
] as const

/** The ids and names that requests and messages need beside the document. */
export interface EnvironmentRef {
  /** Ids of reviewers and Apps, by entry. */
  readonly ids: Readonly<Record<string, number>>
  /** Ids of patterns, by entry: also of those that GitHub keeps while another policy is in force. */
  readonly patterns: Readonly<Record<string, number>>
  /** Ids of the rules of Apps, by slug. */
  readonly rules: Readonly<Record<string, number>>
  /** The fields of which GitHub's answer does not show all: a PUT without them would take away what it does not show. */
  readonly hidden?: readonly HiddenField[]
  /** The names of what is in it, where that was read. */
  readonly secrets?: readonly string[]
  readonly variables?: readonly string[]
}

/** Protection that a rule of GitHub's answer shows. */
export type HiddenField = 'wait_timer' | 'reviewers' | 'prevent_self_review'

/** A rule of GitHub's answer. */
interface Rule {
  readonly type: string
  readonly wait_timer?: number
  readonly prevent_self_review?: boolean
  readonly reviewers?: readonly { readonly type?: 'User' | 'Team'; readonly reviewer?: ListedReviewer }[]
}

interface ListedReviewer {
  readonly id: number
  readonly login?: string
  readonly slug?: string
}

/** GitHub's answer about one environment. */
export interface ListedEnvironment {
  readonly name: string
  readonly can_admins_bypass?: boolean
  readonly protection_rules?: readonly Rule[]
  readonly deployment_branch_policy?: {
    readonly protected_branches: boolean
    readonly custom_branch_policies: boolean
  } | null
}

/**
 * The document in GitHub's answer, and the ids of its reviewers, with their names as it shows them. Lists that other requests show are not in it, nor fields that
 * the answer shows only in part.
 */
export function environmentIn(
  listed: ListedEnvironment,
  known: Pick<Known, 'product'>,
): {
  readonly spec: Environment
  readonly ids: Readonly<Record<string, number>>
  readonly shown?: Readonly<Record<string, string>>
  readonly hidden: readonly HiddenField[]
} {
  const rules = listed.protection_rules
  const rulesOf = (type: string): readonly Rule[] => (rules ?? []).filter((rule) => rule.type === type)
  const [reviews, waits] = [rulesOf('required_reviewers'), rulesOf('wait_timer')]
  const ids: Record<string, number> = {}
  const entries: string[] = []
  let shown = rules !== undefined && reviews.every(({ reviewers }) => reviewers !== undefined)
  for (const { type, reviewer } of reviews.flatMap(({ reviewers }) => reviewers ?? [])) {
    const name = reviewer?.slug === undefined || type === 'User' ? reviewer?.login : reviewer.slug
    if (reviewer && name !== undefined) {
      const entry = `${name === reviewer.slug ? 'team' : 'user'}:${name}`
      ids[entry.toLowerCase()] = reviewer.id
      entries.push(entry)
    } else shown = false
  }
  const minutes = waits.map(({ wait_timer: given }) => given)
  const timed = rules !== undefined && !minutes.includes(undefined)
  const isTold =
    !known.product.accepts(ROUTES.put, 'prevent_self_review') ||
    reviews.every(({ prevent_self_review: prevents }) => prevents !== undefined)
  const policy = listed.deployment_branch_policy
  const custom = policy?.custom_branch_policies ? 'custom_branch_policies' : 'protected_branches'
  const { can_admins_bypass: bypass } = listed
  return {
    ids,
    ...shownNames(entries),
    hidden: [
      ...(timed ? [] : (['wait_timer'] as const)),
      ...(shown ? [] : (['reviewers'] as const)),
      ...(isTold ? [] : (['prevent_self_review'] as const)),
    ],
    spec: {
      ...(timed ? { wait_timer: Math.max(0, ...minutes.map(Number)) } : {}),
      prevent_self_review: reviews.some(({ prevent_self_review: prevents }) => prevents === true),
      ...(bypass === undefined ? {} : { can_admins_bypass: bypass }),
      ...(shown ? { reviewers: Object.keys(ids).sort() } : {}),
      deployment_branch_policy: policy ? custom : 'all',
    },
  }
}
