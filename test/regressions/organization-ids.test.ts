import { describe, expect, it } from 'vitest'
import type { RecordedName } from '../../src/core/known-names.ts'
import { type Identities, underFormerNames } from '../../src/engine/names.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const LISTS = {
  runner_groups: (entries: string) => `runner_groups: { gpu: { visibility: selected, organizations: ${entries} } }`,
  permissions: (entries: string) => `permissions: { enabled_organizations: selected, organizations: ${entries} }`,
} as const

type Kind = keyof typeof LISTS

/** An enterprise whose list was applied, before `acme` (55) is another account (77). */
async function applied(kind: Kind, more = '', product = 'ghec') {
  const seed = {
    enterprises: {
      inc: {
        permissions: { enabled_organizations: 'selected', organizations: ['beta'] },
        runner_groups: { gpu: { id: 5, visibility: 'selected', organizations: ['beta'] } },
        organizations: { acme: { id: 55 }, beta: { id: 56 } },
      },
    },
  }
  const sandbox = await watchedSandbox({ product, seed })
  const yaml = (entries: string, top = more): string =>
    `version: 1\n${top}enterprises: { inc: { ${LISTS[kind](entries)} } }\n`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml('[acme]') }, { OCTOFORM_ENTERPRISE_TOKEN: 'classic' })
  const apply = () => place.run(['apply', '--auto-approve', '--owner', 'enterprises/inc'])
  const plan = () => place.plan(['--owner', 'enterprises/inc'])
  return { sandbox, place, yaml, apply, plan }
}

describe.each(Object.keys(LISTS) as Kind[])(
  'an organization in an enterprise’s list is never more than its id: %s',
  (kind) => {
    it('is recorded by its own name when the list is written', async () => {
      const { place, apply } = await applied(kind)
      expect((await apply()).code).toBe(0)
      const { ids } = JSON.parse(await place.read('.octoform/ledger.json'))
      expect(Object.keys(ids).map((name) => name.split(' ')[1])).toEqual(['acme'])
    })

    it('is held back as an entry where another account has its name, until accept lets that in', async () => {
      const { sandbox, place, yaml, apply, plan } = await applied(kind)
      expect((await apply()).code).toBe(0)
      const shown = (await sandbox.call('GET', '/orgs/acme')).body as object
      await sandbox.fault({ method: 'GET', route: '/orgs/{org}', times: 99, status: 200, body: { ...shown, id: 77 } })
      const { held_back, changes } = await plan()
      expect(changes).toEqual([])
      expect(held_back).toMatchObject([
        {
          address: kind === 'permissions' ? 'enterprises/inc/permissions' : 'enterprises/inc/runner_groups/gpu',
          field: 'organizations',
          reason: expect.stringContaining('acme has the id 77 now, and the ledger knows 55'),
          help: expect.stringContaining('accept: ["acme=77"]'),
        },
      ])
      await place.write('octoform.yaml', yaml('[acme]', 'accept: ["acme=77"]\n'))
      expect((await plan()).held_back).toEqual([])
    })
  },
)

it('a renamed organization is that one in the list, with its line, where the server lists it', async () => {
  const { sandbox, place, yaml, apply, plan } = await applied('runner_groups', '', 'ghes-3.19')
  await place.write('octoform.yaml', yaml('[acme, "z*"]'))
  expect((await apply()).code).toBe(0)
  await sandbox.call('POST', '/_sandbox/accounts', { owner: 'acme', login: 'acme-new' })
  const told = (await plan()).diagnostics.map(({ message }) => message)
  expect(told).toContain('acme is called acme-new now: write acme-new')
  expect((await plan()).changes).toEqual([])
  await place.write('octoform.yaml', yaml('[acme-new, "z*"]'))
  expect(await plan()).toMatchObject({ changes: [], held_back: [] })
})

describe('what the ledger has under the earlier name of an organization', () => {
  const ids = (entries: Readonly<Record<string, RecordedName>>): Identities => ({
    recorded: new Map(Object.entries(entries)),
    holders: new Set(),
    accepted: new Map(),
  })
  const of = (id: number, authentic = true): RecordedName => ({ id, authentic })
  const LEDGER = {
    acme: of(55),
    'acme/web': of(1),
    'team:acme/release': of(12),
    'team:other/release': of(13),
    'user:acme': of(9),
  }

  it('is its own under the present one', () => {
    const { recorded } = underFormerNames(ids(LEDGER), 'acme-new', 55)
    expect(recorded.get('team:acme-new/release')).toEqual(of(12))
    expect(recorded.get('acme-new/web')).toEqual(of(1))
    expect([...recorded.keys()].filter((name) => name.includes('acme-new')).length).toBe(2)
  })

  it.each([
    ['another account', ids(LEDGER), 77],
    ['an id that is not authentic', ids({ ...LEDGER, acme: of(55, false) }), 55],
    ['an owner without an id', ids(LEDGER), null],
  ])('is none of %s', (_, identities, id) => {
    expect(underFormerNames(identities, 'acme-new', id)).toBe(identities)
  })

  it('gives way to what it has under the present name', () => {
    const identities = ids({ ...LEDGER, 'team:acme-new/release': of(99) })
    expect(underFormerNames(identities, 'acme-new', 55).recorded.get('team:acme-new/release')).toEqual(of(99))
  })
})

it('another team than was meant gains nothing after its organization was renamed', async () => {
  const acme = {
    id: 55,
    repositories: { web: {}, api: {} },
    teams: { release: { id: 12, repositories: ['web', 'api'] } },
  }
  const sandbox = await watchedSandbox({ product: 'ghec', seed: { organizations: { acme } } })
  const yaml = (owner: string, repository: string) =>
    `version: 1\norganizations: { ${owner}: { repositories: { ${repository}: { environments: { prod: { reviewers: [{ team: release }] } } } } } }\n`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml('acme', 'web') })
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
  await sandbox.call('POST', '/_sandbox/accounts', { owner: 'acme', login: 'acme-new' })
  await place.write('octoform.yaml', yaml('acme-new', 'api'))
  const reasons = async () => (await place.plan()).held_back.map(({ reason }) => reason)
  expect(await reasons()).toEqual([])
  const route = '/orgs/{org}/teams/{team_slug}'
  const shown = (await sandbox.call('GET', '/orgs/acme-new/teams/release')).body as object
  await sandbox.fault({ method: 'GET', route, times: 99, status: 200, body: { ...shown, id: 99 } })
  expect(await reasons()).toContainEqual(
    expect.stringContaining('team:acme-new/release has the id 99 now, and the ledger knows 12'),
  )
})
