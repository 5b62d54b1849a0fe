import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const HOSTED = { image: { id: 'ubuntu-22.04', source: 'github' }, size: '4-core' }
const CHOICE = { inherited: true, repositories: ['web'] }
const BOTH = ['--owner', 'enterprises/inc', '--owner', 'acme']
const INC = ['--owner', 'enterprises/inc']
const GROUPS = '/enterprises/inc/actions/runner-groups'

async function started(
  groups: Readonly<Record<string, object>>,
  own: Readonly<Record<string, object>>,
  more: { product?: string; acme?: object; wishes?: object } = {},
) {
  const inc = {
    organizations: { acme: {}, beta: {} },
    runners: { r1: { id: 1 }, r2: { id: 2 } },
    runner_groups: {
      held: { id: 5, visibility: 'selected', organizations: ['beta'], runners: ['r1'] },
      empty: { id: 6, visibility: 'selected', organizations: ['beta'], runners: [] },
      last: { id: 8, visibility: 'selected', organizations: ['beta'], runners: ['r2'] },
      big: { id: 7, visibility: 'selected', organizations: ['beta'], runners: [] },
    },
    ...(more.product === undefined ? { hosted_runners: { h1: { ...HOSTED, runner_group: 'big' } } } : {}),
  }
  const organizations = { acme: { repositories: { web: {}, api: {} }, ...more.acme }, beta: {} }
  const product = more.product ?? 'ghec'
  const sandbox = await watchedSandbox({ product, seed: { enterprises: { inc }, organizations } })
  const wished = { runner_groups: groups, organizations: { acme: { runner_groups: own }, beta: {} }, ...more.wishes }
  const yaml = stringify({ version: 1, enterprises: { inc: wished } })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'token' }) }
}

const NOW = { visibility: 'selected', organizations: ['acme', 'beta'] }
const ALONE = { visibility: 'selected', organizations: ['acme'] }
const until = (group: string, who: string, what: string) =>
  `until orgs/acme/runner_groups/${group} is written, all repositories of acme${who} may use ${what}: GitHub lets all in at first`
const DEFAULT = ' but public ones'
const ACME_ALL = 'all repositories of acme but public ones may use it until their organization chooses some of them'

describe('an organization that an enterprise shares a group with is let in as a whole at first, and the plan says so', () => {
  it.each<[string, Parameters<typeof started>, readonly string[], readonly string[]]>([
    ['its runners may be any', [{ held: NOW }, { held: CHOICE }], BOTH, [until('held', DEFAULT, 'what runs in it')]],
    [
      'its runners are known',
      [{ held: { ...NOW, runners: ['r1'] } }, { held: CHOICE }, { product: 'ghes-3.19' }],
      BOTH,
      [until('held', DEFAULT, 'its runner r1')],
    ],
    [
      'hosted runners are in it',
      [
        { big: { ...NOW, runners: [] } },
        { big: CHOICE },
        { wishes: { hosted_runners: { h1: { runner_group: 'big' } } } },
      ],
      BOTH,
      [until('big', DEFAULT, 'its runner h1')],
    ],
    [
      'its runner leaves before',
      [
        { held: { ...NOW, runners: [] }, other: { ...ALONE, runners: ['r1'] } },
        { held: CHOICE },
        { product: 'ghes-3.19' },
      ],
      BOTH,
      [],
    ],
    [
      'its runner leaves for another one that comes once it is chosen',
      [
        { held: { ...NOW, runners: ['r2'] }, other: { ...ALONE, runners: ['r1'] } },
        { held: CHOICE },
        { product: 'ghes-3.19' },
      ],
      BOTH,
      [],
    ],
    [
      'it changes runners with another one',
      [
        { held: { ...NOW, runners: ['r2'] }, last: { ...ALONE, runners: ['r1'] } },
        { held: CHOICE, last: CHOICE },
        { product: 'ghes-3.19' },
      ],
      BOTH,
      [until('held', DEFAULT, 'its runner r2')],
    ],
    [
      'public ones too',
      [
        { held: { ...NOW, allows_public_repositories: true } },
        { held: { inherited: true, add_repositories: ['web'] } },
      ],
      BOTH,
      [until('held', ', public ones too,', 'what runs in it')],
    ],
    ['nothing is in it', [{ empty: { ...NOW, runners: [] } }, { empty: CHOICE }, { product: 'ghes-3.19' }], BOTH, []],
    ['what comes into it waits', [{ fresh: { ...ALONE, runners: ['r1'] } }, { fresh: CHOICE }], BOTH, []],
    ['it chooses in another run', [{ held: NOW }, { held: CHOICE }], INC, [ACME_ALL]],
    ['a new one is filled before it chooses', [{ fresh: ALONE }, { fresh: CHOICE }], INC, [ACME_ALL]],
    [
      'it chooses nothing, and is named by its repositories',
      [{ held: NOW }, { other: { visibility: 'all' } }],
      BOTH,
      [],
    ],
  ])('%s', async (_, world, owners, expected) => {
    const { place } = await started(...world)
    const { changes } = await place.plan(owners)
    const group = changes.find(({ address }) => address.startsWith('enterprises/inc/runner_groups/'))
    const said = (group?.consequences ?? expect.unreachable()).map(({ message }) => message)
    expect(said.filter((message) => message.includes('all repositories of'))).toEqual(expected)
    expect((await place.run(['plan', ...owners])).stdout).toContain(expected[0] ?? 'Plan: ')
  })
})

it('and chooses right after that, before all else that the run writes', async () => {
  const others = Object.fromEntries([1, 2, 3].map((number) => [`other-${number}`, { visibility: 'all' }]))
  const { sandbox, place } = await started({ ...others, held: NOW }, { held: CHOICE, own: { visibility: 'all' } })
  expect((await place.run(['apply', '--auto-approve', ...BOTH])).code).toBe(0)
  const writes = sandbox.writes()
  const shared = writes.indexOf(`PUT ${GROUPS}/5/organizations`)
  expect(writes.slice(shared, shared + 3)).toEqual([
    `PUT ${GROUPS}/5/organizations`,
    expect.stringMatching(/^PATCH \/orgs\/acme\/actions\/runner-groups\/\d+$/),
    expect.stringMatching(/^PUT \/orgs\/acme\/actions\/runner-groups\/\d+\/repositories$/),
  ])
})
