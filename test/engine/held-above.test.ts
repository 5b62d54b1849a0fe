import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const HELD = 'GitHub answers so where the level above holds it by policy. That is '

/** A wish of an organization, the status by which GitHub refuses it, and the same field in the enterprise. */
const REFUSED = [
  ['permissions', { allowed_actions: 'all' }, 409, { allowed_actions: 'all' }],
  ['self_hosted_runners', { enabled_repositories: 'all' }, 409, { disable_self_hosted_runners_for_all_orgs: false }],
  ['workflow_permissions', { default_workflow_permissions: 'write' }, 409, { default_workflow_permissions: 'write' }],
  ['cache_limits', { max_cache_size_gb: 8 }, 400, { max_cache_size_gb: 10 }],
  ['cache_limits', { max_cache_retention_days: 6 }, 400, { max_cache_retention_days: 7 }],
  ['artifact_and_log_retention', { days: 20 }, 409, { days: 30 }],
  ['artifact_and_log_retention', { days: 20 }, 422, { days: 30 }],
  [
    'fork_pr_workflows_private_repos',
    { run_workflows_from_fork_pull_requests: true },
    403,
    { run_workflows_from_fork_pull_requests: true },
  ],
] as const

/** What the organization has before. */
const NARROW: Readonly<Record<string, object>> = {
  permissions: { allowed_actions: 'local_only' },
  self_hosted_runners: { enabled_repositories: 'none' },
  workflow_permissions: { default_workflow_permissions: 'read' },
  fork_pr_workflows_private_repos: { run_workflows_from_fork_pull_requests: false },
}

async function refused(family: string, wish: object, status: number, above: 'no enterprise' | object) {
  const own = (fields: object) => ({ [family]: fields })
  const enterprise = above === 'no enterprise' ? {} : above
  const narrow = NARROW[family] ?? {}
  const seed = {
    enterprises: { inc: { organizations: { acme: {} }, ...own(enterprise) } },
    organizations: { acme: { repositories: {}, ...own(narrow) } },
  }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const inc = { organizations: { acme: own(wish) }, ...own(enterprise) }
  const yaml = above === 'no enterprise' ? { organizations: { acme: own(wish) } } : { enterprises: { inc } }
  const place = await workplace(
    sandbox,
    { 'octoform.yaml': stringify({ version: 1, ...yaml }) },
    { OCTOFORM_ENTERPRISE_TOKEN: 'token' },
  )
  await sandbox.fault({ method: 'PUT', status, times: 99, body: { message: 'Conflict', documentation_url: '' } })
  return place.run(['apply', '--auto-approve'])
}

it.each(REFUSED)('%s %j, refused with %i, names the enterprise with its line', async (family, wish, status, above) => {
  const { code, stdout } = await refused(family, wish, status, above)
  expect(code).toBe(1)
  expect(stdout).toContain(`${HELD}enterprises/inc/${family}, which is set at octoform.yaml:`)
  const [, line = ''] = /which is set at octoform\.yaml:(\d+):/.exec(stdout) ?? []
  // The family is said of the organization first.
  expect(Number(line)).toBeGreaterThan(6)
})

it.each(REFUSED)('%s %j, refused with %i, says that no file names the enterprise', async (family, wish, status) => {
  const { code, stdout } = await refused(family, wish, status, 'no enterprise')
  expect(code).toBe(1)
  expect(stdout).toContain(`${HELD}the enterprise of orgs/acme, which no file names.`)
})

it('a conflict of what no level above decides does not blame one', async () => {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: {} } } }, product: 'ghec' })
  const yaml = 'version: 1\norganizations: { acme: { runner_groups: { gpu: { visibility: all } } } }\n'
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  await sandbox.fault({ method: 'POST', status: 409, body: { message: 'Name taken', documentation_url: '' } })
  const { code, stdout } = await place.run(['apply', '--auto-approve'])
  expect(code).toBe(1)
  expect(stdout).not.toContain('by policy')
})

it('of a repository, names the organization, and what is above that', async () => {
  const family = 'workflow_permissions'
  const sandbox = await watchedSandbox({
    seed: { organizations: { acme: { repositories: { web: {} } } } },
    product: 'ghec',
  })
  const wish = { [family]: { can_approve_pull_request_reviews: false } }
  const yaml = { version: 1, organizations: { acme: { ...wish, repositories: { web: wish } } } }
  const place = await workplace(sandbox, { 'octoform.yaml': stringify(yaml) })
  await sandbox.call('PUT', '/orgs/acme/actions/permissions/workflow', { can_approve_pull_request_reviews: true })
  await sandbox.call('PUT', '/repos/acme/web/actions/permissions/workflow', { can_approve_pull_request_reviews: true })
  await sandbox.fault({ method: 'PUT', status: 409, times: 9, body: { message: 'Conflict', documentation_url: '' } })
  const { stdout } = await place.run(['apply', '--auto-approve'])
  expect(stdout).toContain(
    `${HELD}orgs/acme/${family}, which is set at octoform.yaml:5:7, or the enterprise's above it.`,
  )
})
