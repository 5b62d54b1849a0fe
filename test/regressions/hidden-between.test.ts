import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import type { Body } from '../worlds/world.ts'

const APPLY = ['apply', '--auto-approve', '--owner', 'enterprises/inc', '--owner', 'acme']

/** The enterprise's before and after, the organization's own behind it, and what the YAML wants of a repository. */
type Row = readonly [family: string, before: Body, own: Body, after: Body, wish: Body]
const ROWS: readonly Row[] = [
  [
    'cache_limits',
    { max_cache_size_gb: 20 },
    { max_cache_size_gb: 40 },
    { max_cache_size_gb: 50 },
    { max_cache_size_gb: 50 },
  ],
  [
    'cache_limits',
    { max_cache_retention_days: 5 },
    { max_cache_retention_days: 5 },
    { max_cache_retention_days: 9 },
    { max_cache_retention_days: 6 },
  ],
  ['artifact_and_log_retention', { days: 20 }, { days: 40 }, { days: 50 }, { days: 45 }],
  [
    'workflow_permissions',
    { default_workflow_permissions: 'read' },
    { default_workflow_permissions: 'read' },
    { default_workflow_permissions: 'write' },
    { default_workflow_permissions: 'write' },
  ],
  [
    'workflow_permissions',
    { can_approve_pull_request_reviews: false },
    { can_approve_pull_request_reviews: false },
    { can_approve_pull_request_reviews: true },
    { can_approve_pull_request_reviews: true },
  ],
  ...['run_workflows_from_fork_pull_requests', 'send_write_tokens_to_workflows', 'send_secrets_and_variables'].map(
    (field): Row => {
      const runs = { run_workflows_from_fork_pull_requests: true }
      return [
        'fork_pr_workflows_private_repos',
        { [field]: false },
        { ...runs, [field]: false },
        { ...runs, [field]: true },
        { ...runs, [field]: true },
      ]
    },
  ),
  [
    'permissions',
    { allowed_actions: 'local_only' },
    { allowed_actions: 'local_only' },
    { allowed_actions: 'all' },
    { allowed_actions: 'all' },
  ],
  [
    'permissions',
    { allowed_actions: 'local_only' },
    { allowed_actions: 'selected', selected_actions: { patterns_allowed: ['a/*'] } },
    { allowed_actions: 'all' },
    { allowed_actions: 'all' },
  ],
  [
    'permissions',
    { sha_pinning_required: true },
    { sha_pinning_required: true },
    { sha_pinning_required: false },
    { sha_pinning_required: false },
  ],
]

/** GitHub shows the stricter of both: whether the organization follows its enterprise shows once that is opened. */
it.each(ROWS)(
  'what an organization has behind its enterprise is not guessed: %s: enterprise %j, organization %j; YAML: enterprise %j, repository %j',
  async (family, before, own, after, wish) => {
    const hidden = { [family]: own }
    for (const [organization, code] of [
      [hidden, 2],
      [{}, 0],
    ] as const) {
      const web = { visibility: 'private', [family]: { ...wish, ...before } }
      const sandbox = await watchedSandbox({
        product: 'ghec',
        seed: {
          organizations: { acme: { ...organization, repositories: { web } } },
          enterprises: { inc: { organizations: { acme: {} }, [family]: before } },
        },
      })
      const acme = { repositories: { web: { [family]: wish } } }
      const yaml = stringify({ version: 1, enterprises: { inc: { [family]: after, organizations: { acme } } } })
      const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
      const first = await place.run(APPLY)
      expect(first.code).toBe(2)
      expect(first.stdout).toMatch(/Held back\n.* the organization.*\n +The organization may have one of its own/)
      expect((await place.run(APPLY)).code).toBe(code)
      expect(sandbox.asked.filter(({ status }) => status >= 400)).toEqual([])
    }
  },
)
