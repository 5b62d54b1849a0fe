import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'

/** Values from narrow to wide, or `never` where no change gives access, or `always` where every one may. */
type Direction = readonly Json[] | 'never' | 'always'

const LIST: Direction = [[], ['one'], ['one', 'two']]
const ALLOWED: Direction = ['local_only', 'all']
const OFF_IS_NARROW: Direction = [false, true]
const ON_IS_NARROW: Direction = [true, false]
const VALUES = { visibility: ['selected', 'private', 'all'], repositories: LIST, value: 'never' } as const

/** GitHub's documentation of each field says who may do what; the direction follows from that, not from the families. */
const DIRECTIONS: Readonly<Record<string, Readonly<Record<string, Direction>>>> = {
  permissions: {
    enabled_organizations: ['none', 'selected', 'all'],
    organizations: LIST,
    enabled_repositories: ['none', 'selected', 'all'],
    repositories: LIST,
    enabled: OFF_IS_NARROW,
    allowed_actions: ALLOWED,
    sha_pinning_required: ON_IS_NARROW,
    'selected_actions.github_owned_allowed': OFF_IS_NARROW,
    'selected_actions.verified_allowed': OFF_IS_NARROW,
    'selected_actions.patterns_allowed': LIST,
  },
  workflow_permissions: {
    default_workflow_permissions: ['read', 'write'],
    can_approve_pull_request_reviews: OFF_IS_NARROW,
  },
  workflow_access: { access_level: ['none', 'user', 'organization', 'enterprise'] },
  artifact_and_log_retention: { days: 'never' },
  fork_pr_contributor_approval: {
    approval_policy: ['all_external_contributors', 'first_time_contributors', 'first_time_contributors_new_to_github'],
  },
  fork_pr_workflows_private_repos: {
    run_workflows_from_fork_pull_requests: OFF_IS_NARROW,
    send_write_tokens_to_workflows: OFF_IS_NARROW,
    send_secrets_and_variables: OFF_IS_NARROW,
    require_approval_for_fork_pr_workflows: ON_IS_NARROW,
  },
  self_hosted_runners: {
    enabled_repositories: ['none', 'selected', 'all'],
    repositories: LIST,
    disable_self_hosted_runners_for_all_orgs: ON_IS_NARROW,
  },
  oidc_subject_claim: { include_claim_keys: 'always', use_immutable_subject: 'always', use_default: 'always' },
  oidc_issuer: { include_enterprise_slug: 'always' },
  oidc_custom_properties: {},
  cache_limits: {
    max_cache_retention_days: 'never',
    max_cache_size_gb: 'never',
    repo_cache_size_limit_in_gb: 'never',
    max_repo_cache_size_limit_in_gb: 'never',
  },
  secrets: VALUES,
  dependabot_secrets: VALUES,
  codespaces_secrets: VALUES,
  agents_secrets: VALUES,
  variables: { ...VALUES, renamed_from: 'never' },
  agents_variables: { ...VALUES, renamed_from: 'never' },
  environments: {
    wait_timer: [60, 30, 0],
    prevent_self_review: ON_IS_NARROW,
    can_admins_bypass: OFF_IS_NARROW,
    reviewers: [['one'], ['one', 'two'], []],
    deployment_branch_policy: ['protected_branches', 'all'],
    deployment_branch_policies: LIST,
    deployment_protection_rules: [['one', 'two'], ['one'], []],
  },
  workflows: { state: ['disabled', 'active'] },
  // A job goes to a runner that has all of its labels: either way other jobs may reach it.
  runners: { labels: 'always' },
  runner_groups: {
    visibility: ['selected', 'private', 'all'],
    repositories: LIST,
    organizations: LIST,
    runners: LIST,
    allows_public_repositories: OFF_IS_NARROW,
    restricted_to_workflows: ON_IS_NARROW,
    selected_workflows: LIST,
    inherited: 'never',
    // Another network is wider than this one, too: its test is with the family's.
    network_configuration_id: ['none', '934E208B3EE0BD60'],
    renamed_from: 'never',
  },
  hosted_runners: {
    'image.id': 'never',
    'image.source': 'never',
    'image.version': 'never',
    size: 'never',
    runner_group: 'always',
    maximum_runners: 'never',
    enable_static_ip: 'never',
    image_gen: 'never',
  },
}

/** Two values that differ, for fields that count whichever way they change. */
const DIFFER: readonly (readonly [Json, Json])[] = [
  [1, 2],
  [false, true],
  [['one'], ['one', 'two']],
]

describe.each(families.map((family) => ({ name: family.name, family })))('the fields of $name', ({ name, family }) => {
  const rows = Object.entries(DIRECTIONS[name] ?? {})

  it('are those of the table', () => {
    expect(Object.keys(family.fields).sort()).toEqual(rows.map(([field]) => field).sort())
  })

  it.each(rows)('%s is wider as it should be', (path, direction) => {
    const field = fieldAt(family, path)
    const wider = (before: Json, after: Json): boolean => isWider(field, before, after)
    if (typeof direction === 'string') {
      const is = direction === 'always'
      for (const [one, other] of DIFFER) expect([wider(one, other), wider(other, one)]).toEqual([is, is])
      return
    }
    direction.forEach((narrow, index) => {
      for (const wide of direction.slice(index + 1)) {
        expect([narrow, wide, wider(narrow, wide), wider(wide, narrow)]).toEqual([narrow, wide, true, false])
      }
    })
  })
})
