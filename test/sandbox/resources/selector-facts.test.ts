import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const seedOf = (product: string) => ({
  product,
  organizations: {
    acme: {
      teams: { red: { repositories: ['web'] }, Platform: { repositories: ['web', 'api'] }, idle: {} },
      repositories: {
        web: { id: 1, custom_properties: { tier: 'gold', langs: ['ts', 'go'] } },
        api: { id: 2, custom_properties: { tier: 'silver' } },
        old: { id: 3 },
      },
    },
    other: { teams: { blue: {} }, repositories: { x: { id: 9 } } },
  },
})

describe.each(['ghes-2.22', 'ghes-3.4', 'ghes-3.14', 'ghes-3.19', 'ghec', 'dotcom'])('on %s', (product) => {
  it('lists teams, and the repositories of each, by slugs in any case', async () => {
    const { call, state } = await withSandbox({ seed: seedOf(product) })
    expect((await call('GET', '/orgs/acme/teams')).body).toMatchObject([
      { slug: 'idle' },
      { slug: 'platform' },
      { slug: 'red' },
    ])
    expect((await call('GET', '/orgs/acme/teams/PLATFORM/repos')).body).toMatchObject([
      { name: 'web' },
      { name: 'api' },
    ])
    expect((await call('GET', '/orgs/acme/teams/platform/repos?per_page=1')).body).toHaveLength(1)
    expect((await call('GET', '/orgs/acme/teams/idle/repos')).body).toEqual([])
    for (const path of ['/orgs/acme/teams/blue/repos', '/orgs/nobody/teams'])
      expect((await call('GET', path)).status).toBe(404)
    expect((await withSandbox({ seed: state() as object })).state()).toEqual(state())
    expect((await call('DELETE', '/repos/acme/api')).status).toBe(204)
    expect((await call('GET', '/orgs/acme/teams/platform/repos')).body).toMatchObject([{ name: 'web' }])
  })
})

describe('custom properties', () => {
  it.each(['ghes-3.13', 'ghec', 'dotcom'])(
    'of %s are listed for each repository, null where it has none',
    async (product) => {
      const { call } = await withSandbox({ seed: seedOf(product) })
      const { body } = await call('GET', '/orgs/acme/properties/values')
      const properties = (langs: unknown, tier: unknown) => [
        { property_name: 'langs', value: langs },
        { property_name: 'tier', value: tier },
      ]
      expect(body).toMatchObject([
        { repository_name: 'web', repository_full_name: 'acme/web', properties: properties(['ts', 'go'], 'gold') },
        { repository_id: 2, properties: properties(null, 'silver') },
        { repository_id: 3, properties: properties(null, null) },
      ])
    },
  )

  it('are not on GHES 3.12', async () => {
    const { call } = await withSandbox({ seed: seedOf('ghes-3.12') })
    expect((await call('GET', '/orgs/acme/properties/values')).status).toBe(404)
  })
})

it('a fine-grained token needs the permission of each', async () => {
  const permissions = { members: 'read', metadata: 'read' }
  const { call } = await withSandbox({ seed: { ...seedOf('ghec'), tokens: { lean: { permissions } } } })
  expect((await call('GET', '/orgs/acme/teams', undefined, 'lean')).status).toBe(200)
  expect((await call('GET', '/orgs/acme/properties/values', undefined, 'lean')).status).toBe(403)
})
