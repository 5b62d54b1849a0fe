import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const PATH = 'actions/permissions/artifact-and-log-retention'
const [INC, ACME, WEB, DOTS] = [
  `/enterprises/inc/${PATH}`,
  `/orgs/acme/${PATH}`,
  `/repos/acme/web/${PATH}`,
  `/repos/octocat/dots/${PATH}`,
]

const own = (days: number | undefined) => (days === undefined ? {} : { artifact_and_log_retention: { days } })

function seedOf(enterprise?: number, organization?: number, repository?: number, visibility = 'private'): object {
  return {
    enterprises: { inc: { ...own(enterprise), organizations: { acme: {} } } },
    organizations: {
      acme: { ...own(organization), repositories: { web: { id: 1, visibility, ...own(repository) } } },
    },
    repositories: { 'octocat/dots': { id: 2 } },
  }
}

describe('the retention of artifacts and logs', () => {
  it.each<[Parameters<typeof seedOf>, [number, number][]]>([
    [
      [],
      [
        [90, 400],
        [90, 400],
        [90, 400],
      ],
    ],
    [
      [60],
      [
        [60, 400],
        [60, 60],
        [60, 60],
      ],
    ],
    [
      [200, 100, 150],
      [
        [200, 400],
        [100, 200],
        [100, 100],
      ],
    ],
    [
      [200, 100, 30, 'public'],
      [
        [200, 400],
        [100, 200],
        [30, 90],
      ],
    ],
  ])('%j: each level has its days, and the most that it may have', async (given, expected) => {
    const { call } = await withSandbox({ seed: seedOf(...given) })
    const found = []
    for (const path of [INC, ACME, WEB]) found.push((await call('GET', path)).body)
    expect(found).toEqual(expected.map(([days, maximum_allowed_days]) => ({ days, maximum_allowed_days })))
  })

  it('a public repository on Enterprise Server has the same bounds as any other', async () => {
    const { call } = await withSandbox({ seed: seedOf(undefined, undefined, 300, 'public'), product: 'ghes-3.19' })
    expect((await call('GET', WEB)).body).toEqual({ days: 300, maximum_allowed_days: 400 })
  })

  it('is set at each level, and stands in the state', async () => {
    const { call, state } = await withSandbox({ seed: seedOf() })
    for (const [path, days] of [
      [INC, 300],
      [ACME, 200],
      [WEB, 100],
      [DOTS, 400],
    ] as const) {
      expect((await call('PUT', path, { days })).status).toBe(204)
    }
    expect(state()).toMatchObject({
      enterprises: { inc: own(300) },
      organizations: { acme: { ...own(200), repositories: { web: own(100) } } },
    })
    expect((await call('DELETE', '/repos/acme/web')).status).toBe(204)
    expect(await call('GET', WEB)).toMatchObject({ status: 404 })
  })

  it.each([
    [INC, { days: 401 }],
    [ACME, { days: 51 }],
    [WEB, { days: 0 }],
    [WEB, { days: '7' }],
    [WEB, {}],
  ])('%s refuses %j', async (path, body) => {
    const { call, state } = await withSandbox({ seed: seedOf(50) })
    const before = state()
    expect(await call('PUT', path, body)).toMatchObject({ status: 422 })
    expect(state()).toEqual(before)
  })

  it('is there again once the level above allows it', async () => {
    const { call } = await withSandbox({ seed: seedOf(undefined, 30, 90) })
    expect((await call('GET', WEB)).body).toMatchObject({ days: 30 })
    await call('PUT', ACME, { days: 200 })
    expect((await call('GET', WEB)).body).toMatchObject({ days: 90 })
  })

  it.each([
    ['ghes-3.18', WEB, 404],
    ['ghes-3.19', INC, 200],
    ['dotcom', ACME, 200],
  ])('on %s %s is %i', async (product, path, status) => {
    const seed = product === 'dotcom' ? { organizations: { acme: {} } } : seedOf()
    const { call } = await withSandbox({ seed, product })
    expect((await call('GET', path)).status).toBe(status)
  })
})
