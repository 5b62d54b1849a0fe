import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const GROUPS = '/orgs/acme/actions/runner-groups'
const SEED = {
  organizations: {
    acme: {
      runners: { one: { id: 1 }, two: { id: 2 }, three: { id: 3 } },
      runner_groups: {
        gpu: { id: 5, visibility: 'selected', repositories: ['web'], runners: ['one'] },
        open: { id: 6, visibility: 'all', allows_public_repositories: true, runners: ['two'] },
        shared: { id: 7, inherited: true, visibility: 'selected', repositories: ['web'] },
        inner: { id: 8, visibility: 'private' },
      },
      repositories: { web: { id: 101 }, api: { id: 102, visibility: 'public' } },
    },
    other: { repositories: { foreign: { id: 103 } }, runners: { far: { id: 9 } } },
  },
}

/** The names of the runners of each group. */
async function placesOf({ call }: TestSandbox): Promise<Record<string, string[]>> {
  const { runner_groups } = (await call('GET', GROUPS)).body as { runner_groups: { id: number; name: string }[] }
  const places: Record<string, string[]> = {}
  for (const { id, name } of runner_groups) {
    const { runners } = (await call('GET', `${GROUPS}/${id}/runners`)).body as { runners: { name: string }[] }
    if (runners.length > 0) places[name] = runners.map((runner) => runner.name)
  }
  return places
}

async function repositoryIds({ call }: TestSandbox, group: number): Promise<number[]> {
  const { body } = await call('GET', `${GROUPS}/${group}/repositories`)
  return (body as { repositories: { id: number }[] }).repositories.map(({ id }) => id)
}

describe('runner groups', () => {
  it.each(['all', 'private'])('for %s ignore a list, whatever is in it', async (visibility) => {
    const sandbox = await withSandbox({ seed: SEED })
    const body = { name: 'new', visibility, selected_repository_ids: [101, 103, 999] }
    const { status, body: made } = await sandbox.call('POST', GROUPS, body)
    expect({ status, made }).toMatchObject({ status: 201, made: { visibility } })
    expect(await repositoryIds(sandbox, (made as { id: number }).id)).toEqual([])
    expect((await sandbox.call('POST', GROUPS, { ...body, name: 'b', visibility: 'selected' })).status).toBe(422)
  })

  it('take a network configuration that the organization or its enterprise has, and show none as nothing', async () => {
    const acme = { network_configurations: { own: { id: 'A1' } }, runner_groups: { gpu: { id: 5 } } }
    const inc = { network_configurations: { ours: { id: 'E1', compute_service: 'none' } }, organizations: { acme } }
    const { call } = await withSandbox({ product: 'ghec', seed: { enterprises: { inc } } })
    const patched = async (id: unknown) => {
      const { status, body } = await call('PATCH', `${GROUPS}/5`, { name: 'gpu', network_configuration_id: id })
      return [status, (body as { network_configuration_id?: string }).network_configuration_id]
    }
    expect(await patched('A1')).toEqual([200, 'A1'])
    expect(await patched('E1')).toEqual([200, 'E1'])
    expect(await patched('X9')).toEqual([422, undefined])
    expect(await patched(undefined)).toEqual([200, 'E1'])
    expect(await patched(null)).toEqual([200, undefined])
    const refused = await call('POST', GROUPS, { name: 'new', network_configuration_id: null })
    expect(refused.status).toBe(422)
    const made = await call('POST', GROUPS, { name: 'new', network_configuration_id: 'A1' })
    expect(made).toMatchObject({ status: 201, body: { network_configuration_id: 'A1' } })
    expect((await call('GET', '/orgs/acme/settings/network-configurations')).body).toMatchObject({
      total_count: 1,
      network_configurations: [{ id: 'A1', name: 'own', compute_service: 'actions' }],
    })
    expect((await call('GET', '/enterprises/inc/network-configurations')).body).toMatchObject({
      network_configurations: [{ id: 'E1', name: 'ours', compute_service: 'none' }],
    })
  })

  it('show what the newest products have', async () => {
    const { call, url } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${GROUPS}/5`)).body).toEqual({
      id: 5,
      name: 'gpu',
      visibility: 'selected',
      default: false,
      selected_repositories_url: `${url}${GROUPS}/5/repositories`,
      runners_url: `${url}${GROUPS}/5/runners`,
      hosted_runners_url: `${url}${GROUPS}/5/hosted-runners`,
      inherited: false,
      allows_public_repositories: false,
      restricted_to_workflows: false,
      selected_workflows: [],
      workflow_restrictions_read_only: false,
    })
    expect((await call('GET', `${GROUPS}/7`)).body).toMatchObject({
      inherited: true,
      inherited_allows_public_repositories: false,
      workflow_restrictions_read_only: true,
    })
  })

  it.each([
    ['ghes-2.22', ['allows_public_repositories', 'default', 'id', 'inherited', 'name', 'runners_url', 'visibility']],
    ['ghes-3.4', ['allows_public_repositories', 'default', 'id', 'inherited', 'name', 'runners_url', 'visibility']],
    [
      'ghes-3.5',
      [
        'allows_public_repositories',
        'default',
        'id',
        'inherited',
        'name',
        'restricted_to_workflows',
        'runners_url',
        'selected_workflows',
        'visibility',
        'workflow_restrictions_read_only',
      ],
    ],
  ])('of %s have the fields %j', async (product, fields) => {
    const { call } = await withSandbox({ seed: SEED, product })
    expect(Object.keys((await call('GET', `${GROUPS}/6`)).body as object).sort()).toEqual(fields)
  })

  it('have one default group with every runner that no group lists', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { runner_groups } = (await sandbox.call('GET', GROUPS)).body as { runner_groups: object[] }
    expect(runner_groups.filter((group) => 'default' in group && group.default)).toEqual([
      expect.objectContaining({ id: 1, name: 'Default', visibility: 'all', allows_public_repositories: false }),
    ])
    expect(await placesOf(sandbox)).toEqual({ Default: ['three'], gpu: ['one'], open: ['two'] })
  })

  it('are created with their repositories and runners', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const reply = await sandbox.call('POST', GROUPS, {
      name: 'new',
      visibility: 'selected',
      selected_repository_ids: [102],
      runners: [1, 3],
      allows_public_repositories: true,
      restricted_to_workflows: true,
      selected_workflows: ['acme/web/.github/workflows/a.yml@main'],
    })
    expect(reply).toMatchObject({
      status: 201,
      body: { id: 9, allows_public_repositories: true, restricted_to_workflows: true, default: false },
    })
    expect(await repositoryIds(sandbox, 9)).toEqual([102])
    expect(await placesOf(sandbox)).toEqual({ new: ['one', 'three'], open: ['two'] })
  })

  it('are open to all repositories but public ones when nothing else is said', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('POST', GROUPS, { name: 'new' })).body).toMatchObject({
      visibility: 'all',
      allows_public_repositories: false,
      restricted_to_workflows: false,
      selected_workflows: [],
    })
  })

  it('of GHES 2.22 take neither public repositories nor workflows', async () => {
    const { call } = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
    const body = { name: 'new', allows_public_repositories: true, restricted_to_workflows: true }
    expect((await call('POST', GROUPS, body)).body).toMatchObject({ id: 9, allows_public_repositories: false })
    expect((await call('PATCH', `${GROUPS}/9`, { visibility: 'selected' })).body).toMatchObject({
      name: 'new',
      visibility: 'selected',
    })
  })

  it('are never given an id twice', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('POST', GROUPS, { name: 'a' })
    await call('DELETE', `${GROUPS}/9`)
    expect((await call('POST', GROUPS, { name: 'a' })).body).toMatchObject({ id: 10 })
  })

  it.each([
    [{}, 422, `"name" wasn't supplied.`],
    [{ name: ' ' }, 422, 'blank'],
    [{ name: 'gpu' }, 409, 'already exists'],
    [{ name: 'shared' }, 409, 'already exists'],
    [{ name: 'new', visibility: 'none' }, 422, 'none is not a member of'],
    [{ name: 'new', visibility: 'selected', selected_repository_ids: [103] }, 422, 'The repository 103'],
    [{ name: 'new', visibility: 'selected', selected_repository_ids: ['101'] }, 422, `"101" is not an integer`],
    [{ name: 'new', runners: [1, 9] }, 422, 'no runner 9'],
  ])('cannot be created as %j', async (body, status, message) => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    const reply = await call('POST', GROUPS, body)
    expect(reply).toMatchObject({ status, body: { message: expect.stringContaining(message) } })
    expect(state()).toEqual(before)
  })

  it('tell names apart by case', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('POST', GROUPS, { name: 'GPU' })).status).toBe(201)
  })

  it('keep what an update leaves out, and their repositories always', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { call } = sandbox
    expect((await call('PATCH', `${GROUPS}/5`, { visibility: 'all' })).status).toBe(422)
    const body = { name: 'gpu', allows_public_repositories: true }
    expect((await call('PATCH', `${GROUPS}/5`, body)).body).toMatchObject({ ...body, visibility: 'selected' })
    expect(await repositoryIds(sandbox, 5)).toEqual([101])
    await call('PATCH', `${GROUPS}/5`, { name: 'gpu', visibility: 'all' })
    expect(await repositoryIds(sandbox, 5)).toEqual([])
    await call('PATCH', `${GROUPS}/5`, { name: 'gpu', visibility: 'selected' })
    expect(await repositoryIds(sandbox, 5)).toEqual([101])
    expect((await call('PATCH', `${GROUPS}/5`, { name: 'open' })).status).toBe(409)
    expect((await call('PATCH', `${GROUPS}/5`, { name: 'gpu', restricted_to_workflows: 1 })).status).toBe(422)
  })

  it('fall into the default group with their runners when they are deleted', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    expect((await sandbox.call('DELETE', `${GROUPS}/5`)).status).toBe(204)
    expect((await sandbox.call('GET', `${GROUPS}/5`)).status).toBe(404)
    expect(await placesOf(sandbox)).toEqual({ Default: ['one', 'three'], open: ['two'] })
  })

  it('keep the default group: it can be renamed, not deleted', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('DELETE', `${GROUPS}/1`)).status).toBe(422)
    expect((await call('PATCH', `${GROUPS}/1`, { name: 'ARM64' })).body).toMatchObject({ name: 'ARM64', default: true })
  })

  it.each([
    ['PATCH', '', { name: 'other' }, 422],
    ['PATCH', '', { name: 'shared', allows_public_repositories: true }, 422],
    ['PATCH', '', { name: 'shared', restricted_to_workflows: true }, 422],
    ['DELETE', '', undefined, 403],
    ['PUT', '/runners', { runners: [1] }, 403],
    ['PUT', '/runners/1', undefined, 403],
    ['DELETE', '/runners/1', undefined, 403],
    ['PATCH', '', { name: 'shared', visibility: 'all' }, 200],
    ['PUT', '/repositories', { selected_repository_ids: [102] }, 204],
    ['PUT', '/repositories/102', undefined, 204],
  ])('that are inherited: %s %s %j answers %i', async (method, path, body, status) => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    expect((await call(method, `${GROUPS}/7${path}`, body)).status).toBe(status)
    if (status >= 400) expect(state()).toEqual(before)
    else expect(state()).not.toEqual(before)
  })

  it.each([
    ['web', ['Default', 'gpu', 'open', 'shared', 'inner']],
    ['API', ['open']],
  ])('can be asked which ones %s may use', async (name, groups) => {
    const { call } = await withSandbox({ seed: SEED })
    const { body } = await call('GET', `${GROUPS}?visible_to_repository=${name}`)
    expect((body as { runner_groups: { name: string }[] }).runner_groups.map((group) => group.name)).toEqual(groups)
  })

  it('answer 404 about a repository that does not exist; GHES before 3.6 does not read the filter', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${GROUPS}?visible_to_repository=x`)).status).toBe(404)
    const old = await withSandbox({ seed: SEED, product: 'ghes-3.5' })
    expect((await old.call('GET', `${GROUPS}?visible_to_repository=x`)).body).toMatchObject({ total_count: 5 })
  })
})

describe('the repositories of a runner group', () => {
  it('are added and taken away one by one when the group is for selected ones', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { call } = sandbox
    expect((await call('PUT', `${GROUPS}/5/repositories/102`)).status).toBe(204)
    expect((await call('DELETE', `${GROUPS}/5/repositories/101`)).status).toBe(204)
    expect(await repositoryIds(sandbox, 5)).toEqual([102])
    const errors = 'The visibility of the runner group is not set to selected'
    const expected = { status: 409, body: { message: 'Conflict', errors } }
    expect(await call('PUT', `${GROUPS}/6/repositories/101`)).toMatchObject(expected)
    expect(await call('DELETE', `${GROUPS}/6/repositories/101`)).toMatchObject(expected)
    expect((await call('PUT', `${GROUPS}/5/repositories/103`)).status).toBe(404)
  })

  it('are replaced as a whole', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const path = `${GROUPS}/5/repositories`
    for (const selected_repository_ids of [['101'], [103], undefined]) {
      expect((await sandbox.call('PUT', path, { selected_repository_ids })).status).toBe(422)
    }
    expect(await repositoryIds(sandbox, 5)).toEqual([101])
    await sandbox.call('PUT', path, { selected_repository_ids: [] })
    expect(await repositoryIds(sandbox, 5)).toEqual([])
  })
})

describe('the runners of a runner group', () => {
  it('are in one group only', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { call } = sandbox
    await call('PUT', `${GROUPS}/5/runners/2`)
    expect(await placesOf(sandbox)).toEqual({ Default: ['three'], gpu: ['one', 'two'] })
    await call('PUT', `${GROUPS}/6/runners`, { runners: [2, 3] })
    expect(await placesOf(sandbox)).toEqual({ gpu: ['one'], open: ['two', 'three'] })
    await call('DELETE', `${GROUPS}/6/runners/2`)
    expect(await placesOf(sandbox)).toEqual({ Default: ['two'], gpu: ['one'], open: ['three'] })
    await call('PUT', `${GROUPS}/6/runners`, { runners: [] })
    expect(await placesOf(sandbox)).toEqual({ Default: ['two', 'three'], gpu: ['one'] })
    await call('PUT', `${GROUPS}/1/runners`, { runners: [1] })
    expect(await placesOf(sandbox)).toEqual({ Default: ['one', 'two', 'three'] })
  })

  it('are not changed by a request that names an unknown one', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const before = await placesOf(sandbox)
    expect((await sandbox.call('PUT', `${GROUPS}/5/runners`, { runners: [2, 9] })).status).toBe(422)
    expect((await sandbox.call('PUT', `${GROUPS}/5/runners`, {})).status).toBe(422)
    expect((await sandbox.call('PUT', `${GROUPS}/5/runners/9`)).status).toBe(404)
    expect((await sandbox.call('DELETE', `${GROUPS}/5/runners/9`)).status).toBe(404)
    expect((await sandbox.call('DELETE', `${GROUPS}/5/runners/2`)).status).toBe(204)
    expect(await placesOf(sandbox)).toEqual(before)
  })
})

describe('an organization on the plan free', () => {
  it.each([
    ['dotcom', 'free', 403],
    ['ghec', 'free', 403],
    ['dotcom', 'team', 201],
    ['ghec', 'enterprise', 201],
    ['ghes-3.19', 'free', 201],
  ])('has the default group alone in the cloud: %s, %s: %i', async (product, plan, status) => {
    const { call } = await withSandbox({ seed: { organizations: { acme: { plan } } }, product })
    const groups = async (): Promise<unknown> => (await call('GET', GROUPS)).body
    expect(await groups()).toMatchObject({ total_count: 1, runner_groups: [{ name: 'Default', default: true }] })
    const answer = await call('POST', GROUPS, { name: 'gpu' })
    expect(answer.status).toBe(status)
    if (status === 403)
      expect(answer.body).toMatchObject({ message: expect.stringContaining('Upgrade to GitHub Team') })
    expect(await groups()).toMatchObject({ total_count: status === 201 ? 2 : 1 })
  })

  it('cannot be seeded with another group', async () => {
    const seed = { organizations: { acme: { plan: 'free', runner_groups: { Home: { default: true }, gpu: {} } } } }
    await expect(withSandbox({ seed })).rejects.toThrow(
      'organizations.acme.runner_groups.gpu cannot be there: an organization on the plan free has the default group alone.',
    )
  })
})

describe('a group of the enterprise at an organization', () => {
  const GROUPS = '/orgs/acme/actions/runner-groups'
  const GPU = '/enterprises/inc/actions/runner-groups/7'
  const seed = {
    enterprises: {
      inc: {
        organizations: { acme: {}, beta: { id: 12 } },
        runner_groups: {
          gpu: { id: 7, visibility: 'selected', organizations: ['acme'], allows_public_repositories: true },
          closed: { id: 8, visibility: 'selected', organizations: [] },
        },
      },
    },
    organizations: { acme: { id: 11, repositories: { web: { id: 1 }, api: { id: 2 } } } },
  }
  const listed = async ({ call }: Awaited<ReturnType<typeof withSandbox>>, path = GROUPS) =>
    ((await call('GET', path)).body as { runner_groups: readonly { id: number; name: string; inherited: boolean }[] })
      .runner_groups

  it('is listed where the enterprise shares it, and no more where it does not', async () => {
    const sandbox = await withSandbox({ seed, product: 'ghec' })
    expect(await listed(sandbox)).toMatchObject([
      { name: 'Default', inherited: false },
      { name: 'gpu', inherited: true, visibility: 'all', default: false, inherited_allows_public_repositories: true },
    ])
    expect((await listed(sandbox, '/orgs/beta/actions/runner-groups')).map(({ name }) => name)).toEqual(['Default'])
    await sandbox.call('PATCH', GPU, { name: 'GPUs' })
    expect((await listed(sandbox)).map(({ name }) => name)).toEqual(['Default', 'GPUs'])
    await sandbox.call('DELETE', `${GPU}/organizations/11`)
    expect((await listed(sandbox)).map(({ name }) => name)).toEqual(['Default'])
  })

  it('has the repositories that the organization chooses, and nothing else of its own', async () => {
    const sandbox = await withSandbox({ seed, product: 'ghec' })
    const { call } = sandbox
    const { id } = (await listed(sandbox)).find(({ name }) => name === 'gpu') ?? expect.unreachable()
    const one = `${GROUPS}/${id}`
    expect((await call('PATCH', one, { name: 'gpu', visibility: 'selected' })).status).toBe(200)
    expect((await call('PUT', `${one}/repositories`, { selected_repository_ids: [2] })).status).toBe(204)
    expect((await call('PATCH', one, { name: 'gpu', allows_public_repositories: false })).status).toBe(422)
    expect((await call('PATCH', one, { name: 'mine' })).status).toBe(422)
    expect((await call('DELETE', one)).status).toBe(403)
    expect((await call('POST', GROUPS, { name: 'gpu' })).status).toBe(409)
    const state = sandbox.state() as typeof seed
    expect(state).toMatchObject({
      organizations: {
        acme: { runner_groups: { gpu: { id, inherited: true, visibility: 'selected', repositories: ['api'] } } },
      },
    })
    const again = await withSandbox({ seed: state, product: 'ghec' })
    expect(again.state()).toEqual(state)
    expect(await listed(again)).toEqual(
      await listed(sandbox).then((groups) =>
        groups.map((group) => expect.objectContaining({ id: group.id, name: group.name })),
      ),
    )
  })
})

it('the runners of an enterprise are in one of its groups each', async () => {
  const inc = {
    organizations: {},
    runners: { one: { id: 21 }, two: { id: 22 } },
    runner_groups: { Default: { id: 1 }, gpu: { id: 7, runners: ['one'] } },
  }
  const { call } = await withSandbox({ seed: { enterprises: { inc } }, product: 'ghec' })
  const groups = '/enterprises/inc/actions/runner-groups'
  const held = async (id: number) => {
    const { body } = await call('GET', `${groups}/${id}/runners`)
    return (body as { runners: readonly { name: string }[] }).runners.map(({ name }) => name)
  }
  expect([await held(1), await held(7)]).toEqual([['two'], ['one']])
  expect((await call('PUT', `${groups}/7/runners`, { runners: [22, 23] })).status).toBe(422)
  expect((await call('PUT', `${groups}/7/runners`, { runners: [22] })).status).toBe(204)
  expect([await held(1), await held(7)]).toEqual([['one'], ['two']])
  expect((await call('PUT', `${groups}/7/runners/21`)).status).toBe(204)
  expect((await call('DELETE', `${groups}/7/runners/22`)).status).toBe(204)
  expect([await held(1), await held(7)]).toEqual([['two'], ['one']])
  expect((await call('POST', groups, { name: 'arm', runners: [21] })).status).toBe(201)
  expect([await held(7), await held(8)]).toEqual([[], ['one']])
  expect((await call('DELETE', `${groups}/8`)).status).toBe(204)
  expect(await held(1)).toEqual(['one', 'two'])
})
