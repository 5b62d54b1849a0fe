import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const LISTED = {
  allowed_actions: 'selected',
  selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] },
}
const ORGANIZATION = '/orgs/{org}/actions/permissions'
const REFUSED = { method: 'PUT', route: ORGANIZATION, status: 500, times: 3 }

it('an organization that forbids one thing and allows another does the first before its enterprise allows more', async () => {
  const above = { enabled_organizations: 'all', ...LISTED, sha_pinning_required: true }
  const seed = {
    organizations: { acme: { permissions: { enabled_repositories: 'all' }, repositories: { web: {} } } },
    enterprises: { inc: { organizations: { acme: {} }, permissions: above } },
  }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const own = { allowed_actions: 'local_only', sha_pinning_required: false }
  const permissions = { allowed_actions: 'all', sha_pinning_required: false }
  const inc = { permissions, organizations: { acme: { permissions: own } } }
  const files = { 'octoform.yaml': stringify({ version: 1, enterprises: { inc } }) }
  const place = await workplace(sandbox, files, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
  const ran = await place.run(['apply', '--auto-approve', '--owner', 'enterprises/inc', '--owner', 'acme'])
  expect(ran, ran.stdout).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toEqual([
    'PUT /orgs/acme/actions/permissions',
    'PUT /enterprises/inc/actions/permissions',
    'PUT /orgs/acme/actions/permissions',
  ])
})

it.each<[string, object, object, object]>([
  ['allows more', { allowed_actions: 'local_only' }, { allowed_actions: 'all' }, { enabled_repositories: 'none' }],
  ['comes to hold a list of actions', { allowed_actions: 'all' }, LISTED, { allowed_actions: 'local_only' }],
  ['ends its pinning', { sha_pinning_required: true }, { sha_pinning_required: false }, LISTED],
])('an enterprise that %s waits for an organization that was to be closed before', async (_, has, wants, own) => {
  const seed = {
    organizations: { acme: { permissions: { enabled_repositories: 'all' }, repositories: { web: {} } } },
    enterprises: { inc: { organizations: { acme: {} }, permissions: { enabled_organizations: 'all', ...has } } },
  }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const inc = { permissions: wants, organizations: { acme: { permissions: own } } }
  const files = { 'octoform.yaml': stringify({ version: 1, enterprises: { inc } }) }
  const place = await workplace(sandbox, files, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
  await sandbox.fault(REFUSED)
  const apply = ['apply', '--auto-approve', '--owner', 'enterprises/inc', '--owner', 'acme']
  expect(await place.run(apply)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/was to be closed before this opens/),
  })
  expect([...new Set(sandbox.writes())]).toEqual(['PUT /orgs/acme/actions/permissions'])
  expect((await place.run(apply)).code).toBe(0)
})
