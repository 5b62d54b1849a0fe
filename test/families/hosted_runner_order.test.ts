import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NEW = { image: { id: 'ubuntu-22.04', source: 'github' }, size: '4-core' }
const GROUPS = '/orgs/acme/actions/runner-groups'
const HOSTED = '/orgs/acme/actions/hosted-runners'
const LEAVES = `PATCH ${HOSTED}/1`
const REFUSED = { status: 422, times: 3, body: { message: 'no' } }
const MOVE = { method: 'PATCH', route: '/orgs/{org}/actions/hosted-runners/{hosted_runner_id}' }
const LIST = { method: 'PUT', route: '/orgs/{org}/actions/runner-groups/{runner_group_id}/repositories' }

async function started(wishes: object, more: object = {}) {
  const acme = {
    repositories: { web: {}, api: {} },
    runner_groups: {
      a: { id: 2, visibility: 'selected', repositories: ['web'], runners: ['r1'] },
      b: { id: 3, visibility: 'selected', repositories: ['web'], runners: [] },
    },
    runners: { r1: { id: 9 } },
    hosted_runners: { h1: { id: 1, ...NEW, runner_group: 'a' } },
    ...more,
  }
  const sandbox = await watchedSandbox({ product: 'ghec', seed: { organizations: { acme } } })
  const yaml = stringify({ version: 1, organizations: { acme: wishes } })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

const open = (...repositories: string[]) => ({ visibility: 'selected', repositories })

describe('a hosted runner and the groups that it leaves and comes to', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'its new group has its list first',
      { runner_groups: { c: open('api') }, hosted_runners: { h2: { ...NEW, runner_group: 'c' } } },
      [`POST ${GROUPS}`, `PUT ${GROUPS}/4/repositories`, `POST ${HOSTED}`],
    ],
    [
      'a new group has its workflows from the start',
      {
        runner_groups: {
          c: {
            visibility: 'all',
            restricted_to_workflows: true,
            selected_workflows: ['acme/web/.github/workflows/x.yml@main'],
          },
        },
        hosted_runners: { h1: { runner_group: 'c' } },
      },
      [`POST ${GROUPS}`, `PATCH ${GROUPS}/4`, LEAVES],
    ],
    [
      'the old group opens once it has left',
      { runner_groups: { a: open('web', 'api') }, hosted_runners: { h1: { runner_group: 'b' } } },
      [LEAVES, `PUT ${GROUPS}/2/repositories`],
    ],
    [
      'an old group that changes all of its users, too',
      { runner_groups: { a: { visibility: 'all' } }, hosted_runners: { h1: { runner_group: 'b' } } },
      [LEAVES, `PATCH ${GROUPS}/2`],
    ],
    [
      'where one leaves and another comes, the group passes through what both let in',
      {
        runner_groups: { a: open('api') },
        hosted_runners: { h1: { runner_group: 'b' }, h2: { ...NEW, runner_group: 'a' } },
      },
      [`PUT ${GROUPS}/2/repositories`, LEAVES, `POST ${HOSTED}`, `PUT ${GROUPS}/2/repositories`],
    ],
  ])('%s', async (_, wishes, writes) => {
    const { sandbox, place } = await started(wishes)
    const ran = await place.run(['apply', '--auto-approve'])
    expect(ran.code, ran.stdout).toBe(0)
    expect(sandbox.writes()).toEqual(writes)
    expect((await place.run(['plan'])).stdout.trimEnd().split('\n').at(-1)).toBe('No changes.')
  })

  it.each<[string, object, object, readonly string[], RegExp]>([
    [
      'stays in the group that was to be deleted, and that stays',
      MOVE,
      { runner_groups: { a: 'absent' }, hosted_runners: { h1: { runner_group: 'b' } } },
      [LEAVES],
      /runner_groups\/a {2}not tried\n.*hosted_runners\/h1 was not written, and was to leave this first/,
    ],
    [
      'stays in the group that was to open',
      MOVE,
      { runner_groups: { a: open('web', 'api') }, hosted_runners: { h1: { runner_group: 'b' } } },
      [LEAVES],
      /runner_groups\/a {2}not tried\n.*hosted_runners\/h1 was not written, and was to leave this first/,
    ],
    [
      'is not deleted, nor is its group',
      { method: 'DELETE', route: MOVE.route },
      { runner_groups: { a: 'absent' }, hosted_runners: { h1: 'absent' } },
      [`DELETE ${HOSTED}/1`],
      /runner_groups\/a {2}not tried\n.*hosted_runners\/h1 was not written, and was to leave this first/,
    ],
    [
      'does not come where its group was not narrowed',
      LIST,
      { runner_groups: { b: open('api') }, hosted_runners: { h1: { runner_group: 'b' } } },
      [`PUT ${GROUPS}/3/repositories`],
      /hosted_runners\/h1 {2}not tried\n.*runner_groups\/b was not written, and was to be ready before this is in it/,
    ],
    [
      'does not come where its group was not created',
      { method: 'POST', route: '/orgs/{org}/actions/runner-groups' },
      { runner_groups: { c: open('api') }, hosted_runners: { h2: { ...NEW, runner_group: 'c' } } },
      [`POST ${GROUPS}`],
      /hosted_runners\/h2 {2}not tried\n.*runner_groups\/c was not written, and was to be ready before this is in it/,
    ],
  ])('%s where GitHub refuses that', async (_, fault, wishes, writes, why) => {
    const { sandbox, place } = await started(wishes)
    await sandbox.fault({ ...fault, ...REFUSED })
    const ran = await place.run(['apply', '--auto-approve'])
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringMatching(why) })
    expect([...new Set(sandbox.writes())]).toEqual(writes)
  })
})

it('a self-hosted runner that could not be removed keeps its group', async () => {
  const { sandbox, place } = await started(
    { runner_groups: { a: 'absent' }, runners: { r1: 'absent' } },
    { hosted_runners: {} },
  )
  await sandbox.fault({ method: 'DELETE', route: '/orgs/{org}/actions/runners/{runner_id}', ...REFUSED })
  const ran = await place.run(['apply', '--auto-approve'])
  expect(ran.stdout).toMatch(
    /runner_groups\/a {2}not tried\n.*runners\/r1 was not written, and was to leave this first/,
  )
  expect([...new Set(sandbox.writes())]).toEqual(['DELETE /orgs/acme/actions/runners/9'])
})
