import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const SEED = { organizations: { acme: { secrets: { NPM_TOKEN: { visibility: 'all', value: 'old' } } } } }
const TOKENS = { ...SEED, tokens: { owner: {}, reader: { read_only: true } } }

describe('who may ask', () => {
  it.each([
    ['no token', {}, '', 'Requires authentication'],
    ['an unknown token', {}, 'stranger', 'Bad credentials'],
    ['another scheme', { authorization: 'Basic b3duZXI6' }, '', 'Bad credentials'],
  ])('%s gets 401', async (_, headers, token, message) => {
    const { call } = await withSandbox({ seed: TOKENS })
    const reply = await call('GET', '/orgs/acme', undefined, token, headers)
    expect(reply).toMatchObject({ status: 401, body: { message, status: '401' } })
  })

  it.each(['Bearer owner', 'token owner', 'TOKEN owner'])('"%s" is taken', async (authorization) => {
    const { call } = await withSandbox({ seed: TOKENS })
    expect((await call('GET', '/orgs/acme', undefined, '', { authorization })).status).toBe(200)
  })

  it('any token is an owner’s when the seed has none', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('DELETE', '/orgs/acme/actions/secrets/NPM_TOKEN', undefined, 'whatever')).status).toBe(204)
  })

  it('a request without User-Agent gets 403', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('GET', '/orgs/acme', undefined, 'owner', { 'user-agent': '' })
    expect(reply).toMatchObject({ status: 403, body: { message: expect.stringContaining('User-Agent') } })
  })

  it('a read-only token reads, and cannot write anything', async () => {
    const sandbox = await withSandbox({ seed: TOKENS })
    expect((await sandbox.call('GET', '/orgs/acme/actions/secrets', undefined, 'reader')).status).toBe(200)
    const before = sandbox.state()
    const writes = [
      ['DELETE', '/orgs/acme/actions/secrets/NPM_TOKEN', 'organization_secrets=write'],
      ['PUT', '/orgs/acme/actions/permissions', 'organization_administration=write'],
      ['POST', '/orgs/acme/actions/runner-groups', 'organization_self_hosted_runners=write'],
      ['POST', '/orgs/acme/repos', 'administration=write'],
    ] as const
    for (const [method, path, permission] of writes) {
      const reply = await sandbox.call(method, path, { name: 'x', enabled_repositories: 'none' }, 'reader')
      expect(reply).toMatchObject({
        status: 403,
        headers: { 'x-accepted-github-permissions': permission },
        body: { message: 'Resource not accessible by personal access token' },
      })
    }
    expect(sandbox.state()).toEqual(before)
  })
})

describe('what cannot be read', () => {
  it.each([
    ['a trailing slash', 'GET', '/orgs/acme/'],
    ['an unknown path', 'GET', '/orgs/acme/nothing'],
    ['an unknown organization', 'GET', '/orgs/other/actions/secrets'],
    ['an unknown repository', 'GET', '/repos/acme/nothing/actions/secrets'],
    ['a method that is not documented', 'POST', '/orgs/acme/actions/secrets'],
    ['a broken escape', 'GET', '/orgs/%zz'],
    ['an id that is no number', 'GET', '/orgs/acme/actions/runners/one'],
    ['an unknown id', 'GET', '/orgs/acme/actions/runner-groups/99'],
  ])('%s gets 404', async (_, method, path) => {
    const { call } = await withSandbox({ seed: SEED })
    const documentation_url = 'https://docs.github.com/rest'
    expect(await call(method, path)).toMatchObject({ status: 404, body: { message: 'Not Found', documentation_url } })
  })

  it('broken JSON gets 400, JSON that is no object 422', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const path = '/orgs/acme/actions/permissions'
    expect(await call('PUT', path, '{"a":')).toMatchObject({ status: 400, body: { message: 'Problems parsing JSON' } })
    expect(await call('PUT', path, '[]')).toMatchObject({ status: 422, body: { message: /^Invalid request\./ } })
  })

  it('a version of the API that is not spoken gets 400', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const ask = (version: string) => call('GET', '/orgs/acme', undefined, 'owner', { 'x-github-api-version': version })
    expect((await ask('2022-11-28')).status).toBe(200)
    expect((await ask('2000-01-01')).status).toBe(400)
  })

  it('errors of GHES before 3.17 have no status in the body', async () => {
    const old = await withSandbox({ seed: SEED, product: 'ghes-3.7' })
    expect((await old.call('GET', '/orgs/other')).body).toEqual({
      message: 'Not Found',
      documentation_url: 'https://docs.github.com/enterprise-server@3.7/rest',
    })
  })
})
