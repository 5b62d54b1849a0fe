import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import { findingsAt, type Place, requestsAt, type Written } from '../support/family-case.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { has } from '../support/stub-family.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === runnerGroups.name) ?? expect.unreachable()
const ref = { id: 7, repositories: { api: 2, ml: 3 }, runners: {} }
const HOME = has('Default', { visibility: 'all' }, { ref, fixed: 'default' })
const place: Place = { family, known: { live: () => [HOME], desired: () => [] } }

it.each<[Json | undefined, Json | undefined, boolean]>([
  ['none', 'A', true],
  [undefined, 'A', true],
  ['A', 'B', true],
  ['A', 'none', false],
  ['A', 'A', false],
])('from the network %j to %j is wider: %j', (before, after, wider) => {
  expect(isWider(fieldAt(runnerGroups, 'network_configuration_id'), before, after)).toBe(wider)
})

describe('the network of a group as requests', () => {
  const PATCH = 'PATCH /orgs/acme/actions/runner-groups/7'
  const PUT = 'PUT /orgs/acme/actions/runner-groups/7/repositories'
  const open = { allows_public_repositories: false, restricted_to_workflows: false }
  const kept = { name: 'gpu', ...open }
  it.each<[string, Document, Document, Written[]]>([
    [
      'is set by its id',
      { network_configuration_id: 'A' },
      { visibility: 'all', ...open, network_configuration_id: 'none' },
      [[PATCH, { ...kept, visibility: 'all', network_configuration_id: 'A' }]],
    ],
    [
      'is taken away by null',
      { network_configuration_id: 'none' },
      { visibility: 'all', ...open, network_configuration_id: 'A' },
      [[PATCH, { ...kept, visibility: 'all', network_configuration_id: null }]],
    ],
    [
      'is left as it is where another field changes',
      { allows_public_repositories: true, network_configuration_id: 'A' },
      { visibility: 'all', ...open, network_configuration_id: 'A' },
      [[PATCH, { ...kept, visibility: 'all', allows_public_repositories: true }]],
    ],
    [
      'is left before others come to the group',
      { visibility: 'selected', repositories: ['api', 'ml'], network_configuration_id: 'none' },
      { visibility: 'selected', repositories: ['api'], ...open, network_configuration_id: 'A' },
      [
        [PATCH, { ...kept, visibility: 'selected', network_configuration_id: null }],
        [PUT, { selected_repository_ids: [2, 3] }],
      ],
    ],
    [
      'is come into after others have left the group',
      { visibility: 'selected', repositories: ['api'], network_configuration_id: 'A' },
      { visibility: 'selected', repositories: ['api', 'ml'], ...open, network_configuration_id: 'none' },
      [
        [PUT, { selected_repository_ids: [2] }],
        [PATCH, { ...kept, visibility: 'selected', network_configuration_id: 'A' }],
      ],
    ],
    [
      'is changed while others come and go without either network',
      { visibility: 'selected', repositories: ['ml'], network_configuration_id: 'B' },
      { visibility: 'selected', repositories: ['api'], ...open, network_configuration_id: 'A' },
      [
        [PATCH, { ...kept, visibility: 'selected', network_configuration_id: null }],
        [PUT, { selected_repository_ids: [3] }],
        [PATCH, { ...kept, visibility: 'selected', network_configuration_id: 'B' }],
      ],
    ],
  ])('%s', (_, wants, live, expected) => {
    expect(requestsAt(place, { key: 'gpu', wants, live, ref })).toEqual(expected)
  })

  it.each([
    ['A', { network_configuration_id: 'A' }],
    ['none', {}],
  ])('of a new one is sent with it: %s', (network, sent) => {
    const wants = { visibility: 'selected', network_configuration_id: network }
    const [[, body] = []] = requestsAt(place, { key: 'gpu', wants })
    const begin = { name: 'gpu', visibility: 'selected', selected_repository_ids: [], runners: [] }
    expect(body).toEqual({ ...begin, allows_public_repositories: false, ...sent })
  })
})

it('is the enterprise’s in a group that it shares', () => {
  const wants = { inherited: true, repositories: ['api'], network_configuration_id: 'A' }
  expect(findingsAt({ family, known: { live: () => undefined } }, { key: 'gpu', wants })).toEqual([
    expect.stringContaining('network_configuration_id cannot be given for gpu, which is inherited'),
  ])
})

const NETWORKS = { vnet: { id: 'A1' }, other: { id: 'B2' } }
const SEED = {
  network_configurations: NETWORKS,
  runner_groups: {
    gpu: { id: 7, visibility: 'selected', repositories: ['web', 'api'], allows_public_repositories: true },
    inner: { id: 8, visibility: 'all' },
  },
  repositories: { web: { visibility: 'public' }, api: {} },
}

async function started(
  yaml: string,
  product = 'dotcom',
): Promise<{ readonly place: Workplace; readonly sandbox: WatchedSandbox }> {
  const inc = { network_configurations: { shared: { id: 'E1' } }, organizations: { acme: SEED } }
  const seed = product === 'dotcom' ? { organizations: { acme: SEED } } : { enterprises: { inc } }
  const sandbox = await watchedSandbox({ product, seed })
  const files = { 'octoform.yaml': `version: 1\n${yaml}\n` }
  return { sandbox, place: await workplace(sandbox, files, { OCTOFORM_ENTERPRISE_TOKEN: 'classic' }) }
}

const acme = (groups: string): string => `organizations: { acme: { runner_groups: { ${groups} } } }`
const LOOK_UP = 'GET /orgs/acme/settings/network-configurations'
const looks = ({ asked }: WatchedSandbox): string[] =>
  asked.map(({ method, path }) => `${method} ${path}`).filter((request) => request.includes('network-configurations'))

describe('a network configuration', () => {
  it.each([
    ['X9', 'there is no network configuration with the id X9 here: it has "A1" (vnet), "B2" (other)'],
    ['vnet', 'vnet is the name of a network configuration, and its id is wanted'],
  ])('that is not there is held back with its line, and the rest goes on: %s', async (id, reason) => {
    const { place, sandbox } = await started(
      acme(`gpu: { network_configuration_id: ${id}, allows_public_repositories: false }`),
    )
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining(reason) })
    expect(stdout).toContain('octoform.yaml:2')
    expect(sandbox.asked.filter(({ method }) => method === 'PATCH').map(({ body }) => body)).toEqual([
      expect.not.objectContaining({ network_configuration_id: expect.anything() }),
    ])
  })

  it('of the enterprise is not shown to its organization, which may use it', async () => {
    const { place } = await started(acme('gpu: { network_configuration_id: E1 }'), 'ghec')
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('one of its enterprise is not shown') })
    expect((await place.plan()).changes).toEqual([])
  })

  it('of the enterprise is looked up for its own groups', async () => {
    const { place } = await started(
      'enterprises: { inc: { runner_groups: { a: { visibility: all, network_configuration_id: E1 }, b: { visibility: all, network_configuration_id: A1 } } } }',
      'ghec',
    )
    const { changes, held_back } = await place.plan(['--owner', 'enterprises/inc'])
    expect(changes.map(({ address }) => address)).toEqual(['enterprises/inc/runner_groups/a'])
    expect(held_back.map(({ reason }) => reason)).toEqual([
      'there is no network configuration with the id A1 here: it has "E1" (shared)',
    ])
  })

  it.each([403, 404])('that may not be looked up is noted once and sent: %i', async (status) => {
    const { place, sandbox } = await started(
      acme('gpu: { network_configuration_id: A1 }, inner: { network_configuration_id: B2 }'),
    )
    await sandbox.fault({ method: 'GET', route: '/orgs/{org}/settings/network-configurations', times: 9, status })
    const plan = await place.plan()
    expect(plan.diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', expect.stringContaining('the network configurations could not be read with this credential')],
    ])
    expect(plan).toMatchObject({ complete: true, held_back: [] })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/No changes\.\n$/) })
  })

  it.each([
    ['none', acme('gpu: { network_configuration_id: none }'), []],
    ['another field', acme('gpu: { allows_public_repositories: true }'), []],
    ['an id', acme('gpu: { network_configuration_id: A1 }, inner: { network_configuration_id: A1 }'), [LOOK_UP]],
  ])('is looked up once, and only where the YAML has an id: %s', async (_, yaml, expected) => {
    const { place, sandbox } = await started(yaml)
    await place.plan()
    expect(looks(sandbox)).toEqual(expected)
  })

  it('is imported as GitHub has it, without a look-up', async () => {
    const { place, sandbox } = await started('organizations: { acme: {} }')
    await sandbox.call('PATCH', '/orgs/acme/actions/runner-groups/7', { name: 'gpu', network_configuration_id: 'A1' })
    const { stdout } = await place.run(['import', 'orgs/acme/runner_groups'])
    expect(stdout).toContain('network_configuration_id: A1')
    expect(stdout).toContain('network_configuration_id: none')
    expect(looks(sandbox)).toEqual([])
    await place.write('octoform.yaml', stdout)
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/No changes\.\n$/) })
  })

  it('is an error with its line on Enterprise Server, without a request', async () => {
    const { place, sandbox } = await started(acme('gpu: { network_configuration_id: A1 }'), 'ghes-3.19')
    const { code, stdout, stderr } = await place.run(['validate', '--product', 'ghes-3.19'])
    expect({ code, told: stdout + stderr }).toEqual({
      code: 1,
      told: expect.stringContaining('2:50: error: runner_groups.network_configuration_id: ghes-3.19 does not have it'),
    })
    expect(sandbox.asked).toEqual([])
  })
})

describe('who comes into a network', () => {
  const gpu = acme('gpu: { network_configuration_id: A1 }')

  it('is named first, though nobody gains the group', async () => {
    const { place } = await started(gpu)
    const message = 'machines that GitHub hosts for it come into the network of A1, where api, web may use them'
    const [change] = (await place.plan()).changes
    expect(change).toMatchObject({
      widens: ['network_configuration_id'],
      access: { gains: [], loses: [] },
      consequences: [{ message, widens: true, opens: true }],
    })
    const { stdout } = await place.run(['plan'])
    expect(stdout.indexOf(message)).toBeGreaterThan(-1)
    expect(stdout.slice(0, stdout.indexOf(message)).toLowerCase()).toContain('gain')
  })

  it('is no public repository where never_public says so', async () => {
    const guarded = `guards: { never_public: ["orgs/acme/runner_groups/*"] }\n`
    const { place, sandbox } = await started(`${guarded}${gpu}`)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 3 })
    expect(sandbox.writes()).toEqual([])
    await place.write('octoform.yaml', `version: 1\n${guarded}${acme('inner: { network_configuration_id: A1 }')}`)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  })
})
