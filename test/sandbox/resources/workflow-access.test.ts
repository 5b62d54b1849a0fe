import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const pathOf = (repository: string): string => `/repos/${repository}/actions/permissions/access`
const WEB = pathOf('acme/web')

function seedOf(visibility: string, access_level?: string): object {
  const own = access_level === undefined ? {} : { workflow_access: { access_level } }
  return {
    organizations: { acme: { repositories: { web: { id: 1, visibility, ...own } } } },
    repositories: { 'octocat/dots': { id: 2, visibility: 'private' } },
  }
}

describe('the access of workflows outside of a repository', () => {
  it('is none at first, and stands in the state once it is set', async () => {
    const { call, state } = await withSandbox({ seed: seedOf('private') })
    expect((await call('GET', WEB)).body).toEqual({ access_level: 'none' })
    expect((await call('PUT', WEB, { access_level: 'organization' })).status).toBe(204)
    expect((await call('PUT', pathOf('octocat/dots'), { access_level: 'user' })).status).toBe(204)
    expect((await call('GET', WEB)).body).toEqual({ access_level: 'organization' })
    expect(state()).toMatchObject({
      organizations: { acme: { repositories: { web: { workflow_access: { access_level: 'organization' } } } } },
      repositories: { 'octocat/dots': { workflow_access: { access_level: 'user' } } },
    })
    expect((await call('DELETE', '/repos/acme/web')).status).toBe(204)
    expect((await call('GET', WEB)).status).toBe(404)
  })

  it.each([
    ['ghec', 'public', 'internal and private '],
    ['ghes-3.8', 'public', 'internal and private '],
    ['ghes-3.7', 'public', 'internal '],
    ['ghes-3.7', 'private', 'internal '],
  ])('on %s a %s repository has none: 422', async (product, visibility, which) => {
    const { call } = await withSandbox({ seed: seedOf(visibility, 'organization'), product })
    const refused = { status: 422, body: { message: `Access policy only applies to ${which}repositories.` } }
    expect(await call('GET', WEB)).toMatchObject(refused)
    expect(await call('PUT', WEB, { access_level: 'none' })).toMatchObject(refused)
  })

  it('is kept while the repository is public', async () => {
    const { call } = await withSandbox({ seed: seedOf('private', 'organization') })
    await call('PATCH', '/repos/acme/web', { visibility: 'public' })
    expect((await call('GET', WEB)).status).toBe(422)
    await call('PATCH', '/repos/acme/web', { visibility: 'private' })
    expect((await call('GET', WEB)).body).toEqual({ access_level: 'organization' })
  })

  it.each([
    ['ghes-3.7', 'user', '["none", "organization", "enterprise"]'],
    ['dotcom', 'enterprise', '["none", "user", "organization"]'],
    ['ghec', 'all', '["none", "user", "organization", "enterprise"]'],
  ])('%s does not know %s', async (product, access_level, words) => {
    const { call } = await withSandbox({ seed: seedOf(product === 'dotcom' ? 'private' : 'internal'), product })
    const message = `Invalid request.\n\n${access_level} is not a member of ${words}.`
    expect(await call('PUT', WEB, { access_level })).toMatchObject({ status: 422, body: { message } })
    expect(await call('PUT', WEB, {})).toMatchObject({ status: 422 })
  })

  it('is not there before GHES 3.5', async () => {
    const { call } = await withSandbox({ seed: seedOf('internal'), product: 'ghes-3.4' })
    expect((await call('GET', WEB)).status).toBe(404)
  })
})
