import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const RUNNERS = { 'gpu-01': { id: 11, labels: ['GPU', 'cuda'] }, 'gpu-02': { id: 12, busy: true } }
const SEED = {
  enterprises: {
    inc: { organizations: { acme: {} }, runners: RUNNERS, runner_groups: { gpu: { runners: ['gpu-01'] } } },
  },
  organizations: { acme: { runners: RUNNERS, repositories: { web: { runners: RUNNERS } } } },
}
const LEVELS = {
  enterprise: '/enterprises/inc/actions/runners',
  organization: '/orgs/acme/actions/runners',
  repository: '/repos/acme/web/actions/runners',
}

const PLACES = Object.entries(LEVELS).flatMap(([level, path]) =>
  ['ghec', 'ghes-3.19', 'ghes-3.4'].map((product) => ({ level, path, product })),
)

interface Labels {
  readonly total_count: number
  readonly labels: readonly { readonly name: string; readonly type: string }[]
}

function customOf(body: unknown): readonly string[] {
  return (body as Labels).labels.filter(({ type }) => type === 'custom').map(({ name }) => name)
}

describe.each(PLACES)('labels of a runner of the $level, $product', ({ path, product }) => {
  const labels = `${path}/11/labels`

  it('are set, added to, and taken away, custom ones alone', async () => {
    const { call } = await withSandbox({ seed: SEED, product })
    const steps = [
      await call('GET', labels),
      await call('PUT', labels, { labels: ['x', 'X', 'y'] }),
      await call('POST', labels, { labels: ['Y', 'z'] }),
      await call('DELETE', `${labels}/Z`),
      await call('DELETE', labels),
    ]
    expect(steps.map(({ status, body }) => [status, customOf(body), (body as Labels).total_count])).toEqual([
      [200, ['GPU', 'cuda'], 5],
      [200, ['x', 'y'], 5],
      [200, ['x', 'y', 'z'], 6],
      [200, ['x', 'y'], 5],
      [200, [], 3],
    ])
    const { body } = await call('GET', `${path}/11`)
    expect(customOf(body)).toEqual([])
  })

  it('are refused where they are none, or too many', async () => {
    const { call } = await withSandbox({ seed: SEED, product })
    const names = (count: number) => Array.from({ length: count }, (_, index) => `l${index}`)
    const refused = [
      await call('DELETE', `${labels}/other`),
      await call('DELETE', `${labels}/self-hosted`),
      await call('PUT', `${path}/99/labels`, { labels: [] }),
      await call('PUT', labels, {}),
      await call('PUT', labels, { labels: ['Linux'] }),
      await call('PUT', labels, { labels: names(101) }),
      await call('POST', labels, { labels: [] }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 422, 422, 422, 422])
    expect(customOf((await call('GET', labels)).body)).toEqual(['GPU', 'cuda'])
    expect((await call('PUT', labels, { labels: names(100) })).status).toBe(200)
  })

  it('go with the runner', async () => {
    const { call } = await withSandbox({ seed: SEED, product })
    expect((await call('GET', path)).body).toMatchObject({ total_count: 2 })
    expect((await call('DELETE', `${path}/12`)).status).toBe(product === 'ghes-3.4' ? 204 : 422)
    expect((await call('DELETE', `${path}/11`)).status).toBe(204)
    expect((await call('GET', labels)).status).toBe(404)
  })
})

it.each(Object.entries(LEVELS))('runners of an %s are there on GHES 2.22, their labels are not', async (_, path) => {
  const { call } = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
  expect((await call('GET', `${path}/11`)).body).toEqual({
    id: 11,
    name: 'gpu-01',
    os: 'linux',
    status: 'online',
    busy: false,
  })
  expect((await call('GET', `${path}/11/labels`)).status).toBe(404)
})

it('the runners of an enterprise fall to its default group, those of a repository are in none', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const groupOf = async (path: string) => (await call('GET', `${path}/11`)).body as { runner_group_id?: number }
  expect((await groupOf(LEVELS.enterprise)).runner_group_id).toBe(2)
  expect((await call('DELETE', '/enterprises/inc/actions/runner-groups/2')).status).toBe(204)
  expect((await groupOf(LEVELS.enterprise)).runner_group_id).toBe(1)
  expect(await groupOf(LEVELS.repository)).not.toHaveProperty('runner_group_id')
  const dumped = (await call('GET', '/_sandbox/state')).body as { enterprises: { inc: object } }
  expect(dumped.enterprises.inc).toMatchObject({ runner_groups: { Default: { runners: ['gpu-01', 'gpu-02'] } } })
})

it('the runners of an enterprise take its classic token alone, those of a repository its administrator', async () => {
  const { call } = await withSandbox({
    seed: {
      ...SEED,
      tokens: {
        classic: { scopes: ['manage_runners:enterprise'] },
        fine: { permissions: { administration: 'write', organization_self_hosted_runners: 'write', metadata: 'read' } },
      },
    },
  })
  const as = async (token: string, path: string) =>
    (await call('PUT', `${path}/11/labels`, { labels: [] }, token)).status
  expect(await as('classic', LEVELS.enterprise)).toBe(200)
  expect(await as('fine', LEVELS.enterprise)).toBe(403)
  expect(await as('fine', LEVELS.organization)).toBe(200)
  expect(await as('fine', LEVELS.repository)).toBe(200)
})
