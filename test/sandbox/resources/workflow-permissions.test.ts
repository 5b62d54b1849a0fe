import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const ENTERPRISE = '/enterprises/inc/actions/permissions/workflow'
const ORGANIZATION = '/orgs/acme/actions/permissions/workflow'
const REPOSITORY = '/repos/acme/web/actions/permissions/workflow'
const OPEN = { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true }
const CLOSED = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }

/** The enterprise inc, its organization acme and the repository web, each with these. */
function seedOf(enterprise: object, organization: object = {}, repository: object = {}): object {
  return {
    enterprises: { inc: { workflow_permissions: enterprise, organizations: { acme: {} } } },
    organizations: {
      acme: {
        workflow_permissions: organization,
        repositories: { web: { id: 1, workflow_permissions: repository } },
      },
    },
    repositories: { 'octocat/dots': { id: 2 } },
  }
}

describe('the workflow permissions', () => {
  it.each([
    [{}, {}, {}, [CLOSED, CLOSED, CLOSED]],
    [OPEN, {}, {}, [OPEN, OPEN, OPEN]],
    [{}, OPEN, OPEN, [CLOSED, CLOSED, CLOSED]],
    [
      OPEN,
      OPEN,
      { default_workflow_permissions: 'read' },
      [OPEN, OPEN, { ...OPEN, default_workflow_permissions: 'read' }],
    ],
    [OPEN, CLOSED, OPEN, [OPEN, CLOSED, CLOSED]],
  ])('%j above %j above %j read as the stricter ones', async (enterprise, organization, repository, expected) => {
    const { call } = await withSandbox({ seed: seedOf(enterprise, organization, repository) })
    const bodies = []
    for (const path of [ENTERPRISE, ORGANIZATION, REPOSITORY]) bodies.push((await call('GET', path)).body)
    expect(bodies).toEqual(expected)
  })

  it.each([ENTERPRISE, '/repos/octocat/dots/actions/permissions/workflow'])(
    'of %s have nothing above',
    async (path) => {
      const { call } = await withSandbox({ seed: seedOf({}) })
      expect(await call('PUT', path, OPEN)).toMatchObject({ status: 204 })
      expect((await call('GET', path)).body).toEqual(OPEN)
    },
  )

  it.each([
    [ORGANIZATION, OPEN],
    [ORGANIZATION, { default_workflow_permissions: 'write' }],
    [REPOSITORY, { can_approve_pull_request_reviews: true }],
  ])('of %s are not set to %j below a stricter level: 409 without a body', async (path, body) => {
    const { call, state } = await withSandbox({ seed: seedOf(CLOSED, {}, {}) })
    const before = state()
    expect(await call('PUT', path, body)).toMatchObject({ status: 409, body: undefined })
    expect(state()).toEqual(before)
  })

  it('keep what a request leaves out, and come back once the level above allows them', async () => {
    const { call } = await withSandbox({ seed: seedOf(OPEN, {}, OPEN) })
    await call('PUT', ORGANIZATION, { default_workflow_permissions: 'read' })
    expect((await call('GET', ORGANIZATION)).body).toEqual({ ...OPEN, default_workflow_permissions: 'read' })
    expect((await call('GET', REPOSITORY)).body).toMatchObject({ default_workflow_permissions: 'read' })
    expect(await call('PUT', REPOSITORY, { can_approve_pull_request_reviews: true })).toMatchObject({ status: 204 })
    await call('PUT', ORGANIZATION, { default_workflow_permissions: 'write' })
    expect((await call('GET', REPOSITORY)).body).toEqual(OPEN)
  })

  it.each([
    [{ default_workflow_permissions: 'none' }, 'none is not a member of ["read", "write"].'],
    [
      { can_approve_pull_request_reviews: 'no' },
      `For 'properties/can_approve_pull_request_reviews', "no" is not a boolean.`,
    ],
  ])('%j is refused', async (body, message) => {
    const { call } = await withSandbox({ seed: seedOf(OPEN) })
    const reply = await call('PUT', ORGANIZATION, body)
    expect(reply).toMatchObject({ status: 422, body: { message: `Invalid request.\n\n${message}` } })
  })

  it('stand in the state as they were set, and go with their owner', async () => {
    const { call, state } = await withSandbox({ seed: seedOf(OPEN, CLOSED, OPEN) })
    expect(state()).toMatchObject({
      enterprises: { inc: { workflow_permissions: OPEN } },
      organizations: { acme: { workflow_permissions: CLOSED, repositories: { web: { workflow_permissions: OPEN } } } },
    })
    expect((await call('DELETE', '/repos/acme/web')).status).toBe(204)
    expect(JSON.stringify(state())).not.toContain('web')
    expect((await call('GET', REPOSITORY)).status).toBe(404)
  })

  it.each([
    ['ghes-3.4', ORGANIZATION, 404],
    ['ghes-3.5', ORGANIZATION, 200],
    ['ghes-3.5', REPOSITORY, 404],
    ['ghes-3.6', REPOSITORY, 200],
    ['ghes-3.6', ENTERPRISE, 200],
  ])('on %s %s is %i', async (product, path, status) => {
    const { call } = await withSandbox({ seed: seedOf({}), product })
    expect((await call('GET', path)).status).toBe(status)
  })
})
