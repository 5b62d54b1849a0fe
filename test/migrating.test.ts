import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { workplace } from './support/octoform.ts'
import { withSandbox } from './support/sandbox.ts'

const PAGE = await readFile(resolve(import.meta.dirname, '../docs/migrating.md'), 'utf8')
const [refused = '', permissions = '', environments = '', patterns = '', owned = '', policies = '', suborg = ''] = [
  ...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g),
]
  .map(([, yaml = '']) => yaml)
  .filter((yaml) => yaml.startsWith('version: 1'))

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      plan: 'enterprise',
      teams: { release: { id: 12 } },
      repositories: { web: {}, website: {}, releng: {}, docs: {} },
    },
  },
}

async function applied(yaml: string): Promise<(path: string) => Promise<unknown>> {
  const sandbox = await withSandbox({ seed: SEED })
  const place = await workplace(
    sandbox,
    { 'octoform.yaml': yaml },
    { PROD_DB_URL: 'planted-url', NPM_TOKEN: 'planted' },
  )
  const { code, stderr } = await place.run(['apply', '--auto-approve'])
  expect(code, stderr).toBe(0)
  const again = await place.run(['plan', '--detailed-exitcode'])
  expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
  return async (path) => (await sandbox.call('GET', path)).body
}

it("what otterdog's repositories have beyond their organization is an error with its line", async () => {
  const place = await workplace(await withSandbox({ seed: SEED }), { 'octoform.yaml': refused })
  const { code, stdout, stderr } = await place.run(['validate'])
  expect(code).toBe(1)
  for (const line of [7, 9]) {
    expect(stdout + stderr).toMatch(
      new RegExp(`octoform.yaml:${line}:.*default_workflow_permissions: write is more than`),
    )
  }
})

it("otterdog's workflow permissions of each repository", async () => {
  const read = await applied(permissions)
  const of = (repository: string): Promise<unknown> => read(`/repos/acme/${repository}/actions/permissions/workflow`)
  const none = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }
  expect(await of('docs')).toEqual(none)
  expect(await of('website')).toEqual({ ...none, default_workflow_permissions: 'write' })
  expect(await of('releng')).toEqual({
    default_workflow_permissions: 'write',
    can_approve_pull_request_reviews: true,
  })
})

it("a Terraform module's environments, reviewers, branches, secrets and variables", async () => {
  const read = await applied(environments)
  const prod = (await read('/repos/acme/web/environments/prod')) as { readonly protection_rules: object[] }
  expect(prod).toMatchObject({
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    protection_rules: expect.arrayContaining([
      expect.objectContaining({ type: 'wait_timer', wait_timer: 30 }),
      expect.objectContaining({
        type: 'required_reviewers',
        prevent_self_review: true,
        reviewers: [expect.objectContaining({ type: 'Team', reviewer: expect.objectContaining({ slug: 'release' }) })],
      }),
    ]),
  })
  expect(await read('/repos/acme/web/environments/prod/deployment-branch-policies')).toMatchObject({
    branch_policies: expect.arrayContaining([
      expect.objectContaining({ name: 'main', type: 'branch' }),
      expect.objectContaining({ name: 'v*', type: 'tag' }),
    ]),
  })
  expect(await read('/repos/acme/web/environments/prod/secrets')).toMatchObject({ secrets: [{ name: 'DB_URL' }] })
  expect(await read('/repos/acme/web/environments/prod/variables')).toMatchObject({
    variables: [{ name: 'REGION', value: 'eu-west-1' }],
  })
})

it('twenty patterns and pinning', async () => {
  const read = await applied(patterns)
  expect(await read('/orgs/acme/actions/permissions')).toMatchObject({
    allowed_actions: 'selected',
    sha_pinning_required: true,
  })
  const actions = (await read('/orgs/acme/actions/permissions/selected-actions')) as { patterns_allowed: string[] }
  expect(new Set(actions.patterns_allowed).size).toBe(20)
})

it("Terraform's secrets, variables, runner groups and permissions of an organization", async () => {
  const read = await applied(owned)
  expect(await read('/orgs/acme/actions/secrets')).toMatchObject({
    secrets: [{ name: 'NPM_TOKEN', visibility: 'selected' }],
  })
  expect(await read('/orgs/acme/actions/secrets/NPM_TOKEN/repositories')).toMatchObject({
    repositories: [expect.objectContaining({ name: 'releng' })],
  })
  expect(await read('/orgs/acme/actions/variables')).toMatchObject({
    variables: [{ name: 'REGION', visibility: 'all' }],
  })
  expect(await read('/orgs/acme/actions/runner-groups')).toMatchObject({
    runner_groups: expect.arrayContaining([expect.objectContaining({ name: 'gpu', visibility: 'selected' })]),
  })
})

it("otterdog's secrets and policies of an organization", async () => {
  const read = await applied(policies)
  expect(await read('/orgs/acme/actions/permissions')).toMatchObject({ allowed_actions: 'selected' })
  expect(await read('/orgs/acme/actions/permissions/selected-actions')).toMatchObject({ github_owned_allowed: true })
  expect(await read('/orgs/acme/actions/secrets/NPM_TOKEN/repositories')).toMatchObject({ total_count: 2 })
})

it("safe-settings' environments and variables, by sub-organization and repository", async () => {
  const read = await applied(suborg)
  expect(await read('/repos/acme/releng/environments/prod')).toMatchObject({
    protection_rules: expect.arrayContaining([expect.objectContaining({ type: 'wait_timer', wait_timer: 30 })]),
  })
  expect(await read('/repos/acme/releng/environments/prod/variables')).toMatchObject({
    variables: [{ name: 'REGION', value: 'eu-west-1' }],
  })
  expect(await read('/repos/acme/web/environments/preview')).toMatchObject({
    deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
  })
  expect(await read('/repos/acme/web/actions/variables')).toMatchObject({ variables: [{ name: 'LOG_LEVEL' }] })
})
