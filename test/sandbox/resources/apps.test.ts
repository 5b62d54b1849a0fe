import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { appKey, jsonWebToken } from '../../support/app-key.ts'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const FIRST = appKey('reader')
const SECOND = appKey('second')
const GRANTED = { organization_secrets: 'read', metadata: 'read', contents: 'write' }

const SEED = {
  organizations: {
    acme: {
      secrets: { NPM: { visibility: 'selected', repositories: ['web', 'api'] } },
      permissions: { enabled_repositories: 'selected', repositories: ['web', 'api'] },
      runner_groups: { gpu: { id: 7, visibility: 'selected', repositories: ['web', 'api'] } },
      repositories: { web: { id: 101 }, api: { id: 102 }, site: { id: 103, visibility: 'public' } },
    },
    other: { repositories: { lib: { id: 201 } } },
    asleep: {},
  },
  repositories: { 'octocat/hello': { id: 301 } },
  apps: {
    reader: {
      id: 11,
      private_key_public: FIRST.publicKey,
      installations: {
        acme: { id: 21, repositories: ['web'], permissions: GRANTED },
        octocat: { id: 22, permissions: { metadata: 'read' } },
        asleep: { id: 23, permissions: GRANTED, suspended: true },
      },
    },
    second: { private_key_public: SECOND.publicKey },
  },
  tokens: { owner: {}, whole: { app: 'reader', owner: 'octocat' } },
}
const TOKENS = '/app/installations/21/access_tokens'

function jwt(claims: object = {}, key = FIRST.privateKey): string {
  const now = Math.floor(Date.now() / 1000)
  return jsonWebToken(key, { iat: now - 30, exp: now + 570, iss: 11, ...claims })
}

async function mint(sandbox: TestSandbox, body?: object): Promise<string> {
  const reply = await sandbox.call('POST', TOKENS, body, jwt())
  expect(reply.status).toBe(201)
  return (reply.body as { token: string }).token
}

it.each(SERVED_PRODUCTS)('%s tells an App of itself as GitHub describes it', async (product) => {
  const { call } = await withSandbox({ seed: SEED, product })
  expect((await call('GET', '/app', undefined, jwt())).body).toMatchObject({
    id: 11,
    slug: 'reader',
    installations_count: 3,
  })
  const organization = await call('GET', '/orgs/ACME/installation', undefined, jwt())
  expect(organization.body).toMatchObject({
    id: 21,
    app_id: 11,
    repository_selection: 'selected',
    target_type: 'Organization',
    permissions: GRANTED,
    suspended_at: null,
  })
  const user = await call('GET', '/users/octocat/installation', undefined, jwt())
  expect(user.body).toMatchObject({ id: 22, repository_selection: 'all', target_type: 'User' })
  const token = await call('POST', TOKENS, undefined, jwt())
  expect(token).toMatchObject({
    status: 201,
    body: { token: expect.stringMatching(/^ghs_\w{36}$/), permissions: GRANTED },
  })
})

describe('a JSON web token', () => {
  const now = Math.floor(Date.now() / 1000)

  it.each([
    ['issued in the future', { iat: now + 120 }, 401, "'Issued at' claim ('iat') must be an Integer"],
    ['without a time of issue', { iat: undefined }, 401, "'Issued at' claim ('iat') must be an Integer"],
    ['that has ended', { exp: now - 1 }, 401, "'Expiration time' claim ('exp') must be a numeric value"],
    ['without an end', { exp: undefined }, 401, "'Expiration time' claim ('exp') must be a numeric value"],
    [
      'that ends in eleven minutes',
      { exp: now + 660 },
      401,
      "'Expiration time' claim ('exp') is too far in the future",
    ],
    ['of an App that is not there', { iss: 99 }, 404, 'Integration not found'],
    ['of another App', { iss: 301 }, 401, 'A JSON web token could not be decoded'],
  ])('%s is refused', async (_, claims, status, message) => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('GET', '/app', undefined, jwt(claims))
    expect(reply).toMatchObject({ status, body: { message: expect.stringContaining(message) } })
  })

  it.each([
    ['signed by another key', jwt({}, SECOND.privateKey)],
    [
      'that says it is not signed',
      jsonWebToken(FIRST.privateKey, { iss: 11, iat: now, exp: now + 60 }, { alg: 'none' }),
    ],
    ['that is no JSON', 'abc.def.ghi'],
    ['that is an ordinary token', 'owner'],
  ])('%s is refused', async (_, credential) => {
    const { call } = await withSandbox({ seed: SEED })
    for (const [method, path] of [
      ['GET', '/app'],
      ['GET', '/orgs/acme/installation'],
      ['POST', TOKENS],
    ] as const) {
      const reply = await call(method, path, undefined, credential)
      expect(reply).toMatchObject({ status: 401, body: { message: 'A JSON web token could not be decoded' } })
    }
  })

  it.each([11, '11', 'Iv1.000000000000000b'])('may name its App %j', async (iss) => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', '/app', undefined, jwt({ iss }))).status).toBe(200)
  })

  it.each(['/orgs/acme', '/repos/acme/web', '/user', '/orgs/acme/actions/secrets'])(
    'is of no use for %s',
    async (path) => {
      const { call } = await withSandbox({ seed: SEED })
      const reply = await call('GET', path, undefined, jwt())
      expect(reply).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } })
    },
  )
})

describe('an installation', () => {
  it.each([
    ['/orgs/other/installation'],
    ['/users/other/installation'],
    ['/users/acme/installation'],
    ['/orgs/octocat/installation'],
    ['/orgs/nobody/installation'],
  ])('%s is not there', async (path) => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', path, undefined, jwt())).status).toBe(404)
  })

  it('that is suspended gives no tokens', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', '/orgs/asleep/installation', undefined, jwt())).body).toMatchObject({
      suspended_at: expect.any(String),
    })
    const reply = await call('POST', '/app/installations/23/access_tokens', undefined, jwt())
    expect(reply).toMatchObject({ status: 403, body: { message: 'This installation has been suspended' } })
  })

  it('of another App is not there', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const other = jwt({ iss: 301 }, SECOND.privateKey)
    expect((await call('POST', TOKENS, undefined, other)).status).toBe(404)
  })
})

describe('an installation token', () => {
  it.each([
    [{ permissions: { organization_secrets: 'write' } }, 'The permissions requested are not granted'],
    [{ permissions: { issues: 'read' } }, 'The permissions requested are not granted'],
    [{ repositories: ['api'] }, 'There is at least one repository that does not exist or is not accessible'],
    [{ repository_ids: [201] }, 'There is at least one repository that does not exist or is not accessible'],
    [{ repositories: ['none'] }, 'There is at least one repository that does not exist or is not accessible'],
    [{ permissions: { contents: 'admin' } }, 'admin is not a member of ["read", "write"].'],
  ])('with %j is not given out', async (body, message) => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('POST', TOKENS, body, jwt())
    expect(reply).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) } })
  })

  it('has what was asked for and nothing besides', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const body = { permissions: { metadata: 'read', contents: 'read' }, repository_ids: [101] }
    const reply = await sandbox.call('POST', TOKENS, body, jwt())
    expect(reply.body).toMatchObject({
      permissions: { metadata: 'read', contents: 'read' },
      repository_selection: 'selected',
      repositories: [{ id: 101 }],
    })
    const { token } = reply.body as { token: string }
    const status = async (path: string) => (await sandbox.call('GET', path, undefined, token)).status
    expect(await status('/repos/acme/web')).toBe(200)
    expect(await status('/orgs/acme/actions/secrets')).toBe(403)
  })

  it('lasts an hour, or as long as the seed says', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { body } = await sandbox.call('POST', TOKENS, undefined, jwt())
    const left = Date.parse((body as { expires_at: string }).expires_at) - Date.now()
    expect(left).toBeGreaterThan(3_595_000)
    expect(left).toBeLessThanOrEqual(3_600_000)

    const apps = { reader: { ...SEED.apps.reader, token_ttl_seconds: 1 } }
    // Without tokens any credential is an owner's, but an expired one is invalid.
    const brief = await withSandbox({
      seed: { organizations: SEED.organizations, repositories: SEED.repositories, apps },
    })
    const token = await mint(brief)
    const status = async () => (await brief.call('GET', '/repos/acme/web', undefined, token)).status
    expect(await status()).toBe(200)
    await sleep(1100)
    expect(await brief.call('GET', '/repos/acme/web', undefined, token)).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    })
  })

  it('sees only the repositories of its installation, and lists are the shorter', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const token = await mint(sandbox)
    const get = (path: string) => sandbox.call('GET', path, undefined, token)
    expect((await get('/repos/acme/web')).status).toBe(200)
    for (const path of ['/repos/acme/api', '/repos/other/lib', '/repos/octocat/hello']) {
      expect((await get(path)).status).toBe(404)
    }
    expect((await get('/orgs/acme/repos')).body).toMatchObject([{ name: 'web' }])
    const secret = '/orgs/acme/actions/secrets/NPM/repositories'
    expect((await get(secret)).body).toMatchObject({ total_count: 1, repositories: [{ name: 'web' }] })
    expect((await sandbox.call('GET', secret)).body).toMatchObject({ total_count: 2 })
    expect((await get('/orgs/other/actions/secrets')).status).toBe(403)
  })

  it('cannot put what it does not see into a list', async () => {
    const permissions = { organization_secrets: 'write', organization_self_hosted_runners: 'write', metadata: 'read' }
    const reader = { ...SEED.apps.reader, installations: { acme: { id: 21, repositories: ['web'], permissions } } }
    const sandbox = await withSandbox({
      seed: { ...SEED, apps: { reader }, tokens: { t: { app: 'reader', owner: 'acme' } } },
    })
    const put = async (path: string, body?: object) => (await sandbox.call('PUT', path, body, 't')).status
    expect(await put('/orgs/acme/actions/secrets/NPM/repositories', { selected_repository_ids: [101, 102] })).toBe(422)
    expect(await put('/orgs/acme/actions/secrets/NPM/repositories/103')).toBe(404)
    expect(await put('/orgs/acme/actions/runner-groups/7/repositories/102')).toBe(404)
    expect(await put('/orgs/acme/actions/runner-groups/7/repositories', { selected_repository_ids: [101] })).toBe(204)
  })

  it('is no person', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const reply = await sandbox.call('GET', '/user', undefined, await mint(sandbox))
    expect(reply).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } })
  })

  it('of the seed lasts, and belongs to the App', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', '/repos/octocat/hello', undefined, 'whole')).status).toBe(200)
    expect((await call('GET', '/repos/acme/web', undefined, 'whole')).status).toBe(404)
  })
})

describe('the Apps of a seed', () => {
  it('stay what they are when the state is seeded again', async () => {
    const first = await withSandbox({ seed: SEED })
    await mint(first)
    const state = first.state()
    const second = await withSandbox({ seed: state })
    expect(second.state()).toEqual(state)
    expect((await second.call('GET', '/app', undefined, jwt())).status).toBe(200)
    expect(JSON.stringify(state)).not.toContain('ghs_')
  })

  it.each([
    ['apps: { a: {} }', 'Seed: apps.a.private_key_public must be the PEM of the public half'],
    ['apps: { a: { key: x } }', 'Seed: apps.a has the unknown key "key". It takes: id, private_key_public,'],
    ['apps: { a: { installations: { no: {} } } }', 'Seed: apps.a.installations.no names an owner that is not there.'],
    [
      'apps: { a: { installations: { acme: { repositories: [x] } } } }',
      'Seed: apps.a.installations.acme.repositories names "x", which acme does not have.',
    ],
    [
      'apps: { a: { installations: { acme: { permissions: { secrets: admin } } } } }',
      'Seed: apps.a.installations.acme.permissions.secrets must be one of read, write.',
    ],
  ])('%s is refused', async (apps, message) => {
    await expect(withSandbox({ seed: `organizations: { acme: {} }\n${apps}` })).rejects.toThrow(message)
  })
})
