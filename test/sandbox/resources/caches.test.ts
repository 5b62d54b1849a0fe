import { expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  enterprises: { inc: { organizations: { acme: {} } } },
  organizations: {
    acme: {
      repositories: {
        web: {
          id: 101,
          caches: [
            { key: 'node-1', size: 300, last_accessed_at: '2024-03-01T00:00:00Z' },
            { key: 'node-2', size: 100, last_accessed_at: '2024-03-03T00:00:00Z' },
            { key: 'node-1', ref: 'refs/heads/dev', size: 200, last_accessed_at: '2024-03-02T00:00:00Z' },
          ],
        },
        api: { id: 102, caches: [{ key: 'go', size: 50 }] },
        empty: { id: 103 },
      },
    },
  },
}
const ALL = '/repos/acme/web/actions/caches'
const BEFORE_3_7 = ['ghes-2.22', 'ghae-2021', 'ghae', 'ghes-3.4', 'ghes-3.5', 'ghes-3.6']
const BEFORE_3_5 = BEFORE_3_7.slice(0, 4)
const STEPS: readonly (readonly [method: string, path: string, status: number, lackedBy: readonly string[]])[] = [
  ['GET', ALL, 200, BEFORE_3_7],
  ['GET', '/repos/acme/web/actions/cache/usage', 200, BEFORE_3_5],
  ['GET', '/orgs/acme/actions/cache/usage', 200, BEFORE_3_5],
  ['GET', '/orgs/acme/actions/cache/usage-by-repository', 200, BEFORE_3_5],
  ['GET', '/enterprises/inc/actions/cache/usage', 200, [...BEFORE_3_5, 'dotcom']],
  ['DELETE', ALL, 422, BEFORE_3_7],
  ['DELETE', `${ALL}?key=node`, 404, BEFORE_3_7],
  ['DELETE', `${ALL}?key=node-1`, 200, BEFORE_3_7],
  ['DELETE', `${ALL}/2`, 204, BEFORE_3_7],
  ['DELETE', `${ALL}/2`, 404, BEFORE_3_7],
]

it.each(SERVED_PRODUCTS)('%s has caches as GitHub describes it', async (product) => {
  const seed = product === 'dotcom' ? { organizations: SEED.organizations } : SEED
  const { call, state } = await withSandbox({ seed, product })
  expect((await withSandbox({ seed: state() })).state()).toEqual(state())
  const lines: string[] = []
  for (const [method, path] of STEPS) lines.push(`${method} ${path}: ${(await call(method, path)).status}`)
  expect(lines).toEqual(
    STEPS.map(([method, path, status, lackedBy]) => `${method} ${path}: ${lackedBy.includes(product) ? 404 : status}`),
  )
})

it.each([
  ['', [2, 3, 1]],
  ['?direction=asc', [1, 3, 2]],
  ['?sort=size_in_bytes', [1, 3, 2]],
  ['?sort=created_at&direction=asc', [1, 2, 3]],
  ['?key=node-1', [3, 1]],
  ['?key=node', [2, 3, 1]],
  ['?ref=refs/heads/dev', [3]],
])('the list of caches%s', async (query, ids) => {
  const { call } = await withSandbox({ seed: SEED })
  const { body } = await call('GET', ALL + query)
  expect((body as { actions_caches: { id: number }[] }).actions_caches.map(({ id }) => id)).toEqual(ids)
})

it('a key is deleted in one reference or in all, and the rest is counted', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const { body } = await call('DELETE', `${ALL}?key=node-1&ref=refs/heads/dev`)
  expect(body).toMatchObject({ total_count: 1, actions_caches: [{ id: 3, key: 'node-1', size_in_bytes: 200 }] })
  expect((await call('GET', '/repos/acme/web/actions/cache/usage')).body).toEqual({
    full_name: 'acme/web',
    active_caches_size_in_bytes: 400,
    active_caches_count: 2,
  })
  const total = { total_active_caches_count: 3, total_active_caches_size_in_bytes: 450 }
  expect((await call('GET', '/orgs/acme/actions/cache/usage')).body).toEqual(total)
  expect((await call('GET', '/enterprises/inc/actions/cache/usage')).body).toEqual(total)
  expect((await call('GET', '/orgs/acme/actions/cache/usage-by-repository')).body).toMatchObject({
    total_count: 2,
    repository_cache_usages: [{ full_name: 'acme/web' }, { full_name: 'acme/api' }],
  })
})
