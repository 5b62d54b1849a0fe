import { expect, it } from 'vitest'
import { sealed, withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  enterprises: { inc: { id: 3, organizations: { acme: {} } } },
  organizations: {
    acme: {
      id: 11,
      audit_log: [
        { action: 'org.update_actions_secret', actor: 'mona', created_at: '2024-01-01T10:00:00Z', key: 'TOKEN' },
        { action: 'repo.create', actor: 'hubot', created_at: '2024-02-01T10:00:00Z', repository: 'acme/web' },
      ],
      repositories: { web: { id: 101, runs: { 1: { status: 'completed', artifacts: { site: { id: 5 } } } } } },
    },
  },
  tokens: { owner: {}, monas: { user: 'mona' } },
}
const PATH = '/orgs/acme/audit-log'
const actions = (body: unknown) => (body as { action: string }[]).map(({ action }) => action)

it.each(SERVED_PRODUCTS)('%s logs what was written as GitHub describes it', async (product) => {
  const seed = product === 'dotcom' ? { organizations: SEED.organizations } : SEED
  const { call, state } = await withSandbox({ seed, product })
  await call('DELETE', '/repos/acme/web/actions/artifacts/5')
  const isThere = product !== 'ghes-2.22' && product !== 'dotcom'
  for (const path of [PATH, '/enterprises/inc/audit-log']) {
    const { status, body } = await call('GET', path)
    expect(status).toBe(isThere ? 200 : 404)
    if (isThere) expect(actions(body)).toEqual(['artifact.destroy', 'repo.create', 'org.update_actions_secret'])
  }
  expect((await withSandbox({ seed: state() })).state()).toEqual(state())
})

it('each write is named as GitHub names it, with who and where', async () => {
  const sandbox = await withSandbox({ seed: SEED, product: 'ghec' })
  const { call } = sandbox
  const value = await sealed(sandbox, '/repos/acme/web/actions/secrets', 'x')
  const writes: readonly (readonly [method: string, path: string, body?: object])[] = [
    ['PUT', '/repos/acme/web/actions/secrets/NEW', value],
    ['PUT', '/repos/acme/web/actions/secrets/NEW', value],
    ['DELETE', '/repos/acme/web/actions/secrets/NEW'],
    ['DELETE', '/repos/acme/web/actions/secrets/NEW'],
    ['POST', '/orgs/acme/actions/variables', { name: 'STAGE', value: 'eu', visibility: 'all' }],
    ['PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'all', allowed_actions: 'all' }],
    ['POST', '/orgs/acme/actions/runner-groups', { name: 'gpu' }],
    ['PUT', '/repos/acme/web/environments/prod', {}],
    ['DELETE', '/repos/acme/web/actions/runs/1'],
    ['POST', '/enterprises/inc/actions/runner-groups', { name: 'shared' }],
    ['PUT', '/enterprises/inc/actions/permissions/workflow', { default_workflow_permissions: 'read' }],
    ['PATCH', '/repos/acme/web', { archived: true }],
  ]
  for (const [method, path, body] of writes) {
    await call(method, path, body, 'monas')
    // Of two acts at the same moment in two places, no order is known.
    await call('POST', '/_sandbox/clock', { advance_ms: 1 })
  }
  const { body } = await call('GET', '/enterprises/inc/audit-log?phrase=actor:mona%20created:%3E2025-01-01&order=asc')
  expect(actions(body)).toEqual([
    'repo.create_actions_secret',
    'repo.update_actions_secret',
    'repo.remove_actions_secret',
    'org.create_actions_variable',
    'org.update_actions_settings',
    'org.runner_group_created',
    'environment.update_protection_rule',
    'workflows.delete_workflow_run',
    'enterprise.runner_group_created',
    'business.set_default_workflow_permissions',
    'repo.archived',
  ])
  expect((body as object[])[0]).toMatchObject({ actor: 'mona', org: 'acme', repo: 'acme/web', data: { key: 'NEW' } })
})

it.each([
  ['phrase=action:org', ['org.update_actions_secret']],
  ['phrase=action:org%20action:repo.create', ['repo.create', 'org.update_actions_secret']],
  ['phrase=-actor:mona', ['repo.create']],
  ['phrase=repo:acme/web', ['repo.create']],
  ['phrase=created:2024-01-01', ['org.update_actions_secret']],
  ['phrase=org:acme&include=all', ['repo.create', 'org.update_actions_secret']],
  ['include=git', []],
])('%s', async (query, wanted) => {
  const { call } = await withSandbox({ seed: SEED })
  expect(actions((await call('GET', `${PATH}?${query}`)).body)).toEqual(wanted)
})

it('its pages follow one another by their links', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const first = await call('GET', `${PATH}?per_page=1`)
  const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.link ?? '') ?? []
  const second = await call('GET', next)
  expect([...actions(first.body), ...actions(second.body)]).toEqual(['repo.create', 'org.update_actions_secret'])
  expect(second.headers.link).toBeUndefined()
})
