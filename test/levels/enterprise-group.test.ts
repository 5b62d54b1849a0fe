import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { instantClock } from '../support/instant-clock.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const BOTH = ['--owner', 'enterprises/inc', '--owner', 'acme']
const lastOf = (text: string) => text.trimEnd().split('\n').at(-1)

async function placeWith(shared: object, own: object, seeded: object = {}, more: object = {}) {
  const seed = {
    enterprises: { inc: { organizations: { acme: {}, beta: {} }, runners: { r1: {} }, ...seeded } },
    organizations: { acme: { repositories: { web: {}, api: {} } }, beta: {} },
  }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const organizations = { acme: { runner_groups: { shared: own } }, beta: {} }
  const yaml = { version: 1, enterprises: { inc: { runner_groups: { shared }, ...more, organizations } } }
  const env = { OCTOFORM_ENTERPRISE_TOKEN: 'token' }
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': stringify(yaml) }, env) }
}

const OWN = { inherited: true, repositories: ['web'] }
const SHARED = { visibility: 'selected', organizations: ['acme'], runners: ['r1'] }
const GROUPS = { inc: '/enterprises/inc/actions/runner-groups', acme: '/orgs/acme/actions/runner-groups' }
const CREATED = [`POST ${GROUPS.inc}`, `PUT ${GROUPS.inc}/2/organizations`]
const CHOSEN = [`PATCH ${GROUPS.acme}/2`, `PUT ${GROUPS.acme}/2/repositories`]
const FILLED = `PUT ${GROUPS.inc}/2/runners`
const THERE = { runner_groups: { shared: { id: 2, visibility: 'selected', organizations: ['beta'], runners: [] } } }
const unsaid = (all: readonly { address: string }[]) => all.map(({ address }) => address)

describe('a group that the enterprise comes to share', () => {
  it.each<[string, object, object, readonly string[]]>([
    ['created for some', SHARED, {}, [...CREATED, ...CHOSEN, FILLED]],
    ['created for all', { visibility: 'all' }, {}, [CREATED[0] ?? '', `PATCH ${GROUPS.inc}/2`, ...CHOSEN]],
    [
      'there, and shared with others',
      { ...SHARED, add_runners: ['r1'], runners: undefined },
      THERE,
      [`PUT ${GROUPS.inc}/2/organizations`, ...CHOSEN, `${FILLED}/1`],
    ],
  ])('is shared, chosen of and only then filled in one apply: %s', async (_, shared, seeded, writes) => {
    const { sandbox, place } = await placeWith(JSON.parse(JSON.stringify(shared)), OWN, seeded)
    const plan = await place.plan(BOTH)
    expect(plan.held_back).toEqual([])
    expect(plan.changes.find(({ address }) => address === 'orgs/acme/runner_groups/shared')).toMatchObject({
      action: 'update',
      before: { inherited: true, visibility: 'all' },
      after: { inherited: true, visibility: 'selected', repositories: ['web'] },
      ids: { 'acme/web': expect.any(Number) },
      access: { gains: [{ repository: 'web' }], loses: [] },
      reason: expect.stringContaining('enterprises/inc/runner_groups/shared brings it'),
    })
    const before = sandbox.asked.length
    expect((await place.run(['apply', '--auto-approve', ...BOTH])).code).toBe(0)
    expect(sandbox.writes()).toEqual(writes)
    const firstWrite = sandbox.asked.findIndex(({ method }) => method !== 'GET')
    expect(firstWrite).toBeGreaterThan(before)
    expect(sandbox.asked.slice(firstWrite)).toHaveLength(plan.requests)
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  })

  it('needs no change of which nothing is said here', async () => {
    const { place } = await placeWith(SHARED, { inherited: true })
    const plan = await place.plan(BOTH)
    expect(unsaid(plan.changes)).toEqual(['enterprises/inc/runner_groups/shared'])
    expect(plan.held_back).toEqual([])
  })

  it.each<[string, readonly string[]]>([
    ['leaves the enterprise out', []],
    ['is for the organization alone', ['--owner', 'acme']],
    ['leaves its change out', [...BOTH, '--target', 'orgs/acme/**', '--target', 'enterprises/inc/runner_groups/other']],
  ])('waits here for that where the run %s', async (_, flags) => {
    const { place } = await placeWith(SHARED, OWN)
    const file = await place.read('octoform.yaml')
    await place.write('octoform.yaml', file.replace('shared:', 'other: { visibility: all }\n      shared:'))
    const plan = await place.plan(flags)
    expect(plan.held_back.map(({ help }) => help)).toEqual(['Apply the enterprise first: its YAML shares it.'])
    expect(unsaid(plan.changes)).not.toContain('orgs/acme/runner_groups/shared')
  })

  it('waits here where it is held back there', async () => {
    const { place } = await placeWith({ ...SHARED, organizations: ['nowhere'] }, OWN)
    const plan = await place.plan(BOTH)
    expect(unsaid(plan.held_back)).toEqual(['enterprises/inc/runner_groups/shared', 'orgs/acme/runner_groups/shared'])
    expect(plan.changes).toEqual([])
  })

  it.each<[string, object, readonly string[], RegExp]>([
    [
      'is not created',
      { method: 'POST', route: '/enterprises/{enterprise}/actions/runner-groups' },
      CREATED.slice(0, 1),
      /enterprises\/inc\/runner_groups\/shared was not written, and was to bring this here/,
    ],
    [
      'is not shared',
      { method: 'PUT', route: '/enterprises/{enterprise}/actions/runner-groups/{runner_group_id}/organizations' },
      CREATED,
      /was not written, and was to bring this here/,
    ],
    [
      'is not chosen of',
      { method: 'PATCH', route: '/orgs/{org}/actions/runner-groups/{runner_group_id}' },
      [...CREATED, CHOSEN[0] ?? ''],
      /orgs\/acme\/runner_groups\/shared was not written, and was to choose who uses this before it is filled/,
    ],
  ])('goes no further where it %s, and the same plan does the rest', async (_, fault, writes, why) => {
    const { sandbox, place } = await placeWith(SHARED, OWN)
    await place.run(['plan', '--out', 'plan.json', ...BOTH])
    await sandbox.fault({ ...fault, status: 422, body: { message: 'no' } })
    const stopped = await place.run(['apply', 'plan.json', '--auto-approve', ...BOTH])
    expect(stopped).toMatchObject({ code: 1, stdout: expect.stringMatching(why) })
    expect(sandbox.writes()).toEqual(writes)
    const again = await place.run(['apply', 'plan.json', '--auto-approve', ...BOTH])
    expect(again.code, again.stderr).toBe(0)
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  })

  it('is held back where GitHub does not show it, and is not filled', async () => {
    const { sandbox, place } = await placeWith(SHARED, OWN)
    const route = '/orgs/{org}/actions/runner-groups'
    await sandbox.fault({
      method: 'GET',
      route,
      nth: 2,
      times: 99,
      status: 200,
      body: { total_count: 0, runner_groups: [] },
    })
    const { clock, sleeps } = instantClock(Date.now())
    const ran = await place.run(['apply', '--auto-approve', ...BOTH], { clock })
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining('GitHub did not show it here') })
    expect(sandbox.writes()).toEqual(CREATED)
    expect(sleeps.length).toBeLessThan(10)
  })
})

describe('a hosted runner of a group that the enterprise comes to share', () => {
  const NEW = { image: { id: 'ubuntu-22.04', source: 'github' }, size: '4-core', runner_group: 'shared' }
  const HOSTED = '/enterprises/inc/actions/hosted-runners'
  const old = { runner_groups: { old: { id: 2, visibility: 'selected', organizations: [] } } }
  const moving = { ...old, hosted_runners: { big: { ...NEW, id: 1, runner_group: 'old' } } }
  const shared = { visibility: 'selected', organizations: ['acme'] }

  it.each<[string, object, object, readonly string[]]>([
    ['is created', {}, { new: NEW }, [...CREATED, ...CHOSEN, `POST ${HOSTED}`]],
    [
      'moves there',
      moving,
      { big: { runner_group: 'shared' } },
      [`POST ${GROUPS.inc}`, `PUT ${GROUPS.inc}/3/organizations`, ...CHOSEN, `PATCH ${HOSTED}/1`],
    ],
    [
      'is created where the group is there, and shared with others',
      THERE,
      { new: NEW },
      [`PUT ${GROUPS.inc}/2/organizations`, ...CHOSEN, `POST ${HOSTED}`],
    ],
  ])('%s once its organizations have chosen', async (_, seeded, hosted_runners, writes) => {
    const { sandbox, place } = await placeWith(shared, OWN, seeded, { hosted_runners })
    const ran = await place.run(['apply', '--auto-approve', ...BOTH])
    expect(ran.code, ran.stdout).toBe(0)
    expect(sandbox.writes()).toEqual(writes)
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  })

  it('is not created where one of them could not choose', async () => {
    const { sandbox, place } = await placeWith(shared, OWN, {}, { hosted_runners: { new: NEW } })
    const route = '/orgs/{org}/actions/runner-groups/{runner_group_id}'
    await sandbox.fault({ method: 'PATCH', route, status: 422, body: { message: 'no' } })
    const why =
      /hosted_runners\/new {2}not tried\n.*was not written, and was to choose who uses this before it is filled/
    expect(await place.run(['apply', '--auto-approve', ...BOTH])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(why),
    })
    expect(sandbox.writes()).toEqual([...CREATED, CHOSEN[0]])
  })
})

describe('a group of which an organization is to choose fewer repositories, and cannot', () => {
  const there = {
    runner_groups: { shared: { id: 2, visibility: 'selected', organizations: ['acme'], runners: [] } },
  }
  const wide = { visibility: 'selected', organizations: ['acme'] }

  it.each<[string, object, RegExp]>([
    ['gets no runner', { ...wide, runners: ['r1'] }, /was to choose who uses this before it is filled/],
    ['is not opened', { ...wide, allows_public_repositories: true }, /was to choose who uses this before it opens/],
  ])('%s', async (_, shared, why) => {
    const { sandbox, place } = await placeWith(shared, OWN, there)
    const route = '/orgs/{org}/actions/runner-groups/{runner_group_id}'
    await sandbox.fault({ method: 'PATCH', route, status: 422, body: { message: 'no' } })
    const ran = await place.run(['apply', '--auto-approve', ...BOTH])
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringMatching(why) })
    expect(sandbox.writes()).toEqual([CHOSEN[0]])
    // Once it can, another apply does both.
    expect((await place.run(['apply', '--auto-approve', ...BOTH])).code).toBe(0)
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  })
})

it('a group that it shares with others alone stays unknown here', async () => {
  const { place } = await placeWith(
    { visibility: 'selected', organizations: ['beta'] },
    { inherited: true, repositories: ['web'] },
  )
  expect((await place.plan(BOTH)).held_back.map(({ help }) => help)).toEqual([
    expect.stringMatching(/^Have the enterprise share it/),
  ])
})

it('a list without its mode shares a group with no other organization', async () => {
  const { place } = await placeWith({ organizations: ['beta'] }, { visibility: 'all' })
  const { code, stdout } = await place.run(['validate'])
  expect([code, stdout]).toEqual([0, expect.not.stringContaining('shares a group named')])
})

describe('public repositories that an organization has chosen for a group of which its own YAML says nothing', () => {
  const place = async (open: boolean) => {
    const group = (allows_public_repositories: boolean) => ({
      ...{ visibility: 'selected', organizations: ['acme'] },
      allows_public_repositories,
    })
    const chosen = { shared: { inherited: true, visibility: 'selected', repositories: ['api', 'web'] } }
    const repositories = { web: { visibility: 'public' }, api: {}, site: { visibility: 'public' } }
    const seed = {
      enterprises: { inc: { organizations: { acme: {} }, runner_groups: { shared: group(!open) } } },
      organizations: { acme: { repositories, runner_groups: chosen } },
    }
    const sandbox = await watchedSandbox({ seed, product: 'ghec' })
    const inc = { runner_groups: { shared: group(open) }, organizations: { acme: { runner_groups: {} } } }
    const yaml = { version: 1, guards: { never_public: ['enterprises/inc/**'] }, enterprises: { inc } }
    const env = { OCTOFORM_ENTERPRISE_TOKEN: 'token' }
    return { sandbox, own: await workplace(sandbox, { 'octoform.yaml': stringify(yaml) }, env) }
  }

  it('are named where the enterprise lets them in, and held to the guard', async () => {
    const { sandbox, own } = await place(true)
    const [change] = (await own.plan(BOTH)).changes
    expect(change?.access).toMatchObject({ gains: [{ repository: 'acme/web', visibility: 'public' }], loses: [] })
    expect((await own.run(['apply', '--auto-approve', ...BOTH])).code).toBe(3)
    expect(sandbox.writes()).toEqual([])
  })

  it('are named where it takes the group from them', async () => {
    const { own } = await place(false)
    const [change] = (await own.plan(BOTH)).changes
    expect(change?.access).toMatchObject({ gains: [], loses: [{ repository: 'acme/web' }] })
  })
})
