import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const ORGANIZATION = '/orgs/acme/actions/permissions'
const REPOSITORY = '/repos/acme/web/actions/permissions'

function seedOf(permissions: object, own: object = {}): object {
  return {
    organizations: {
      acme: { permissions, repositories: { web: { id: 1, permissions: own }, api: { id: 2 } } },
      other: { repositories: { foreign: { id: 3 } } },
    },
  }
}

describe('the permissions of an organization', () => {
  it.each([
    [{}, { enabled_repositories: 'all', allowed_actions: 'all', sha_pinning_required: false }],
    [{ enabled_repositories: 'none' }, { enabled_repositories: 'none', sha_pinning_required: false }],
    [
      { enabled_repositories: 'selected', allowed_actions: 'selected', sha_pinning_required: true },
      {
        enabled_repositories: 'selected',
        selected_repositories_url: expect.stringMatching(/permissions\/repositories$/),
        allowed_actions: 'selected',
        selected_actions_url: expect.stringMatching(/permissions\/selected-actions$/),
        sha_pinning_required: true,
      },
    ],
  ])('%j reads as %j', async (permissions, expected) => {
    const { call } = await withSandbox({ seed: seedOf(permissions) })
    expect((await call('GET', ORGANIZATION)).body).toEqual(expected)
  })

  it('keep what a request leaves out, even while Actions is off', async () => {
    const { call } = await withSandbox({ seed: seedOf({ allowed_actions: 'local_only', sha_pinning_required: true }) })
    await call('PUT', ORGANIZATION, { enabled_repositories: 'none' })
    expect((await call('GET', ORGANIZATION)).body).not.toHaveProperty('allowed_actions')
    await call('PUT', ORGANIZATION, { enabled_repositories: 'all' })
    expect((await call('GET', ORGANIZATION)).body).toMatchObject({
      allowed_actions: 'local_only',
      sha_pinning_required: true,
    })
  })

  it.each(['ghes-3.18', 'ghes-3.4'])('of %s do not know sha_pinning_required', async (product) => {
    const { call } = await withSandbox({ seed: seedOf({}), product })
    const body = { enabled_repositories: 'all', sha_pinning_required: true }
    expect((await call('PUT', ORGANIZATION, body)).status).toBe(204)
    expect((await call('GET', ORGANIZATION)).body).not.toHaveProperty('sha_pinning_required')
  })

  it.each([
    [{}, `"enabled_repositories" wasn't supplied.`],
    [{ enabled_repositories: 'some' }, 'some is not a member of ["all", "none", "selected"].'],
    [{ enabled_repositories: 'none', allowed_actions: '' }, ' is not a member of ["all", "local_only", "selected"].'],
    [{ enabled_repositories: 'all', allowed_actions: null }, `For 'properties/allowed_actions', nil is not a string.`],
    [
      { enabled_repositories: 'all', sha_pinning_required: 'yes' },
      `For 'properties/sha_pinning_required', "yes" is not a boolean.`,
    ],
  ])('%j is refused', async (body, message) => {
    const { call, state } = await withSandbox({ seed: seedOf({}) })
    const before = state()
    const reply = await call('PUT', ORGANIZATION, body)
    expect(reply).toMatchObject({ status: 422, body: { message: `Invalid request.\n\n${message}` } })
    expect(state()).toEqual(before)
  })

  it.each([
    ['all', 'Actions are enabled for all repositories'],
    ['none', 'Actions are disabled for all repositories'],
  ])('tell that %s have no list of their own', async (enabled_repositories, errors) => {
    const { call } = await withSandbox({ seed: seedOf({ enabled_repositories }) })
    const expected = { status: 409, body: { message: 'Conflict', errors, status: '409' } }
    const list = `${ORGANIZATION}/repositories`
    expect(await call('GET', list)).toMatchObject(expected)
    expect(await call('PUT', list, { selected_repository_ids: [1] })).toMatchObject(expected)
    expect(await call('PUT', `${list}/1`)).toMatchObject(expected)
    expect(await call('DELETE', `${list}/1`)).toMatchObject(expected)
  })

  it.each([
    ['GET', `${ORGANIZATION}/selected-actions`, undefined],
    ['PUT', `${ORGANIZATION}/selected-actions`, { patterns_allowed: [] }],
  ])('%s %s conflicts when they are not selected', async (method, path, body) => {
    const { call } = await withSandbox({ seed: seedOf({}) })
    expect(await call(method, path, body)).toMatchObject({ status: 409, body: undefined })
  })

  it('hold no selected actions while Actions is off', async () => {
    const { call } = await withSandbox({ seed: seedOf({ enabled_repositories: 'none', allowed_actions: 'selected' }) })
    expect((await call('GET', `${ORGANIZATION}/selected-actions`)).status).toBe(409)
    expect((await call('PUT', `${ORGANIZATION}/selected-actions`, {})).status).toBe(409)
  })

  it('take a list of their own repositories, and nothing else', async () => {
    const { call } = await withSandbox({ seed: seedOf({ enabled_repositories: 'selected', repositories: ['web'] }) })
    const path = `${ORGANIZATION}/repositories`
    const ids = async () => {
      const { body } = await call('GET', path)
      return (body as { repositories: { id: number }[] }).repositories.map(({ id }) => id)
    }
    expect((await call('PUT', path, { selected_repository_ids: ['2'] })).body).toMatchObject({
      message: `Invalid request.\n\nFor 'items', "2" is not an integer.`,
    })
    expect((await call('PUT', path, {})).status).toBe(422)
    expect((await call('PUT', path, { selected_repository_ids: [2, 3] })).status).toBe(422)
    expect((await call('PUT', `${path}/3`)).status).toBe(404)
    expect(await ids()).toEqual([1])
    await call('PUT', `${path}/2`)
    expect(await ids()).toEqual([1, 2])
    await call('DELETE', `${path}/1`)
    expect(await ids()).toEqual([2])
    await call('PUT', path, { selected_repository_ids: [] })
    expect(await ids()).toEqual([])
  })

  it('keep the list while it is not in use', async () => {
    const { call } = await withSandbox({ seed: seedOf({ enabled_repositories: 'selected', repositories: ['web'] }) })
    await call('PUT', ORGANIZATION, { enabled_repositories: 'all' })
    await call('PUT', ORGANIZATION, { enabled_repositories: 'selected' })
    expect((await call('GET', `${ORGANIZATION}/repositories`)).body).toMatchObject({ total_count: 1 })
  })
})

describe('selected actions', () => {
  const SELECTED = {
    allowed_actions: 'selected',
    selected_actions: { verified_allowed: true, patterns_allowed: ['a/*'] },
  }

  it('keep what a request leaves out', async () => {
    const { call } = await withSandbox({ seed: seedOf(SELECTED) })
    await call('PUT', `${ORGANIZATION}/selected-actions`, { github_owned_allowed: true })
    expect((await call('GET', `${ORGANIZATION}/selected-actions`)).body).toEqual({
      github_owned_allowed: true,
      verified_allowed: true,
      patterns_allowed: ['a/*'],
    })
  })

  it('of GHES 3.4 to 3.7 have two fields, both required', async () => {
    const { call } = await withSandbox({ seed: seedOf(SELECTED), product: 'ghes-3.7' })
    const path = `${ORGANIZATION}/selected-actions`
    expect((await call('PUT', path, { github_owned_allowed: true })).status).toBe(422)
    expect((await call('PUT', path, { patterns_allowed: [] })).status).toBe(422)
    const body = { github_owned_allowed: true, patterns_allowed: [] }
    expect((await call('PUT', path, { ...body, verified_allowed: false })).status).toBe(204)
    expect((await call('GET', path)).body).toEqual(body)
  })

  it.each([
    [{ patterns_allowed: 'a/*' }, `For 'properties/patterns_allowed', "a/*" is not an array.`],
    [{ patterns_allowed: [1] }, `For 'items', 1 is not a string.`],
    [{ verified_allowed: 1 }, `For 'properties/verified_allowed', 1 is not a boolean.`],
  ])('%j is refused', async (body, message) => {
    const { call } = await withSandbox({ seed: seedOf(SELECTED) })
    const reply = await call('PUT', `${ORGANIZATION}/selected-actions`, body)
    expect(reply).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) } })
  })
})

describe('the permissions of a repository', () => {
  const LISTED = { enabled_repositories: 'selected', repositories: ['web'] }

  it.each([
    ['all', {}, {}, { enabled: true, allowed_actions: 'all' }],
    ['its own switch off', {}, { enabled: false }, { enabled: false }],
    ['the organization off', { enabled_repositories: 'none' }, {}, { enabled: false }],
    ['not in the list', { enabled_repositories: 'selected', repositories: ['api'] }, {}, { enabled: false }],
    ['in the list', LISTED, {}, { enabled: true, allowed_actions: 'all' }],
    ['in the list and off', LISTED, { enabled: false }, { enabled: false }],
    ['all under local_only', { allowed_actions: 'local_only' }, {}, { allowed_actions: 'local_only' }],
    ['all under selected', { allowed_actions: 'selected' }, {}, { allowed_actions: 'selected' }],
    [
      'local_only under selected',
      { allowed_actions: 'selected' },
      { allowed_actions: 'local_only' },
      { allowed_actions: 'local_only' },
    ],
    ['pinning from above', { sha_pinning_required: true }, {}, { sha_pinning_required: true }],
    ['pinning of its own', {}, { sha_pinning_required: true }, { sha_pinning_required: true }],
  ])('%s: the stricter one holds', async (_, above, own, expected) => {
    const { call } = await withSandbox({ seed: seedOf(above, own) })
    const { body } = await call('GET', REPOSITORY)
    expect(body).toMatchObject(expected)
    if ((body as { enabled: boolean }).enabled === false) expect(body).not.toHaveProperty('allowed_actions')
  })

  it.each([
    ['on, while the organization is off', { enabled_repositories: 'none' }, { enabled: true }],
    ['on, while not in the list', { enabled_repositories: 'selected' }, { enabled: true }],
    ['all under selected', { allowed_actions: 'selected' }, { enabled: true, allowed_actions: 'all' }],
    ['all under local_only', { allowed_actions: 'local_only' }, { enabled: true, allowed_actions: 'all' }],
    ['selected under local_only', { allowed_actions: 'local_only' }, { enabled: true, allowed_actions: 'selected' }],
    ['no pinning under pinning', { sha_pinning_required: true }, { enabled: true, sha_pinning_required: false }],
  ])('%s is refused with an empty 409', async (_, above, body) => {
    const { call, state } = await withSandbox({ seed: seedOf(above) })
    const before = state()
    expect(await call('PUT', REPOSITORY, body)).toMatchObject({ status: 409, body: undefined })
    expect(state()).toEqual(before)
  })

  it.each([
    ['off, while the organization is off', { enabled_repositories: 'none' }, { enabled: false }],
    ['selected under selected', { allowed_actions: 'selected' }, { enabled: true, allowed_actions: 'selected' }],
    ['local_only under selected', { allowed_actions: 'selected' }, { enabled: true, allowed_actions: 'local_only' }],
    ['local_only under all', {}, { enabled: true, allowed_actions: 'local_only' }],
  ])('%s is accepted and read back', async (_, above, body) => {
    const { call } = await withSandbox({ seed: seedOf(above) })
    expect((await call('PUT', REPOSITORY, body)).status).toBe(204)
    expect((await call('GET', REPOSITORY)).body).toMatchObject(body)
  })

  it('inherit the organization’s list of actions and cannot replace it', async () => {
    const above = { allowed_actions: 'selected', selected_actions: { patterns_allowed: ['a/*'] } }
    const { call } = await withSandbox({ seed: seedOf(above, { selected_actions: { patterns_allowed: ['b/*'] } }) })
    const path = `${REPOSITORY}/selected-actions`
    expect((await call('GET', path)).body).toMatchObject({ patterns_allowed: ['a/*'] })
    expect((await call('PUT', path, { patterns_allowed: [] })).status).toBe(409)
  })

  it('have a list of actions of their own under an organization that allows all', async () => {
    const { call } = await withSandbox({ seed: seedOf({}, { allowed_actions: 'selected' }) })
    const path = `${REPOSITORY}/selected-actions`
    await call('PUT', path, { patterns_allowed: ['b/*'] })
    expect((await call('GET', path)).body).toMatchObject({ patterns_allowed: ['b/*'] })
    await call('PUT', REPOSITORY, { enabled: false })
    expect(await call('GET', path)).toMatchObject({ status: 409, body: undefined })
    expect((await call('PUT', path, {})).status).toBe(409)
    await call('PUT', REPOSITORY, { enabled: true })
    expect((await call('GET', path)).body).toMatchObject({ patterns_allowed: ['b/*'] })
  })

  it.each([
    ['PUT', `${ORGANIZATION}/repositories`, { selected_repository_ids: [1, 2] }],
    ['PUT', `${ORGANIZATION}/repositories/1`, undefined],
  ])('are switched on by %s %s, when the repository is new in the list', async (method, path, body) => {
    const above = { enabled_repositories: 'selected', repositories: ['api'] }
    const { call } = await withSandbox({ seed: seedOf(above, { enabled: false }) })
    await call(method, path, body)
    expect((await call('GET', REPOSITORY)).body).toMatchObject({ enabled: true })
  })

  it('stay off when the repository was in the list before', async () => {
    const { call } = await withSandbox({ seed: seedOf(LISTED, { enabled: false }) })
    await call('PUT', `${ORGANIZATION}/repositories`, { selected_repository_ids: [1, 2] })
    expect((await call('GET', REPOSITORY)).body).toMatchObject({ enabled: false })
  })

  it('of a personal account have nothing above them', async () => {
    const { call } = await withSandbox({ seed: { repositories: { 'octocat/hello': {} } } })
    const path = '/repos/octocat/hello/actions/permissions'
    expect((await call('PUT', path, { enabled: true, allowed_actions: 'selected' })).status).toBe(204)
    expect((await call('PUT', `${path}/selected-actions`, { patterns_allowed: ['c/*'] })).status).toBe(204)
    expect((await call('GET', `${path}/selected-actions`)).body).toMatchObject({ patterns_allowed: ['c/*'] })
    expect((await call('PUT', path, {})).status).toBe(422)
  })
})

describe('the permissions of an enterprise', () => {
  const INC = '/enterprises/inc/actions/permissions'
  const seed = (permissions: object, own: object = {}): object => ({
    enterprises: { inc: { organizations: { acme: {}, beta: { id: 12 } }, permissions } },
    organizations: {
      acme: { id: 11, permissions: own, repositories: { web: { id: 1 } } },
      strange: { id: 13 },
    },
  })

  it.each([
    [{}, { enabled_organizations: 'all', allowed_actions: 'all', sha_pinning_required: false }],
    [{ enabled_organizations: 'none' }, { enabled_organizations: 'none', sha_pinning_required: false }],
    [
      { enabled_organizations: 'selected', allowed_actions: 'selected' },
      {
        enabled_organizations: 'selected',
        selected_organizations_url: expect.stringMatching(/permissions\/organizations$/),
        allowed_actions: 'selected',
        selected_actions_url: expect.stringMatching(/permissions\/selected-actions$/),
        sha_pinning_required: false,
      },
    ],
  ])('%j reads as %j', async (permissions, expected) => {
    const { call } = await withSandbox({ seed: seed(permissions), product: 'ghec' })
    expect((await call('GET', INC)).body).toEqual(expected)
  })

  it.each([
    [{}, `"enabled_organizations" wasn't supplied.`],
    [{ enabled_organizations: 'some' }, 'some is not a member of ["all", "none", "selected"].'],
  ])('%j is refused', async (body, message) => {
    const { call } = await withSandbox({ seed: seed({}), product: 'ghec' })
    expect(await call('PUT', INC, body)).toMatchObject({
      status: 422,
      body: { message: `Invalid request.\n\n${message}` },
    })
  })

  it('take a list of their own organizations while it is selected, and lose one that goes', async () => {
    const sandbox = await withSandbox({ seed: seed({}), product: 'ghec' })
    const { call } = sandbox
    const list = `${INC}/organizations`
    for (const [method, path, body] of [
      ['GET', list],
      ['PUT', list, { selected_organization_ids: [11] }],
      ['PUT', `${list}/11`],
      ['DELETE', `${list}/11`],
      ['GET', `${INC}/selected-actions`],
      ['PUT', `${INC}/selected-actions`, { patterns_allowed: [] }],
    ] as const) {
      expect((await call(method, path, body)).status, `${method} ${path}`).toBe(409)
    }
    await call('PUT', INC, { enabled_organizations: 'selected', allowed_actions: 'selected' })
    expect((await call('PUT', list, { selected_organization_ids: [11, 13] })).status).toBe(422)
    expect((await call('PUT', `${list}/13`)).status).toBe(404)
    expect((await call('PUT', list, { selected_organization_ids: [11] })).status).toBe(204)
    expect((await call('PUT', `${list}/12`)).status).toBe(204)
    expect((await call('DELETE', `${list}/11`)).status).toBe(204)
    expect((await call('GET', list)).body).toMatchObject({ total_count: 1, organizations: [{ id: 12, login: 'beta' }] })
    const actions = { github_owned_allowed: true, patterns_allowed: ['docker/*'] }
    expect((await call('PUT', `${INC}/selected-actions`, actions)).status).toBe(204)
    expect((await call('GET', `${INC}/selected-actions`)).body).toEqual({ ...actions, verified_allowed: false })
    const state = sandbox.state() as { enterprises: { inc: { permissions: object } } }
    expect(state.enterprises.inc.permissions).toMatchObject({
      enabled_organizations: 'selected',
      organizations: ['beta'],
    })
  })

  it.each([
    [{ enabled_organizations: 'none' }, { enabled_repositories: 'all' }, 409],
    [{ enabled_organizations: 'none' }, { enabled_repositories: 'none' }, 204],
    [{ enabled_organizations: 'selected', organizations: ['beta'] }, { enabled_repositories: 'all' }, 409],
    [{ enabled_organizations: 'selected', organizations: ['acme'] }, { enabled_repositories: 'all' }, 204],
    [{ allowed_actions: 'local_only' }, { enabled_repositories: 'all', allowed_actions: 'all' }, 409],
    [{ allowed_actions: 'selected' }, { enabled_repositories: 'all', allowed_actions: 'selected' }, 204],
    [{ sha_pinning_required: true }, { enabled_repositories: 'all', sha_pinning_required: false }, 409],
  ])('%j answer %j of an organization with %i', async (permissions, body, status) => {
    const { call } = await withSandbox({ seed: seed(permissions), product: 'ghec' })
    expect((await call('PUT', ORGANIZATION, body)).status).toBe(status)
  })

  it('hold in organizations and in their repositories, in place of what these have', async () => {
    const above = {
      allowed_actions: 'selected',
      selected_actions: { patterns_allowed: ['of/*'] },
      sha_pinning_required: true,
    }
    const { call } = await withSandbox({ seed: seed(above, { allowed_actions: 'all' }), product: 'ghec' })
    for (const path of [ORGANIZATION, REPOSITORY]) {
      expect((await call('GET', path)).body).toMatchObject({ allowed_actions: 'selected', sha_pinning_required: true })
      expect((await call('GET', `${path}/selected-actions`)).body).toMatchObject({ patterns_allowed: ['of/*'] })
      expect((await call('PUT', `${path}/selected-actions`, { patterns_allowed: [] })).status).toBe(409)
    }
    expect((await call('PUT', REPOSITORY, { enabled: true, allowed_actions: 'all' })).status).toBe(409)
  })
})
