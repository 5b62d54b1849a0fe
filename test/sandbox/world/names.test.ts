import { describe, expect, it } from 'vitest'
import { sealed, type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      id: 5,
      permissions: { enabled_repositories: 'selected', repositories: ['web', 'api'] },
      secrets: { S: { visibility: 'selected', repositories: ['web', 'api'], value: 's' } },
      runner_groups: { gpu: { id: 5, visibility: 'selected', repositories: ['web', 'api'] } },
      repositories: {
        web: { id: 101, secrets: { TOKEN: { value: 'old' } } },
        api: { id: 102, former_names: ['service', 'rival/service'] },
      },
    },
    rival: { id: 6, repositories: { site: { id: 201 } } },
  },
}

async function rename(sandbox: TestSandbox, name: string, to: string): Promise<void> {
  expect((await sandbox.call('PATCH', `/repos/acme/${name}`, { name: to })).status).toBe(200)
}

describe('a former name', () => {
  it.each([
    ['GET', '', 301],
    ['GET', '/actions/permissions', 301],
    ['PATCH', '', 307],
    ['PUT', '/actions/permissions', 307],
    ['PUT', '/actions/secrets/TOKEN', 307],
    ['DELETE', '/actions/secrets/TOKEN', 307],
    ['DELETE', '', 307],
  ])('answers %s %s by %i with the id, and changes nothing', async (method, below, status) => {
    const sandbox = await withSandbox({ seed: SEED })
    await rename(sandbox, 'web', 'site')
    const before = sandbox.state()
    const secret = await sealed(sandbox, '/repositories/101/actions/secrets', 'new')
    const bodies: Record<string, object> = {
      PATCH: { name: 'x' },
      PUT: below.includes('secrets') ? secret : { enabled: true },
    }
    const reply = await sandbox.call(method, `/repos/acme/WEB${below}`, bodies[method])
    expect(reply).toMatchObject({ status, headers: { location: `${sandbox.url}/repositories/101${below}` } })
    expect(sandbox.state()).toEqual(before)
    const there = await sandbox.call(method, String(reply.headers.location), bodies[method])
    expect(there.status).toBeLessThan(300)
  })

  it('means another id once two repositories have swapped their names', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await rename(sandbox, 'web', 'passing')
    await rename(sandbox, 'api', 'web')
    await rename(sandbox, 'passing', 'api')
    expect((await sandbox.call('GET', '/repos/acme/web')).body).toMatchObject({ id: 102 })
    expect((await sandbox.call('GET', '/repos/acme/api')).body).toMatchObject({ id: 101 })
    expect((await sandbox.call('GET', '/repos/acme/passing')).headers.location).toMatch(/\/repositories\/101$/)
    expect((await sandbox.call('GET', '/repos/rival/service')).headers.location).toMatch(/\/repositories\/102$/)
  })

  it('of a repository that was transferred leads to its new owner, whose lists alone may name it', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    expect((await sandbox.call('POST', '/_sandbox/move', { repository: 'acme/web', to: 'Rival/web' })).status).toBe(204)
    const reply = await sandbox.call('GET', '/repos/acme/web/actions/secrets')
    expect(reply).toMatchObject({
      status: 301,
      headers: { location: `${sandbox.url}/repositories/101/actions/secrets` },
    })
    expect((await sandbox.call('GET', '/repositories/101')).body).toMatchObject({ full_name: 'rival/web' })
    expect(sandbox.state()).toMatchObject({
      organizations: {
        acme: {
          permissions: { repositories: ['api'] },
          secrets: { S: { repositories: ['api'] } },
          runner_groups: { gpu: { repositories: ['api'] } },
        },
        rival: { repositories: { web: { id: 101, former_names: ['acme/web'], secrets: { TOKEN: { value: 'old' } } } } },
      },
    })
    const again = await withSandbox({ seed: sandbox.state() })
    expect(again.state()).toEqual(sandbox.state())
  })

  it('is a new repository with a new id once it was deleted and made again', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await sandbox.call('DELETE', '/repos/acme/web')
    expect((await sandbox.call('GET', '/repos/acme/web')).status).toBe(404)
    await sandbox.call('POST', '/orgs/acme/repos', { name: 'web' })
    expect((await sandbox.call('GET', '/repos/acme/web')).body).toMatchObject({ id: 202 })
  })

  it('is not told to those who may not see the repository', async () => {
    const seed = { ...SEED, tokens: { poor: { scopes: ['admin:org'] }, owner: {} } }
    const sandbox = await withSandbox({ seed })
    await rename(sandbox, 'web', 'site')
    expect((await sandbox.call('GET', '/repos/acme/web', undefined, 'poor')).status).toBe(404)
  })
})

describe('an account', () => {
  it('that was renamed is unknown under its former name, and its repositories redirect', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    expect((await sandbox.call('POST', '/_sandbox/accounts', { owner: 'acme', login: 'Apex' })).status).toBe(204)
    expect((await sandbox.call('GET', '/orgs/acme')).status).toBe(404)
    expect((await sandbox.call('GET', '/orgs/apex')).body).toMatchObject({ id: 5, login: 'Apex' })
    expect((await sandbox.call('GET', '/organizations/5/repos')).body).toMatchObject([{ full_name: 'Apex/api' }, {}])
    expect((await sandbox.call('GET', '/repos/acme/web')).headers.location).toMatch(/\/repositories\/101$/)
    expect((await sandbox.call('GET', '/repos/apex/web')).body).toMatchObject({ id: 101 })
  })

  it('may be another one under the same name', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await sandbox.call('POST', '/_sandbox/accounts', { owner: 'acme', id: 55 })
    expect((await sandbox.call('GET', '/orgs/acme')).body).toMatchObject({ id: 55 })
  })
})

it.each([
  ['/_sandbox/move', { repository: 'acme', to: 'acme/b' }, 422],
  ['/_sandbox/move', { repository: 'acme/none', to: 'acme/b' }, 404],
  ['/_sandbox/move', { repository: 'acme/web', to: 'nobody/web' }, 404],
  ['/_sandbox/move', { repository: 'acme/web', to: 'acme/api' }, 422],
  ['/_sandbox/move', { repository: 'acme/web', to: 'acme/a b' }, 422],
  ['/_sandbox/accounts', { owner: 'nobody', id: 7 }, 404],
  ['/_sandbox/accounts', { owner: 'acme', id: 0 }, 422],
  ['/_sandbox/accounts', { owner: 'acme', login: 'rival' }, 422],
  ['/_sandbox/accounts', { owner: 'acme', login: 'a_b!' }, 422],
])('%s refuses %j with %i', async (path, body, status) => {
  const sandbox = await withSandbox({ seed: SEED })
  expect((await sandbox.call('POST', path, body)).status).toBe(status)
})
