import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { selfHostedRunners } from '../../src/families/self-hosted-runners/index.ts'
import { findingsAt, planAt, requestsAt, type Written, wantedOf } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { has } from '../support/stub-family.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'self_hosted_runners') ?? expect.unreachable()
const INC: Scope = { type: 'enterprise', enterprise: 'inc' }
const DISABLE = 'disable_self_hosted_runners_for_all_orgs'
const PUT = 'PUT /orgs/acme/actions/permissions/self-hosted-runners'

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    [DISABLE, true, false, true],
    [DISABLE, false, true, false],
    ['enabled_repositories', 'none', 'selected', true],
    ['enabled_repositories', 'selected', 'all', true],
    ['enabled_repositories', 'all', 'selected', false],
    ['repositories', [], ['web'], true],
    ['repositories', ['web'], [], false],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(selfHostedRunners, field), before, after)).toBe(wider)
  })
})

describe('changes as requests', () => {
  const list = (...ids: number[]): Written => [`${PUT}/repositories`, { selected_repository_ids: ids }]
  const turn = (mode: string): Written => [PUT, { enabled_repositories: mode }]
  it.each<[string, Document, Document, Written[]]>([
    ['off', { enabled_repositories: 'all' }, { enabled_repositories: 'none' }, [turn('none')]],
    [
      'from a list to all',
      { enabled_repositories: 'selected', repositories: ['web'] },
      { enabled_repositories: 'all' },
      [turn('all')],
    ],
    ['from all to a list', { enabled_repositories: 'all' }, { repositories: ['api'] }, [turn('selected'), list(2)]],
    [
      'from none to a list, which is sent before it is in force, too',
      { enabled_repositories: 'none' },
      { repositories: ['api'] },
      [list(2), turn('selected'), list(2)],
    ],
    [
      'another list',
      { enabled_repositories: 'selected', repositories: ['web'] },
      { repositories: ['api', 'web'] },
      [list(2, 1)],
    ],
  ])('%s', (_, live, wants, expected) => {
    expect(requestsAt({ family }, { wants, live })).toEqual(expected)
  })

  it.each([
    [true, false, 1],
    [false, true, 0],
  ])('of the enterprise from %j to %j: %i notes', (live, wants, notes) => {
    const asked = { wants: { [DISABLE]: wants }, live: { [DISABLE]: live } }
    expect(requestsAt({ family, scope: INC }, asked)).toEqual([
      ['PUT /enterprises/inc/actions/permissions/self-hosted-runners', { [DISABLE]: wants }],
    ])
    expect(planAt({ family, scope: INC }, asked).work?.change.consequences).toHaveLength(notes)
  })

  it.each(['none', 'all'])('a kept list is not brought into force from %s', (enabled_repositories) => {
    const asked = { wants: { enabled_repositories: 'selected' }, live: { enabled_repositories } }
    const { heldBack, work } = planAt({ family }, asked)
    expect(heldBack?.map(({ field }) => field)).toEqual(['enabled_repositories'])
    expect(work).toBeUndefined()
  })
})

describe('contradictions', () => {
  it('a list beside another switch', () => {
    expect(findingsAt({ family }, { wants: { enabled_repositories: 'none', repositories: ['web'] } })).toEqual([
      'error repositories: repositories needs enabled_repositories: selected, but it is none',
    ])
  })

  const MESSAGE = `the enterprise disables self-hosted runners of repositories (${DISABLE}: true)`
  it.each<[boolean | undefined, boolean | undefined, Document, string[], boolean?]>([
    [undefined, undefined, { enabled_repositories: 'all' }, []],
    [false, undefined, { enabled_repositories: 'all' }, []],
    [true, undefined, { enabled_repositories: 'all' }, [`held back enabled_repositories: ${MESSAGE}`]],
    [true, undefined, { repositories: ['web'] }, [`held back repositories: ${MESSAGE}`]],
    [true, undefined, { enabled_repositories: 'none' }, []],
    [false, true, { enabled_repositories: 'all' }, [`error enabled_repositories: ${MESSAGE}`]],
    [true, false, { enabled_repositories: 'all' }, [`held back enabled_repositories: ${MESSAGE}`]],
    [true, false, { enabled_repositories: 'all' }, [], true],
  ])('the enterprise has %j and is to have %j: %j', (live, desired, wants, expected, written = false) => {
    const known = {
      live: () => (live === undefined ? undefined : [has('', { [DISABLE]: live })]),
      desired: (_: string, from: string) =>
        from === 'above' && desired !== undefined ? [wantedOf('', { [DISABLE]: desired })] : undefined,
      writes: () => (written ? ('in this run' as const) : ('elsewhere' as const)),
    }
    expect(findingsAt({ family, known }, { wants })).toEqual(expected)
  })
})

const LIST_ROUTE = '/orgs/{org}/actions/permissions/self-hosted-runners/repositories'
const SETTINGS = { organizations: { acme: { self_hosted_runners: { repositories: ['web'] } } } }
const seedOf = (more: object): object => ({
  organizations: {
    acme: {
      repositories: { web: { id: 1 }, api: { id: 2 } },
      self_hosted_runners: { enabled_repositories: 'none', repositories: ['api'] },
    },
  },
  ...more,
})

it.each([false, true])(
  'from none to a list where GitHub refuses it while it is not in force: %j',
  async (isRefused) => {
    const sandbox = await watchedSandbox({ seed: seedOf({}), product: 'ghec' })
    if (isRefused) await sandbox.fault({ method: 'PUT', route: LIST_ROUTE, times: 1, status: 409 })
    const place = await workplace(sandbox, { 'octoform.yaml': stringify({ version: 1, ...SETTINGS }) })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
    expect(sandbox.state()).toMatchObject({
      organizations: { acme: { self_hosted_runners: { enabled_repositories: 'selected', repositories: ['web'] } } },
    })
  },
)

it('what the enterprise disables is held back, and no request is refused', async () => {
  const inc = { organizations: { acme: {} }, self_hosted_runners: { [DISABLE]: true } }
  const sandbox = await watchedSandbox({ seed: seedOf({ enterprises: { inc } }), product: 'ghec' })
  const below = { version: 1, enterprises: { inc: SETTINGS } }
  const place = await workplace(sandbox, { 'octoform.yaml': stringify(below) }, { OCTOFORM_ENTERPRISE_TOKEN: 'any' })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/the enterprise disables self-hosted runners of repositories/),
  })
  expect(sandbox.writes()).toEqual([])
})

it('what an organization has of its own comes to light with the enterprise: none is written before that allows runners', async () => {
  const seed = {
    enterprises: { inc: { organizations: { acme: {} }, self_hosted_runners: { [DISABLE]: true } } },
    organizations: { acme: { repositories: { web: {} }, self_hosted_runners: { enabled_repositories: 'all' } } },
  }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const acme = { self_hosted_runners: { enabled_repositories: 'none' } }
  const inc = { organizations: { acme }, self_hosted_runners: { [DISABLE]: false } }
  const yaml = stringify({ version: 1, enterprises: { inc } })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'any' })
  const both = ['--owner', 'enterprises/inc', '--owner', 'acme']
  expect(await place.run(['apply', '--auto-approve', ...both])).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toEqual([PUT, 'PUT /enterprises/inc/actions/permissions/self-hosted-runners'])
  expect(await place.run(['plan', '--detailed-exitcode', ...both])).toMatchObject({ code: 0 })
})
