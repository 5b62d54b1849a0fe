import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      permissions: { enabled_repositories: 'selected', repositories: ['Web', 'api'] },
      secrets: { S: { visibility: 'selected', repositories: ['Web', 'api'] } },
      runner_groups: { gpu: { id: 5, visibility: 'selected', repositories: ['Web', 'api'] } },
      repositories: {
        Web: { id: 101, visibility: 'internal', topics: ['node', 'site'] },
        api: { id: 102, visibility: 'public' },
        fork: { id: 103, fork: true },
      },
    },
  },
}

async function names(sandbox: TestSandbox, query = ''): Promise<string[]> {
  const { body } = await sandbox.call('GET', `/orgs/acme/repos${query}`)
  return (body as { name: string }[]).map(({ name }) => name)
}

describe('repositories', () => {
  it.each([
    ['', ['fork', 'api', 'Web']],
    ['?type=all&sort=full_name', ['api', 'fork', 'Web']],
    ['?sort=full_name&direction=desc', ['Web', 'fork', 'api']],
    ['?sort=created&direction=asc', ['Web', 'api', 'fork']],
    ['?type=internal', ['Web']],
    ['?type=private', ['fork', 'Web']],
    ['?type=public', ['api']],
    ['?type=forks', ['fork']],
    ['?type=sources', ['api', 'Web']],
  ])('"%s" lists %j', async (query, expected) => {
    expect(await names(await withSandbox({ seed: SEED }), query)).toEqual(expected)
  })

  it('are found without case and show themselves as they are stored', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const { body } = await call('GET', '/repos/ACME/wEB')
    expect(body).toMatchObject({ id: 101, full_name: 'acme/Web', private: true, topics: ['node', 'site'] })
    expect((await call('GET', '/repositories/101')).body).toEqual(body)
  })

  it('tell their visibility on GHES 2.22 to clients of the preview only', async () => {
    const { call } = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
    const preview = { accept: 'application/vnd.github.nebula-preview+json' }
    expect((await call('GET', '/repos/acme/web')).body).not.toHaveProperty('visibility')
    expect((await call('GET', '/repos/acme/web', undefined, 'owner', preview)).body).toMatchObject({
      visibility: 'internal',
    })
    const [first] = (await call('GET', '/orgs/acme/repos', undefined, 'owner', preview)).body as object[]
    expect(first).toMatchObject({ visibility: 'private' })
    await call('POST', '/orgs/acme/repos', { name: 'a', visibility: 'private' })
    await call('POST', '/orgs/acme/repos', { name: 'b', visibility: 'private' }, 'owner', preview)
    expect((await call('GET', '/repos/acme/a')).body).toMatchObject({ private: false })
    expect((await call('GET', '/repos/acme/b')).body).toMatchObject({ private: true })
  })

  it('are created once, with an id that no other had', async () => {
    const { call, url } = await withSandbox({ seed: SEED })
    const created = await call('POST', '/orgs/acme/repos', { name: 'new', private: true, description: 'New.' })
    expect(created).toMatchObject({
      status: 201,
      headers: { location: `${url}/repos/acme/new` },
      body: { id: 104, visibility: 'private', description: 'New.' },
    })
    const again = await call('POST', '/orgs/acme/repos', { name: 'NEW' })
    expect(again).toMatchObject({ status: 422, body: { errors: [{ message: 'name already exists on this account' }] } })
    await call('DELETE', '/repos/acme/new')
    expect((await call('POST', '/orgs/acme/repos', { name: 'new' })).body).toMatchObject({ id: 105 })
  })

  it.each([
    [{}, `"name" wasn't supplied.`],
    [{ name: 7 }, `For 'properties/name', 7 is not a string.`],
    [{ name: 'a b' }, 'Repository creation failed.'],
    [{ name: 'a', visibility: 'secret' }, 'secret is not a member of ["public", "private", "internal"].'],
  ])('%j is refused', async (body, message) => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('POST', '/orgs/acme/repos', body)
    expect(reply).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) } })
  })

  it('cannot be internal on github.com', async () => {
    const { call } = await withSandbox({ seed: { organizations: { acme: {} } }, product: 'dotcom' })
    expect((await call('POST', '/orgs/acme/repos', { name: 'a', visibility: 'internal' })).status).toBe(422)
  })

  it('change their visibility, and whether they are archived', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('PATCH', '/repos/acme/api', { visibility: 'private', archived: true })
    expect((await call('GET', '/repos/acme/api')).body).toMatchObject({ visibility: 'private', archived: true })
    expect((await call('PATCH', '/repos/acme/api', { description: 'Open.' })).status, 'it is archived').toBe(403)
    await call('PATCH', '/repos/acme/api', { archived: false })
    await call('PATCH', '/repos/acme/api', { private: false, description: 'Open.' })
    expect((await call('GET', '/repos/acme/api')).body).toMatchObject({ visibility: 'public', description: 'Open.' })
    expect((await call('PATCH', '/repos/acme/api', { archived: 'no' })).status).toBe(422)
  })

  it('redirect from a former name until another repository takes it', async () => {
    const { call, url } = await withSandbox({ seed: SEED })
    await call('PATCH', '/repos/acme/web', { name: 'site' })
    const secrets = '/repos/acme/Web/actions/secrets'
    expect(await call('GET', `${secrets}?per_page=5`)).toMatchObject({
      status: 301,
      headers: { location: `${url}/repositories/101/actions/secrets?per_page=5` },
      body: { message: 'Moved Permanently' },
    })
    expect(await call('DELETE', `${secrets}/X`)).toMatchObject({
      status: 307,
      headers: { location: `${url}/repositories/101/actions/secrets/X` },
    })
    expect((await call('GET', '/repositories/101/actions/secrets')).status).toBe(200)
    await call('POST', '/orgs/acme/repos', { name: 'web' })
    expect((await call('GET', secrets)).status).toBe(200)
    expect((await call('GET', '/repos/acme/site')).body).toMatchObject({ id: 101 })
    expect((await call('PATCH', '/repos/acme/site', { name: 'web' })).status).toBe(422)
  })

  it('leave every list when they are deleted', async () => {
    const { call, state } = await withSandbox({ seed: SEED })
    expect((await call('DELETE', '/repos/acme/web')).status).toBe(204)
    expect((await call('GET', '/repos/acme/web')).status).toBe(404)
    expect((await call('GET', '/repositories/101')).status).toBe(404)
    expect(state()).toMatchObject({
      organizations: {
        acme: {
          permissions: { repositories: ['api'] },
          secrets: { S: { repositories: ['api'] } },
          runner_groups: { gpu: { repositories: ['api'] } },
        },
      },
    })
  })
})
