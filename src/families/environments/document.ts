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

/** The ids and names that requests and messages need beside the document. */
export interface EnvironmentRef {
  /** Ids of reviewers and Apps, by entry. */
  readonly ids: Readonly<Record<string, number>>
  /** Ids of patterns, by entry: also of those that GitHub keeps while another policy is in force. */
  readonly patterns: Readonly<Record<string, number>>
  /** Ids of the rules of Apps, by slug. */
  readonly rules: Readonly<Record<string, number>>
  /** The names of what is in it, where that was read. */
  readonly secrets?: readonly string[]
  readonly variables?: readonly string[]
}

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

/** The document in GitHub's answer, and the ids of its reviewers. Lists that other requests show are not in it. */
export function environmentIn(listed: ListedEnvironment): {
  readonly spec: Environment
  readonly ids: Readonly<Record<string, number>>
} {
  const rules = listed.protection_rules ?? []
  const reviewed = rules.find(({ type }) => type === 'required_reviewers')
  const ids: Record<string, number> = {}
  for (const { type, reviewer } of reviewed?.reviewers ?? []) {
    const name = type === 'Team' ? reviewer?.slug : reviewer?.login
    if (reviewer && name !== undefined) ids[`${type === 'Team' ? 'team' : 'user'}:${name.toLowerCase()}`] = reviewer.id
  }
  const policy = listed.deployment_branch_policy
  const custom = policy?.custom_branch_policies ? 'custom_branch_policies' : 'protected_branches'
  return {
    ids,
    spec: {
      wait_timer: rules.find(({ type }) => type === 'wait_timer')?.wait_timer ?? 0,
      prevent_self_review: reviewed?.prevent_self_review ?? false,
      ...(listed.can_admins_bypass === undefined ? {} : { can_admins_bypass: listed.can_admins_bypass }),
      reviewers: Object.keys(ids).sort(),
      deployment_branch_policy: policy ? custom : 'all',
    },
  }
}
