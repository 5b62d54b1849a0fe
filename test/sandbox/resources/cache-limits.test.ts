import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const RETENTION = 'actions/cache/retention-limit'
const STORAGE = 'actions/cache/storage-limit'
const POLICY = 'actions/cache/usage-policy'

function seedOf(enterprise: object, organization: object = {}, repository: object = {}): object {
  return {
    enterprises: { inc: { cache_limits: enterprise, organizations: { acme: {} } } },
    organizations: {
      acme: { cache_limits: organization, repositories: { web: { id: 1, cache_limits: repository } } },
    },
    repositories: { 'octocat/dots': { id: 2 } },
  }
}

describe('the limits of the cloud', () => {
  it.each([
    [{}, {}, {}, [7, 7, 7]],
    [{ max_cache_retention_days: 30 }, {}, {}, [30, 30, 30]],
    [{ max_cache_retention_days: 30 }, { max_cache_retention_days: 20 }, { max_cache_retention_days: 5 }, [30, 20, 5]],
    [{}, { max_cache_retention_days: 20 }, { max_cache_retention_days: 9 }, [7, 7, 7]],
  ])('%j above %j above %j: the lowest holds', async (enterprise, organization, repository, expected) => {
    const { call } = await withSandbox({ seed: seedOf(enterprise, organization, repository) })
    const found = []
    for (const place of ['enterprises/inc', 'organizations/acme', 'repos/acme/web']) {
      found.push((await call('GET', `/${place}/${RETENTION}`)).body)
    }
    expect(found).toEqual(expected.map((max_cache_retention_days) => ({ max_cache_retention_days })))
  })

  it.each([
    ['organizations/acme', RETENTION, { max_cache_retention_days: 31 }],
    ['repos/acme/web', STORAGE, { max_cache_size_gb: 41 }],
  ])('of %s are not set beyond those above: 400', async (place, path, body) => {
    const above = { max_cache_retention_days: 30, max_cache_size_gb: 40 }
    const { call, state } = await withSandbox({ seed: seedOf(above) })
    const before = state()
    expect(await call('PUT', `/${place}/${path}`, body)).toMatchObject({
      status: 400,
      body: { message: 'Bad Request' },
    })
    expect(state()).toEqual(before)
  })

  it('are set apart from each other, and stand in the state', async () => {
    const { call, state } = await withSandbox({ seed: seedOf({}) })
    expect((await call('PUT', `/enterprises/inc/${STORAGE}`, { max_cache_size_gb: 90 })).status).toBe(204)
    expect((await call('PUT', `/organizations/acme/${STORAGE}`, { max_cache_size_gb: 80 })).status).toBe(204)
    expect((await call('PUT', `/repos/acme/web/${STORAGE}`, { max_cache_size_gb: 70 })).status).toBe(204)
    expect((await call('PUT', `/repos/acme/web/${STORAGE}`, {})).status).toBe(204)
    expect((await call('PUT', `/repos/octocat/dots/${STORAGE}`, { max_cache_size_gb: 999 })).status).toBe(204)
    expect(state()).toMatchObject({
      enterprises: { inc: { cache_limits: { max_cache_size_gb: 90 } } },
      organizations: {
        acme: {
          cache_limits: { max_cache_size_gb: 80 },
          repositories: { web: { cache_limits: { max_cache_size_gb: 70 } } },
        },
      },
    })
  })

  it.each([0, 1.5, '9', null])('%j is no limit', async (max_cache_size_gb) => {
    const { call } = await withSandbox({ seed: seedOf({}) })
    expect(await call('PUT', `/repos/acme/web/${STORAGE}`, { max_cache_size_gb })).toMatchObject({ status: 422 })
  })
})

describe('the limits of Enterprise Server', () => {
  const seed = seedOf({ repo_cache_size_limit_in_gb: 12, max_repo_cache_size_limit_in_gb: 15 })
  const WEB = `/repos/acme/web/${POLICY}`

  it('a repository has the default until it has its own', async () => {
    const { call } = await withSandbox({ seed, product: 'ghes-3.19' })
    expect((await call('GET', WEB)).body).toEqual({ repo_cache_size_limit_in_gb: 12 })
    expect((await call('PATCH', WEB, { repo_cache_size_limit_in_gb: 14 })).status).toBe(204)
    expect((await call('PATCH', `/enterprises/inc/${POLICY}`, { repo_cache_size_limit_in_gb: 9 })).status).toBe(204)
    expect((await call('GET', WEB)).body).toEqual({ repo_cache_size_limit_in_gb: 14 })
    expect((await call('GET', `/enterprises/inc/${POLICY}`)).body).toEqual({
      repo_cache_size_limit_in_gb: 9,
      max_repo_cache_size_limit_in_gb: 15,
    })
  })

  it.each([
    [WEB, { repo_cache_size_limit_in_gb: 16 }],
    [WEB, {}],
    [`/enterprises/inc/${POLICY}`, { repo_cache_size_limit_in_gb: 16 }],
    [`/enterprises/inc/${POLICY}`, { max_repo_cache_size_limit_in_gb: 11 }],
  ])('%s refuses %j', async (path, body) => {
    const { call, state } = await withSandbox({ seed, product: 'ghes-3.5' })
    const before = state()
    expect((await call('PATCH', path, body)).status).toBe(422)
    expect(state()).toEqual(before)
  })
})

it.each([
  ['ghes-3.19', `/repos/acme/web/${STORAGE}`, 404],
  ['ghes-3.4', `/repos/acme/web/${POLICY}`, 404],
  ['ghes-3.5', `/repos/acme/web/${POLICY}`, 200],
  ['ghec', `/repos/acme/web/${POLICY}`, 404],
  ['ghec', `/organizations/acme/${STORAGE}`, 200],
])('on %s %s is %i', async (product, path, status) => {
  const { call } = await withSandbox({ seed: seedOf({}), product })
  expect((await call('GET', path)).status).toBe(status)
})
