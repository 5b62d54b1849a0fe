import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const LONG_AGO = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-02-02T00:00:00Z' }
const ORGANIZATION = '/orgs/acme/actions/variables'
const REPOSITORY = '/repos/acme/web/actions/variables'
const PRODUCTS = ['ghec', 'ghes-3.19'] as const
const SEED = {
  organizations: {
    acme: {
      variables: {
        Some: { visibility: 'selected', repositories: ['web'], value: 'some', ...LONG_AGO },
        EVERY: { visibility: 'all', value: 'every', ...LONG_AGO },
      },
      repositories: { web: { id: 1, variables: { Region: { value: 'old', ...LONG_AGO } } }, api: { id: 2 } },
    },
    other: { repositories: { foreign: { id: 3 } } },
  },
}

describe('the variables of an organization', () => {
  it.each(PRODUCTS)(
    'on %s are listed by name with their text, in the case that they were given in',
    async (product) => {
      const { call, url } = await withSandbox({ seed: SEED, product })
      const list = `${url}${ORGANIZATION}/Some/repositories`
      const some = { name: 'Some', value: 'some', visibility: 'selected', selected_repositories_url: list, ...LONG_AGO }
      expect((await call('GET', ORGANIZATION)).body).toEqual({
        total_count: 2,
        variables: [{ name: 'EVERY', value: 'every', visibility: 'all', ...LONG_AGO }, some],
      })
      expect((await call('GET', `${ORGANIZATION}/SOME`)).body).toEqual(some)
    },
  )

  it('come in pages of 10, and at most 30', async () => {
    const variables = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`V${index}`, { value: 'x' }]))
    const { call } = await withSandbox({ seed: { organizations: { acme: { variables } } } })
    for (const [query, length] of [
      ['', 10],
      ['?per_page=20', 20],
      ['?per_page=100', 30],
      ['?per_page=100&page=2', 1],
    ] as const) {
      const { body } = await call('GET', `${ORGANIZATION}${query}`)
      expect(body).toMatchObject({ total_count: 31, variables: { length } })
    }
  })

  it('are created with 201, never twice, and changed with 204', async () => {
    const { call, state } = await withSandbox({ seed: SEED })
    const first = { name: 'Zone', value: '', visibility: 'selected', selected_repository_ids: [2, 1] }
    expect(await call('POST', ORGANIZATION, first)).toMatchObject({ status: 201, body: {} })
    expect(await call('POST', ORGANIZATION, { ...first, name: 'ZONE' })).toMatchObject({ status: 409 })
    expect(await call('PATCH', `${ORGANIZATION}/zone`, { value: 'two' })).toMatchObject({ status: 204 })
    expect(state()).toMatchObject({
      organizations: {
        acme: { variables: { Zone: { value: 'two', visibility: 'selected', repositories: ['web', 'api'] } } },
      },
    })
    expect(await call('PATCH', `${ORGANIZATION}/zone`, { name: 'EVERY' })).toMatchObject({ status: 409 })
    expect(await call('PATCH', `${ORGANIZATION}/zone`, { name: 'Place', visibility: 'all' })).toMatchObject({
      status: 204,
    })
    expect(await call('GET', `${ORGANIZATION}/zone`)).toMatchObject({ status: 404 })
    expect((await call('GET', `${ORGANIZATION}/PLACE`)).body).toMatchObject({ name: 'Place', value: 'two' })
    expect(await call('DELETE', `${ORGANIZATION}/place`)).toMatchObject({ status: 204 })
    expect(await call('DELETE', `${ORGANIZATION}/place`)).toMatchObject({ status: 404 })
  })

  it.each<[string, object]>([
    ['no visibility', { name: 'X', value: 'x' }],
    ['no value', { name: 'X', visibility: 'all' }],
    ['no name', { value: 'x', visibility: 'all' }],
    ['a name of GitHub', { name: 'github_x', value: 'x', visibility: 'all' }],
    ['a name with a dash', { name: 'A-B', value: 'x', visibility: 'all' }],
    ['a digit first', { name: '1X', value: 'x', visibility: 'all' }],
    ['more than 48 KB', { name: 'X', value: 'x'.repeat(49_153), visibility: 'all' }],
    ['the repository of another', { name: 'X', value: 'x', visibility: 'selected', selected_repository_ids: [3] }],
  ])('refuse with 422: %s', async (_, body) => {
    const { call } = await withSandbox({ seed: SEED })
    expect(await call('POST', ORGANIZATION, body)).toMatchObject({ status: 422 })
    expect((await call('GET', ORGANIZATION)).body).toMatchObject({ total_count: 2 })
  })

  it.each(PRODUCTS)('on %s have a list of repositories only while their visibility is selected', async (product) => {
    const { call } = await withSandbox({ seed: SEED, product })
    const [some, every] = [`${ORGANIZATION}/SOME/repositories`, `${ORGANIZATION}/EVERY/repositories`]
    expect((await call('GET', some)).body).toMatchObject({ repositories: [{ id: 1 }] })
    expect(await call('PUT', `${some}/2`)).toMatchObject({ status: 204 })
    expect(await call('DELETE', `${some}/1`)).toMatchObject({ status: 204 })
    expect((await call('GET', some)).body).toMatchObject({ repositories: [{ id: 2 }] })
    expect(await call('PUT', some, { selected_repository_ids: [] })).toMatchObject({ status: 204 })
    for (const [method, path, body] of [
      ['GET', every, undefined],
      ['PUT', every, { selected_repository_ids: [1] }],
      ['PUT', `${every}/1`, undefined],
      ['DELETE', `${every}/1`, undefined],
    ] as const) {
      expect(await call(method, path, body), `${method} ${path}`).toMatchObject({ status: 409 })
    }
  })

  it('forget a repository that goes', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('DELETE', '/repos/acme/web')
    expect((await call('GET', `${ORGANIZATION}/SOME/repositories`)).body).toMatchObject({ total_count: 0 })
  })
})

describe('the variables of a repository', () => {
  it.each(PRODUCTS)('on %s are created, changed, renamed and deleted', async (product) => {
    const { call, state } = await withSandbox({ seed: SEED, product })
    expect(await call('POST', REPOSITORY, { name: 'Zone', value: 'a' })).toMatchObject({ status: 201 })
    expect(await call('POST', REPOSITORY, { name: 'zone', value: 'a' })).toMatchObject({ status: 409 })
    expect(await call('PATCH', `${REPOSITORY}/REGION`, { value: 'b' })).toMatchObject({ status: 204 })
    expect((await call('GET', `${REPOSITORY}/region`)).body).toMatchObject({ name: 'Region', value: 'b' })
    expect(await call('PATCH', `${REPOSITORY}/region`, { name: 'area' })).toMatchObject({ status: 204 })
    expect(await call('DELETE', `${REPOSITORY}/zone`)).toMatchObject({ status: 204 })
    expect((await call('GET', REPOSITORY)).body).toMatchObject({ total_count: 1, variables: [{ name: 'area' }] })
    expect(state()).toMatchObject({
      organizations: { acme: { repositories: { web: { variables: { area: { value: 'b' } } } } } },
    })
  })

  it('are at most 500', async () => {
    const variables = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`V${index}`, { value: 'x' }]))
    const seed = { organizations: { acme: { repositories: { web: { variables } } } } }
    const { call } = await withSandbox({ seed })
    expect(await call('POST', REPOSITORY, { name: 'X', value: 'x' })).toMatchObject({ status: 422 })
  })
})

describe("agents' variables", () => {
  const agents = (path: string): string => path.replace('/actions/', '/agents/')
  const seed = {
    organizations: {
      acme: {
        agents_variables: { Some: { visibility: 'selected', repositories: ['web'], value: 'some' } },
        repositories: { web: { id: 1, agents_variables: { Own: { value: 'own' } } }, api: { id: 2 } },
      },
    },
  }

  it('are kept apart from those of Actions, at both levels', async () => {
    const { call, state } = await withSandbox({ seed })
    for (const [list, more] of [
      [agents(ORGANIZATION), { visibility: 'all' }],
      [agents(REPOSITORY), {}],
    ] as const) {
      expect(await call('POST', list, { name: 'New', value: 'a', ...more })).toMatchObject({ status: 201 })
      expect(await call('POST', list, { name: 'NEW', value: 'a', ...more })).toMatchObject({ status: 409 })
      expect(await call('PATCH', `${list}/new`, { value: 'b' })).toMatchObject({ status: 204 })
      expect((await call('GET', `${list}/NEW`)).body).toMatchObject({ name: 'New', value: 'b' })
      expect((await call('GET', list)).body).toMatchObject({ total_count: 2 })
      expect((await call('GET', list.replace('/agents/', '/actions/'))).body).toMatchObject({ total_count: 0 })
      expect(await call('DELETE', `${list}/new`)).toMatchObject({ status: 204 })
    }
    const some = `${agents(ORGANIZATION)}/some/repositories`
    expect(await call('PUT', some, { selected_repository_ids: [1, 2] })).toMatchObject({ status: 204 })
    expect(await call('DELETE', `${some}/1`)).toMatchObject({ status: 204 })
    expect(await call('PUT', `${some}/2`)).toMatchObject({ status: 204 })
    expect((await call('GET', some)).body).toMatchObject({ total_count: 1, repositories: [{ id: 2 }] })
    expect(state()).toMatchObject({
      organizations: {
        acme: {
          agents_variables: { Some: { value: 'some', repositories: ['api'] } },
          repositories: { web: { agents_variables: { Own: { value: 'own' } } } },
        },
      },
    })
  })

  it('are none of Enterprise Server', async () => {
    const { call } = await withSandbox({ seed: { product: 'ghes-3.19', organizations: { acme: {} } } })
    expect(await call('GET', agents(ORGANIZATION))).toMatchObject({ status: 404 })
  })
})

describe('the variables of an environment', () => {
  const seed = {
    organizations: {
      acme: { repositories: { web: { id: 1, environments: { 'Prod/EU': { variables: { Url: { value: 'old' } } } } } } },
    },
  }

  it.each([
    ['ghec', '/repos/acme/web/environments/prod%2Feu/variables'],
    ['ghes-3.19', '/repos/acme/web/environments/prod%2Feu/variables'],
    ['ghes-3.9', '/repositories/1/environments/prod%2Feu/variables'],
  ])('on %s', async (product, list) => {
    const { call, state } = await withSandbox({ seed: { product, ...seed } })
    expect((await call('GET', list)).body).toMatchObject({ total_count: 1, variables: [{ name: 'Url', value: 'old' }] })
    expect(await call('POST', list, { name: 'New', value: 'a' })).toMatchObject({ status: 201 })
    expect(await call('POST', list, { name: 'NEW', value: 'a' })).toMatchObject({ status: 409 })
    expect(await call('PATCH', `${list}/URL`, { value: 'b' })).toMatchObject({ status: 204 })
    expect((await call('GET', `${list}/url`)).body).toMatchObject({ name: 'Url', value: 'b' })
    expect(await call('DELETE', `${list}/new`)).toMatchObject({ status: 204 })
    expect(state()).toMatchObject({
      organizations: {
        acme: { repositories: { web: { environments: { 'Prod/EU': { variables: { Url: { value: 'b' } } } } } } },
      },
    })
    expect(await call('GET', list.replace('prod', 'stage'))).toMatchObject({ status: 404 })
  })
})
