import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const SEED = { organizations: { Acme: {} }, repositories: { 'octocat/hello': {} } }

describe('what tells a client where it is', () => {
  it.each([
    ['ghes-2.22', '2.22.0'],
    ['ghes-3.4', '3.4.0'],
    ['ghes-3.12', '3.12.0'],
    ['ghes-3.19', '3.19.0'],
    ['ghae', undefined, 'GitHub AE'],
    ['ghae-2021', undefined, 'GitHub AE'],
    ['ghec', undefined],
    ['dotcom', undefined],
  ])('%s says the version %s in /meta and in every header', async (product, version, header = version) => {
    const { call } = await withSandbox({ seed: SEED, product })
    const meta = await call('GET', '/meta', undefined, '')
    const missing = await call('GET', '/orgs/nobody')
    expect((meta.body as { installed_version?: string }).installed_version).toBe(version)
    expect(meta.headers['x-github-enterprise-version']).toBe(header)
    expect(missing).toMatchObject({ status: 404 })
    expect(missing.headers['x-github-enterprise-version']).toBe(header)
  })

  it.each([
    ['ghes-2.22', '/api/v3'],
    ['ghes-3.19', '/api/v3'],
    ['ghae', '/api/v3'],
    ['ghae-2021', ''],
    ['ghec', ''],
    ['dotcom', ''],
  ])('%s is served under "%s" and nowhere else', async (product, prefix) => {
    const { call, origin, url } = await withSandbox({ seed: SEED, product })
    expect(url).toBe(origin + prefix)
    expect((await call('GET', `${origin}/api/v3/orgs/acme`)).status).toBe(prefix === '' ? 404 : 200)
    expect((await call('GET', `${origin}/orgs/acme`)).status).toBe(prefix === '' ? 200 : 404)
  })

  it.each([
    ['dotcom', 'team'],
    ['ghec', 'enterprise'],
    ['ghes-3.19', 'enterprise'],
    ['ghae', 'enterprise'],
  ])('an organization of %s has the plan %s', async (product, plan) => {
    const { call } = await withSandbox({ seed: SEED, product })
    expect((await call('GET', '/orgs/acme')).body).toMatchObject({ login: 'Acme', plan: { name: plan } })
  })

  it('takes the plan of the seed', async () => {
    const { call } = await withSandbox({ seed: { organizations: { acme: { plan: 'free' } } } })
    expect((await call('GET', '/orgs/acme')).body).toMatchObject({ plan: { name: 'free' } })
  })

  it('finds organizations and people under /users, without case, and echoes the stored form', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', '/users/ACME')).body).toMatchObject({ login: 'Acme', type: 'Organization' })
    expect((await call('GET', '/users/Octocat')).body).toMatchObject({ login: 'octocat', type: 'User' })
    expect(await call('GET', '/users/nobody')).toMatchObject({ status: 404 })
    expect(await call('GET', '/orgs/octocat')).toMatchObject({ status: 404 })
  })

  it('has a person behind the token', async () => {
    const personal = await withSandbox({ seed: SEED })
    expect((await personal.call('GET', '/user')).body).toMatchObject({ login: 'octocat' })
    const { call } = await withSandbox()
    const { body } = await call('GET', '/user')
    expect(body).toMatchObject({ login: 'monalisa', type: 'User' })
    expect((await call('GET', '/users/monalisa')).status).toBe(200)
  })
})
