import { describe, expect, it } from 'vitest'
import { sealed, withSandbox } from '../../support/sandbox.ts'

interface Kind {
  readonly kind: string
  readonly path: string
  /** Products with it, and without. */
  readonly on: readonly string[]
  readonly notOn: readonly string[]
}

/** The secrets that are not those of Actions, with the key of their seeds. */
const KINDS: readonly Kind[] = [
  {
    kind: 'dependabot_secrets',
    path: 'dependabot',
    on: ['ghes-3.4', 'ghes-3.9', 'ghes-3.19', 'ghec', 'dotcom'],
    notOn: ['ghes-2.22'],
  },
  { kind: 'agents_secrets', path: 'agents', on: ['ghec', 'dotcom'], notOn: ['ghes-3.19'] },
  { kind: 'codespaces_secrets', path: 'codespaces', on: ['ghec', 'dotcom'], notOn: ['ghes-3.19'] },
]
const MOMENTS = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-02-02T00:00:00Z' }

function seedOf(kind: string, product?: string) {
  return {
    ...(product === undefined ? {} : { product }),
    organizations: {
      acme: {
        secrets: { SOME: { visibility: 'all', value: 'of Actions', ...MOMENTS } },
        [kind]: {
          some: { visibility: 'selected', repositories: ['web'], value: 'some', ...MOMENTS },
          EVERY: { visibility: 'all', value: 'every', ...MOMENTS },
        },
        repositories: { web: { id: 1, [kind]: { TOKEN: { value: 'old', ...MOMENTS } } }, api: { id: 2 } },
      },
      other: { repositories: { foreign: { id: 3 } } },
    },
  }
}

describe.each(KINDS)('$kind', ({ kind, path, on, notOn }) => {
  const organization = `/orgs/acme/${path}/secrets`
  const repository = `/repos/acme/web/${path}/secrets`

  it.each(on)('are served by %s, listed without their values', async (product) => {
    const { call, url } = await withSandbox({ seed: seedOf(kind, product) })
    const some = { name: 'SOME', visibility: 'selected', ...MOMENTS }
    expect((await call('GET', organization)).body).toEqual({
      total_count: 2,
      secrets: [
        { name: 'EVERY', visibility: 'all', ...MOMENTS },
        { ...some, selected_repositories_url: expect.stringContaining(`${organization}/SOME/repositories`) },
      ],
    })
    expect((await call('GET', `${organization}/some`)).body).toMatchObject(some)
    expect((await call('GET', `${organization}/SOME/repositories`)).body).toMatchObject({ repositories: [{ id: 1 }] })
    expect((await call('GET', repository)).body).toMatchObject({ secrets: [{ name: 'TOKEN', ...MOMENTS }] })
    expect((await call('GET', `${repository}/token`)).body).toEqual({ name: 'TOKEN', ...MOMENTS })
    expect(url).toContain('http')
  })

  it.each(notOn)('are not on %s', async (product) => {
    const { call } = await withSandbox({ seed: seedOf(kind, product) })
    for (const list of [organization, repository]) expect((await call('GET', list)).status).toBe(404)
  })

  it('are created with 201, replaced with 204, deleted with 204, and no longer there with 404', async () => {
    const sandbox = await withSandbox({ seed: seedOf(kind) })
    const of = async (list: string, more: object, name: string) =>
      (await sandbox.call('PUT', `${list}/${name}`, { ...(await sealed(sandbox, list, 'new')), ...more })).status
    const selection = { visibility: 'selected', selected_repository_ids: [2] }
    expect([await of(organization, selection, 'New'), await of(organization, selection, 'SOME')]).toEqual([201, 204])
    expect([await of(repository, {}, 'New'), await of(repository, {}, 'TOKEN')]).toEqual([201, 204])
    expect(sandbox.state()).toMatchObject({
      organizations: {
        acme: {
          secrets: { SOME: { value: 'of Actions' } },
          [kind]: { NEW: { repositories: ['api'], value: 'new' }, SOME: { repositories: ['api'], value: 'new' } },
          repositories: { web: { [kind]: { NEW: { value: 'new' }, TOKEN: { value: 'new' } } } },
        },
      },
    })
    for (const one of [`${organization}/NEW`, `${repository}/NEW`]) {
      expect((await sandbox.call('DELETE', one)).status).toBe(204)
      for (const method of ['GET', 'DELETE'] as const) expect((await sandbox.call(method, one)).status).toBe(404)
    }
  })

  it('take and lose repositories one by one and as a whole, while they say selected', async () => {
    const { call } = await withSandbox({ seed: seedOf(kind) })
    const some = `${organization}/SOME/repositories`
    expect((await call('PUT', `${some}/2`)).status).toBe(204)
    expect((await call('DELETE', `${some}/1`)).status).toBe(204)
    expect((await call('GET', some)).body).toMatchObject({ total_count: 1, repositories: [{ id: 2 }] })
    expect((await call('PUT', some, { selected_repository_ids: [1] })).status).toBe(204)
    expect((await call('PUT', some, { selected_repository_ids: [3] })).status).toBe(422)
    expect((await call('PUT', `${some}/3`)).status).toBe(404)
    const every = `${organization}/EVERY/repositories`
    expect((await call('PUT', every, { selected_repository_ids: [1] })).status).toBe(409)
    for (const method of ['PUT', 'DELETE'] as const) expect((await call(method, `${every}/1`)).status).toBe(409)
  })

  it('have keys of their own', async () => {
    const sandbox = await withSandbox({ seed: seedOf(kind) })
    for (const list of [organization, repository]) {
      const foreign = await sealed(sandbox, list.replace(`/${path}/`, '/actions/'), 'x')
      const refused = await sandbox.call('PUT', `${list}/X`, { ...foreign, visibility: 'all' })
      expect(refused).toMatchObject({ status: 422, body: { message: expect.stringContaining('key_id') } })
    }
  })

  it('are no longer of a repository that went away, nor in the state where there are none', async () => {
    const { call, state } = await withSandbox({ seed: seedOf(kind) })
    expect((await call('DELETE', '/repos/acme/web')).status).toBe(204)
    const { acme } = (state() as { organizations: Record<string, Record<string, object>> }).organizations
    expect(acme).toMatchObject({ [kind]: { SOME: { repositories: [] } }, repositories: { api: {} } })
    expect(acme?.repositories).not.toHaveProperty(['api', kind])
  })

  it('come back from the state as they were', async () => {
    const { state } = await withSandbox({ seed: seedOf(kind) })
    const again = await withSandbox({ seed: state() as object })
    expect(again.state()).toEqual(state())
  })
})

describe('the ids that go with a value of Dependabot', () => {
  const list = '/orgs/acme/dependabot/secrets'
  it.each<[string, unknown, number]>([
    ['ghes-3.4', [1], 422],
    ['ghes-3.9', [1], 422],
    ['ghes-3.9', ['1'], 201],
    ['ghes-3.10', [1], 201],
    ['ghes-3.10', ['1'], 201],
    ['dotcom', [1], 201],
    ['dotcom', [null], 422],
    ['dotcom', ['3'], 422],
    ['dotcom', ['x'], 422],
  ])('on %s %j: %i', async (product, ids, status) => {
    const sandbox = await withSandbox({ seed: seedOf('dependabot_secrets', product) })
    const body = { ...(await sealed(sandbox, list, 'x')), visibility: 'selected', selected_repository_ids: ids }
    expect((await sandbox.call('PUT', `${list}/NEW`, body)).status).toBe(status)
  })
})
