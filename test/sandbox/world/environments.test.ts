import { expect, it } from 'vitest'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { sealed, withSandbox } from '../../support/sandbox.ts'

const seed = {
  organizations: {
    acme: {
      repositories: {
        web: { id: 101, environments: { Prod: { id: 5, secrets: { A: { value: 'old' } } }, 'eu/west': {} } },
        old: { id: 102, archived: true, environments: { prod: { secrets: { A: { value: 'old' } } } } },
      },
    },
  },
}

it('an environment is found without case, and takes what is in it along', async () => {
  const sandbox = await withSandbox({ seed, product: 'ghec' })
  expect((await sandbox.call('GET', '/repos/acme/web/environments/PROD/secrets/a')).status).toBe(200)
  expect((await sandbox.call('GET', '/repos/acme/web/environments/none/secrets')).status).toBe(404)
  expect((await sandbox.call('DELETE', '/repos/acme/web/environments/prod')).status).toBe(204)
  expect((await sandbox.call('GET', '/repos/acme/web/environments/prod/secrets')).status).toBe(404)
  expect((await sandbox.call('PUT', '/repos/acme/web/environments/prod')).status).toBe(200)
  expect((await sandbox.call('GET', '/repos/acme/web/environments/prod/secrets')).body).toMatchObject({
    total_count: 0,
  })
  const { body } = await sandbox.call('GET', '/repos/acme/web/environments')
  expect(body).toMatchObject({ total_count: 2, environments: [{ name: 'eu/west' }, { name: 'prod' }] })
})

it.each([
  ['ghes-3.9', '/repositories/101/environments/prod/secrets', '/repositories/102/environments/prod/secrets'],
  ['ghes-3.10', '/repos/acme/web/environments/prod/secrets', '/repos/acme/old/environments/prod/secrets'],
])(
  '%s opens what is sealed for the environment, and not what is for its repository',
  async (product, path, archived) => {
    const sandbox = await withSandbox({ seed, product })
    const wrong = await sealed(sandbox, '/repos/acme/web/actions/secrets', 'new')
    expect((await sandbox.call('PUT', `${path}/B`, wrong)).status).toBe(422)
    const own = await sealed(sandbox, path, 'new')
    expect((await sandbox.call('PUT', `${path}/B`, own)).status).toBe(201)
    expect(sandbox.state()).toMatchObject({
      organizations: {
        acme: {
          repositories: { web: { environments: { Prod: { secrets: { A: { value: 'old' }, B: { value: 'new' } } } } } },
        },
      },
    })
    await sandbox.call('POST', '/_sandbox/rotate-keys', { owner: 'acme', repository: 'web' })
    expect((await sandbox.call('PUT', `${path}/B`, own)).status).toBe(422)
    expect((await sandbox.call('DELETE', `${archived}/A`)).status).toBe(403)
  },
)

it.each([
  ['ghes-3.9', '/repositories/101/environments/prod/secrets'],
  ['ghes-3.10', '/repos/acme/web/environments/prod/secrets'],
])('%s asks a token for the permission of environments', async (product, path) => {
  const tokens = {
    classic: { scopes: ['repo'] },
    other: { scopes: ['admin:org'] },
    none: { permissions: { metadata: 'read' } },
  }
  const sandbox = await withSandbox({ seed: { ...seed, tokens }, product })
  const asked = await Promise.all(
    ['classic', 'other', 'none'].map((token) => sandbox.call('GET', path, undefined, token)),
  )
  // Without the scope `repo` a private repository is not there.
  expect(asked.map(({ status }) => status)).toEqual([200, 404, 403])
})

it.each([
  [{ Prod: {}, prod: {} }, 'environments.prod is there twice'],
  [{ ' ': {} }, 'the name is blank'],
  [{ prod: { wait_timer: -1 } }, 'must be a whole number of minutes'],
  [
    { prod: { deployment_branch_policy: { protected_branches: true, custom_branch_policies: true } } },
    'must have one of the two true',
  ],
])('%j are no environments of a seed', async (environments, message) => {
  const repositories = { 'acme/web': { environments } }
  await expect(startSandbox({ seed: { repositories } })).rejects.toThrow(message)
})
