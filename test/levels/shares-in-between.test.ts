import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { checkCase } from '../property/families/check-runners.ts'

const REPOSITORIES = { api: {}, web: { visibility: 'public' }, site: { visibility: 'internal' } }
const HOSTED = { image: { id: 'ubuntu-22.04', source: 'github' }, size: '4-core' }
const RUNNERS = { r1: {}, r2: {} }
const group = (organization: string, ...runners: string[]) => ({
  ...{ visibility: 'selected', organizations: [organization], allows_public_repositories: true },
  runners,
})
const choice = (...repositories: string[]) => ({ inherited: true, repositories })
const chosen = (...repositories: string[]) => ({ ...choice(...repositories), visibility: 'selected' })
const inGroup = (runner_group: string) => ({ ...HOSTED, runner_group })

/** The groups and runners of an enterprise before and after, and the repositories that its organization has chosen of them. */
interface Row {
  readonly has: object
  readonly wants: object
  readonly chose?: object
  readonly chooses: object
}

it.each<[string, Row]>([
  [
    'two groups that are shared only now swap hosted runners',
    {
      has: {
        runner_groups: { a: group('beta'), b: group('beta') },
        hosted_runners: { h1: inGroup('a'), h2: inGroup('b') },
      },
      wants: {
        runner_groups: { a: { organizations: ['acme'] }, b: { organizations: ['acme'] } },
        hosted_runners: { h1: { runner_group: 'b' }, h2: { runner_group: 'a' } },
      },
      chooses: { a: choice('api'), b: choice('site') },
    },
  ],
  [
    'so do those that stay shared with another one',
    {
      has: {
        runner_groups: { a: group('beta'), b: group('beta') },
        hosted_runners: { h1: inGroup('a'), h2: inGroup('b') },
      },
      wants: {
        runner_groups: { a: { organizations: ['acme', 'beta'] }, b: { organizations: ['acme', 'beta'] } },
        hosted_runners: { h1: { runner_group: 'b' }, h2: { runner_group: 'a' } },
      },
      chooses: { a: choice('api'), b: choice('site') },
    },
  ],
  [
    'three groups that are shared only now hand their runners on',
    {
      has: { runners: RUNNERS, runner_groups: { a: group('beta', 'r1'), b: group('beta', 'r2'), c: group('beta') } },
      wants: {
        runner_groups: {
          a: { organizations: ['acme'], runners: [] },
          b: { organizations: ['acme'], runners: ['r1'] },
          c: { organizations: ['acme'], runners: ['r2'] },
        },
      },
      chooses: { a: choice('api'), b: choice('site'), c: choice('web') },
    },
  ],
  [
    'a runner falls to the default group from one that the organization opens',
    {
      has: { runners: RUNNERS, runner_groups: { b: group('acme', 'r1', 'r2') } },
      wants: { runner_groups: { b: { runners: ['r2'] } } },
      chose: { b: chosen('api') },
      chooses: { b: choice('api', 'site') },
    },
  ],
  [
    'a hosted runner leaves a group that the organization opens',
    {
      has: { runner_groups: { b: group('acme'), c: group('acme') }, hosted_runners: { h1: inGroup('b') } },
      wants: { hosted_runners: { h1: { runner_group: 'c' } } },
      chose: { b: chosen('api') },
      chooses: { b: choice('api', 'site') },
    },
  ],
  [
    'a deleted group leaves its runner to the default group, which the organization opens',
    {
      has: {
        runners: { r1: {} },
        runner_groups: { Default: { ...group('acme'), default: true }, b: group('acme', 'r1') },
      },
      wants: { runner_groups: { b: 'absent' } },
      chose: { Default: chosen('api') },
      chooses: { Default: choice('api', 'site') },
    },
  ],
  [
    'a runner comes to a group of which the organization chooses others',
    {
      has: { runners: RUNNERS, runner_groups: { b: group('acme', 'r1') } },
      wants: { runner_groups: { b: { runners: ['r1', 'r2'] } } },
      chose: { b: chosen('web') },
      chooses: { b: choice('site') },
    },
  ],
  [
    'two groups swap runners, and the organization chooses others of both',
    {
      has: { runners: RUNNERS, runner_groups: { b: group('acme', 'r1'), c: group('acme', 'r2') } },
      wants: { runner_groups: { b: { runners: ['r2'] }, c: { runners: ['r1'] } } },
      chose: { b: chosen('site'), c: chosen('api') },
      chooses: { b: choice('api'), c: choice('site') },
    },
  ],
  [
    'a group opens to public repositories, and the organization chooses none of them any more',
    {
      has: { runners: { r1: {} }, runner_groups: { b: { ...group('acme', 'r1'), allows_public_repositories: false } } },
      wants: { runner_groups: { b: { allows_public_repositories: true } } },
      chose: { b: chosen('web') },
      chooses: { b: choice('site') },
    },
  ],
])(
  'nobody uses a runner on the way who may neither before nor after, whatever is refused: %s',
  async (_, row) => {
    const { has, wants, chose = {}, chooses } = row
    const acme = { repositories: REPOSITORIES, runner_groups: chose }
    const seed = {
      organizations: { acme, beta: { repositories: REPOSITORIES } },
      enterprises: { inc: { organizations: { acme: {}, beta: {} }, ...has } },
    }
    const inc = { ...wants, organizations: { acme: { runner_groups: chooses }, beta: {} } }
    const yaml = stringify({ version: 1, enterprises: { inc } }, { aliasDuplicateObjects: false })
    const tallies = []
    for (const refused of [0, 1, 2]) {
      tallies.push(await checkCase({ seed, product: 'ghec', yaml }, (most) => Math.min(refused, most)))
    }
    expect(tallies.map(({ worlds, refused }) => [worlds, refused])).toEqual([1, 2, 3].map(() => [1, 1]))
  },
  60_000,
)
