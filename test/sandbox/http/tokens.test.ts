import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const WEB = { id: 101, secrets: { TOKEN: {} }, files: { main: { a: 'A' } }, runs: { 1: {} } }
const WORLD = {
  organizations: {
    acme: {
      secrets: { NPM: { visibility: 'selected', repositories: ['web', 'site'] } },
      permissions: { enabled_repositories: 'selected', repositories: ['web'], allowed_actions: 'selected' },
      runners: { one: {} },
      repositories: { web: WEB, site: { ...WEB, id: 102, visibility: 'public' } },
    },
  },
  repositories: { 'octocat/hello': { visibility: 'private' } },
}
const PERSONAL = 'Resource not accessible by personal access token'
const INTEGRATION = 'Resource not accessible by integration'

/** A request and the one permission that it needs, at the level that it needs. */
const REQUESTS = [
  ['GET', '/orgs/acme/actions/secrets', 'organization_secrets', 'read'],
  ['GET', '/orgs/acme/actions/secrets/public-key', 'organization_secrets', 'read'],
  ['DELETE', '/orgs/acme/actions/secrets/NPM', 'organization_secrets', 'write'],
  ['GET', '/orgs/acme/actions/permissions', 'organization_administration', 'read'],
  ['PUT', '/orgs/acme/actions/permissions', 'organization_administration', 'write'],
  ['GET', '/orgs/acme/actions/runners', 'organization_self_hosted_runners', 'read'],
  ['GET', '/orgs/acme/actions/runner-groups', 'organization_self_hosted_runners', 'read'],
  ['POST', '/orgs/acme/actions/runner-groups', 'organization_self_hosted_runners', 'write'],
  ['GET', '/orgs/acme/repos', 'metadata', 'read'],
  ['GET', '/repos/acme/web', 'metadata', 'read'],
  ['GET', '/repos/acme/web/actions/secrets', 'secrets', 'read'],
  ['DELETE', '/repos/acme/web/actions/secrets/TOKEN', 'secrets', 'write'],
  ['GET', '/repos/acme/web/actions/permissions', 'administration', 'read'],
  ['PUT', '/repos/acme/web/actions/permissions', 'administration', 'write'],
  ['GET', '/repos/acme/web/actions/runs/1', 'actions', 'read'],
  ['GET', '/repos/acme/web/contents/a', 'contents', 'read'],
  ['PUT', '/repos/acme/web/contents/b', 'contents', 'write'],
  ['GET', '/repos/acme/web/git/ref/heads/main', 'contents', 'read'],
] as const

const BODY = {
  name: 'new',
  enabled: true,
  enabled_repositories: 'all',
  message: 'm',
  content: '',
}

describe('a fine-grained token', () => {
  it.each(REQUESTS)('needs for %s %s the permission %s=%s', async (method, path, permission, access) => {
    const everything = Object.fromEntries(REQUESTS.map(([, , name]) => [name, 'write']))
    const { [permission]: _, ...others } = everything
    const tokens = {
      enough: { permissions: { metadata: 'read', [permission]: access } },
      less: { permissions: access === 'write' ? { ...others, [permission]: 'read' } : { metadata: 'read' } },
      lacking: { permissions: { ...others } },
    }
    const { call } = await withSandbox({ seed: { ...WORLD, tokens } })
    const body = method === 'GET' || method === 'DELETE' ? undefined : BODY
    const header = { 'x-accepted-github-permissions': `${permission}=${access}` }
    const without = ['lacking', ...(permission === 'metadata' ? [] : ['less'])]
    for (const token of without) {
      const reply = await call(method, path, body, token)
      // Without metadata a private repository is not there.
      const isHidden = permission === 'metadata' && path.startsWith('/repos/')
      const refusal = isHidden
        ? { status: 404, body: { message: 'Not Found' } }
        : { status: 403, body: { message: PERSONAL } }
      expect(reply).toMatchObject({ ...refusal, headers: header })
    }
    const granted = await call(method, path, body, 'enough')
    expect(granted.status).toBeLessThan(300)
    expect(granted.headers).toMatchObject(header)
    expect(granted.headers).not.toHaveProperty('x-oauth-scopes')
  })

  it('reads what is open in a public repository, and nothing else of it', async () => {
    const { call } = await withSandbox({ seed: { ...WORLD, tokens: { bare: { permissions: {} } } } })
    const status = async (method: string, path: string, body?: object) =>
      (await call(method, `/repos/acme/site${path}`, body, 'bare')).status
    expect(await status('GET', '')).toBe(200)
    expect(await status('GET', '/contents/a')).toBe(200)
    expect(await status('PUT', '/contents/b', BODY)).toBe(403)
    expect(await status('GET', '/actions/secrets')).toBe(403)
    expect(await status('GET', '/actions/permissions')).toBe(403)
  })

  it('sees the repositories of a list only with metadata', async () => {
    const tokens = { bare: { permissions: { organization_secrets: 'read' } } }
    const { call } = await withSandbox({ seed: { ...WORLD, tokens } })
    const { body } = await call('GET', '/orgs/acme/actions/secrets/NPM/repositories', undefined, 'bare')
    expect(body).toMatchObject({ total_count: 1, repositories: [{ name: 'site' }] })
  })

  it('sees the plan of an organization only with organization_plan', async () => {
    const tokens = { bare: { permissions: {} }, planner: { permissions: { organization_plan: 'read' } } }
    const { call } = await withSandbox({ seed: { ...WORLD, tokens } })
    const plan = async (token: string) => (await call('GET', '/orgs/acme', undefined, token)).body
    expect(await plan('planner')).toHaveProperty('plan')
    expect(await plan('bare')).not.toHaveProperty('plan')
  })

  it.each([
    ['ghes-3.7', false],
    ['ghes-3.17', true],
    ['dotcom', true],
  ])('on %s is told which permission was missing: %s', async (product, isTold) => {
    const { call } = await withSandbox({ product, seed: { ...WORLD, tokens: { bare: { permissions: {} } } } })
    const { headers } = await call('GET', '/orgs/acme/actions/secrets', undefined, 'bare')
    expect('x-accepted-github-permissions' in headers).toBe(isTold)
  })
})

describe('a classic token', () => {
  it.each([
    ['GET', '/orgs/acme/actions/secrets', 'admin:org', 403],
    ['PUT', '/orgs/acme/actions/permissions', 'admin:org', 403],
    ['GET', '/repos/acme/web', 'repo', 404],
    ['GET', '/repos/acme/web/actions/secrets', 'repo', 404],
    ['PUT', '/repos/acme/web/contents/b', 'repo', 404],
    ['GET', '/repos/acme/site/actions/secrets', 'repo', 403],
    ['POST', '/orgs/acme/repos', 'repo', 403],
  ])('needs for %s %s the scope %s, else %i', async (method, path, scope, status) => {
    const others = ['admin:org', 'delete_repo', 'gist', 'repo'].filter((each) => each !== scope)
    const tokens = { enough: { scopes: [scope] }, lacking: { scopes: others } }
    const { call } = await withSandbox({ seed: { ...WORLD, tokens } })
    const body = method === 'GET' || method === 'DELETE' ? undefined : BODY
    const refused = await call(method, path, body, 'lacking')
    expect(refused).toMatchObject({
      status,
      body: { message: status === 404 ? 'Not Found' : 'Must have admin rights to Repository.' },
      headers: { 'x-oauth-scopes': others.join(', '), 'x-accepted-oauth-scopes': scope },
    })
    const granted = await call(method, path, body, 'enough')
    expect(granted.status).toBeLessThan(300)
    expect(granted.headers).toMatchObject({ 'x-oauth-scopes': scope, 'x-accepted-oauth-scopes': scope })
    expect(granted.headers).not.toHaveProperty('x-accepted-github-permissions')
  })

  it('deletes a repository only with delete_repo', async () => {
    const tokens = { enough: { scopes: ['delete_repo'] }, lacking: { scopes: ['admin:org', 'repo'] } }
    const { call } = await withSandbox({ product: 'ghes-3.7', seed: { ...WORLD, tokens } })
    expect((await call('DELETE', '/repos/acme/site', undefined, 'lacking')).status).toBe(403)
    expect((await call('DELETE', '/repos/acme/site', undefined, 'enough')).status).toBe(204)
  })

  it('without repo lists public repositories only, and needs no scope to read them', async () => {
    const { call } = await withSandbox({ seed: { ...WORLD, tokens: { org: { scopes: ['admin:org'] } } } })
    expect((await call('GET', '/orgs/acme/repos', undefined, 'org')).body).toMatchObject([{ name: 'site' }])
    expect((await call('GET', '/repos/acme/site/contents/a', undefined, 'org')).status).toBe(200)
    expect((await call('PUT', '/repos/acme/site/contents/b', BODY, 'org')).status).toBe(403)
  })

  it('with public_repo writes to public repositories what is open there', async () => {
    const { call } = await withSandbox({ seed: { ...WORLD, tokens: { open: { scopes: ['public_repo'] } } } })
    expect((await call('PUT', '/repos/acme/site/contents/b', BODY, 'open')).status).toBe(201)
    expect((await call('GET', '/repos/acme/site/actions/secrets', undefined, 'open')).status).toBe(403)
    expect((await call('GET', '/repos/acme/web/contents/a', undefined, 'open')).status).toBe(404)
  })

  it('shows the plan of an organization with admin:org', async () => {
    const tokens = { org: { scopes: ['admin:org'] }, none: { scopes: [] } }
    const { call } = await withSandbox({ seed: { ...WORLD, tokens } })
    expect((await call('GET', '/orgs/acme', undefined, 'org')).body).toHaveProperty('plan')
    expect((await call('GET', '/orgs/acme', undefined, 'none')).body).not.toHaveProperty('plan')
  })

  it('that is an owner’s has every scope', async () => {
    const { call } = await withSandbox({ seed: WORLD })
    const { headers } = await call('DELETE', '/repos/acme/web')
    expect(headers).toMatchObject({
      'x-oauth-scopes': 'admin:org, delete_repo, repo, workflow',
      'x-accepted-oauth-scopes': 'delete_repo',
    })
  })
})

describe('the token of a workflow', () => {
  const tokens = {
    job: { workflow: 'acme/web' },
    least: { workflow: 'acme/web', permissions: { contents: 'read' } },
    any: { workflow: true },
  }

  it.each([
    ['job', 'GET', '/repos/acme/web', 200],
    ['job', 'PUT', '/repos/acme/web/contents/b', 201],
    ['job', 'GET', '/repos/acme/web/actions/runs/1', 200],
    ['job', 'GET', '/repos/acme/web/actions/secrets', 403],
    ['job', 'GET', '/repos/acme/web/actions/permissions', 403],
    ['job', 'GET', '/orgs/acme/actions/secrets', 403],
    ['job', 'GET', '/orgs/acme', 200],
    ['job', 'GET', '/user', 403],
    ['job', 'GET', '/repos/octocat/hello', 404],
    ['job', 'GET', '/repos/acme/site', 200],
    ['job', 'PUT', '/repos/acme/site/contents/b', 403],
    ['least', 'GET', '/repos/acme/web/contents/a', 200],
    ['least', 'PUT', '/repos/acme/web/contents/b', 403],
    ['least', 'GET', '/repos/acme/web/actions/runs/1', 403],
    ['any', 'PUT', '/repos/acme/site/contents/b', 201],
    ['any', 'GET', '/repos/octocat/hello', 200],
  ])('%s: %s %s answers %i', async (token, method, path, status) => {
    const { call } = await withSandbox({ seed: { ...WORLD, tokens } })
    const reply = await call(method, path, method === 'GET' ? undefined : BODY, token)
    expect(reply.status).toBe(status)
    if (status === 403) expect(reply.body).toMatchObject({ message: INTEGRATION })
  })
})

it.each(SERVED_PRODUCTS)('%s refuses in its own format', async (product) => {
  const tokens = { bare: { permissions: { metadata: 'read' } }, none: { scopes: [] }, job: { workflow: 'acme/web' } }
  const { call } = await withSandbox({ product, seed: { ...WORLD, tokens } })
  for (const token of Object.keys(tokens)) {
    expect((await call('GET', '/orgs/acme/actions/secrets', undefined, token)).status).toBe(403)
    expect((await call('GET', '/repos/acme/web/actions/secrets', undefined, token)).status).toBe(
      token === 'none' ? 404 : 403,
    )
  }
})

describe('the tokens of a seed', () => {
  it('stay what they are when the state is seeded again', async () => {
    const tokens = {
      owner: {},
      reader: { read_only: true },
      classic: { scopes: ['repo'] },
      fine: { permissions: { secrets: 'write' } },
      job: { workflow: 'acme/web', permissions: { metadata: 'read', contents: 'read' } },
      any: { workflow: true, permissions: { metadata: 'read', checks: 'write' } },
    }
    const first = await withSandbox({ seed: { ...WORLD, tokens } })
    const state = first.state()
    expect(state).toMatchObject({ tokens })
    expect((await withSandbox({ seed: state })).state()).toEqual(state)
  })

  it.each([
    ['{ scopes: [repo], permissions: {} }', 'Seed: tokens.x cannot be a token of two kinds at once.'],
    ['{ read_only: true, scopes: [] }', 'Seed: tokens.x cannot be a token of two kinds at once.'],
    ['{ workflow: acme/none }', 'Seed: tokens.x.workflow names a repository that is not there.'],
    ['{ app: none, owner: acme }', 'Seed: tokens.x names an App that is not installed for that owner.'],
    ['{ permissions: { secrets: admin } }', 'Seed: tokens.x.permissions.secrets must be one of read, write.'],
    ['{ permissions: [secrets] }', 'Seed: tokens.x.permissions must be a map.'],
    ['{ scopes: repo }', 'Seed: tokens.x.scopes must be a list of texts.'],
  ])('%s is refused', async (token, message) => {
    await expect(withSandbox({ seed: `organizations: { acme: {} }\ntokens: { x: ${token} }` })).rejects.toThrow(message)
  })
})
