import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const INC = '/enterprises/inc/actions/permissions/self-hosted-runners'
const ACME = '/orgs/acme/actions/permissions/self-hosted-runners'
const LIST = `${ACME}/repositories`
const DISABLE = 'disable_self_hosted_runners_for_all_orgs'

function seedOf(own: object, above: object = {}): object {
  return {
    enterprises: { inc: { organizations: { acme: {} }, self_hosted_runners: above } },
    organizations: {
      acme: { self_hosted_runners: own, repositories: { web: { id: 1 }, api: { id: 2 } } },
      other: { repositories: { foreign: { id: 3 } } },
    },
  }
}

describe('where repositories may have self-hosted runners', () => {
  it('is everywhere at first, and is not in the state until it is said', async () => {
    const sandbox = await withSandbox({ seed: seedOf({}), product: 'ghec' })
    expect((await sandbox.call('GET', INC)).body).toEqual({ [DISABLE]: false })
    expect((await sandbox.call('GET', ACME)).body).toEqual({ enabled_repositories: 'all' })
    expect(JSON.stringify(sandbox.state())).not.toContain('self_hosted_runners')
  })

  it('is chosen by an organization, which keeps its list', async () => {
    const sandbox = await withSandbox({ seed: seedOf({}), product: 'ghec' })
    const { call } = sandbox
    expect((await call('PUT', LIST, { selected_repository_ids: [1, 2] })).status).toBe(204)
    expect((await call('GET', LIST)).body).toMatchObject({ total_count: 0 })
    expect((await call('PUT', `${LIST}/1`)).status).toBe(409)
    expect((await call('DELETE', `${LIST}/1`)).status).toBe(409)
    expect((await call('PUT', ACME, { enabled_repositories: 'selected' })).status).toBe(204)
    expect((await call('GET', ACME)).body).toEqual({
      enabled_repositories: 'selected',
      selected_repositories_url: expect.stringMatching(/self-hosted-runners\/repositories$/),
    })
    expect((await call('DELETE', `${LIST}/1`)).status).toBe(204)
    expect((await call('PUT', `${LIST}/3`)).status).toBe(404)
    expect((await call('PUT', LIST, { selected_repository_ids: [3] })).status).toBe(422)
    expect((await call('GET', LIST)).body).toMatchObject({ total_count: 1, repositories: [{ id: 2 }] })
    await call('PUT', ACME, { enabled_repositories: 'none' })
    expect(sandbox.state()).toMatchObject({
      organizations: { acme: { self_hosted_runners: { enabled_repositories: 'none', repositories: ['api'] } } },
    })
    await call('DELETE', '/repos/acme/api')
    expect(sandbox.state()).toMatchObject({
      organizations: { acme: { self_hosted_runners: { enabled_repositories: 'none' } } },
    })
    expect(JSON.stringify(sandbox.state())).not.toContain('api')
  })

  it.each([
    ['PUT', ACME, {}, `"enabled_repositories" wasn't supplied.`],
    ['PUT', ACME, { enabled_repositories: 'some' }, 'some is not a member of ["all", "selected", "none"].'],
    ['PUT', INC, {}, `"${DISABLE}" wasn't supplied.`],
  ])('%s %s with %j is refused', async (method, path, body, message) => {
    const { call } = await withSandbox({ seed: seedOf({}), product: 'ghec' })
    const reply = await call(method, path, body)
    expect(reply).toMatchObject({ status: 422, body: { message: `Invalid request.\n\n${message}` } })
  })

  it('is nowhere where the enterprise says so', async () => {
    const { call, state } = await withSandbox({ seed: seedOf({ enabled_repositories: 'all' }), product: 'ghec' })
    expect((await call('PUT', INC, { [DISABLE]: true })).status).toBe(204)
    expect((await call('GET', ACME)).body).toEqual({ enabled_repositories: 'none' })
    expect((await call('PUT', ACME, { enabled_repositories: 'selected' })).status).toBe(409)
    expect((await call('PUT', ACME, { enabled_repositories: 'none' })).status).toBe(204)
    expect(state()).toMatchObject({ enterprises: { inc: { self_hosted_runners: { [DISABLE]: true } } } })
  })

  it.each(['ghes-3.18', 'ghes-3.4'])('is not known to %s', async (product) => {
    const { call } = await withSandbox({ seed: seedOf({}), product })
    for (const path of [INC, ACME, LIST]) expect((await call('GET', path)).status, path).toBe(404)
  })
})
