import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/plan.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const NEW = 'image: { id: ubuntu-22.04, source: github }, size: 4-core'
const GROUPS = {
  few: { id: 5, visibility: 'selected', repositories: ['api', 'web'] },
  wide: { id: 6, visibility: 'selected', repositories: ['api', 'ml', 'web'], allows_public_repositories: true },
  nobody: { id: 7, visibility: 'selected', repositories: [] },
}
const ORG = {
  repositories: { web: { visibility: 'public' }, api: {}, ml: {} },
  runner_groups: GROUPS,
  hosted_runners: { big: { id: 1, runner_group: 'few' }, open: { id: 2, runner_group: 'wide' } },
}

async function started(yaml: string, guards = ''): Promise<{ place: Workplace; sandbox: WatchedSandbox }> {
  const sandbox = await watchedSandbox({ product: 'dotcom', seed: { organizations: { acme: ORG } } })
  const text = `version: 1\n${guards}organizations: { acme: { ${yaml} } }\n`
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': text }) }
}

const told = (list: Change['access']['gains']): string[] =>
  list.map(({ repository, visibility }) => `${visibility} ${repository}`)

describe('a hosted runner gives the repositories of its group something', () => {
  it.each<[string, string, string[], string[]]>([
    ['a new one', `new: { ${NEW}, runner_group: few }`, ['private api'], []],
    [
      'a new one in an open group',
      `new: { ${NEW}, runner_group: wide }`,
      ['public web', 'private api', 'private ml'],
      [],
    ],
    ['one that moves', 'big: { runner_group: wide }', ['public web', 'private ml'], []],
    ['one that moves back', 'open: { runner_group: few }', [], ['public web', 'private ml']],
    ['one that nobody may use', `new: { ${NEW}, runner_group: nobody }`, [], []],
    ['one that is to have another size', 'big: { size: 8-core }', [], []],
  ])('%s', async (_, runners, gains, loses) => {
    const { place } = await started(`hosted_runners: { ${runners} }`)
    const { access, consequences } = (await place.plan()).changes[0] ?? expect.unreachable()
    expect({ gains: told(access.gains), loses: told(access.loses), consequences }).toEqual({
      gains,
      loses,
      consequences: [],
    })
  })

  it('with the settings that the same run gives the group, a new one too', async () => {
    const { place } = await started(
      `runner_groups: { few: { add_repositories: [ml] }, fresh: { visibility: all, allows_public_repositories: true } },
       hosted_runners: { one: { ${NEW}, runner_group: few }, two: { ${NEW}, runner_group: fresh } }`,
    )
    const { changes } = await place.plan()
    const gains = (name: string): string[] =>
      told(changes.find(({ address }) => address.endsWith(`hosted_runners/${name}`))?.access.gains ?? [])
    expect(gains('one')).toEqual(['private api', 'private ml'])
    expect(gains('two')).toEqual(['public web', 'private api', 'private ml'])
  })

  it('which the plan names first', async () => {
    const { place } = await started(`hosted_runners: { big: { runner_group: wide } }`)
    const { stdout } = await place.run(['plan'])
    expect(stdout).toMatch(/^Gains access through a pattern\n {2}~ orgs\/acme\/hosted_runners\/big/)
    expect(stdout).toContain('access for 2 repositories, 1 of them PUBLIC: web (PUBLIC), ml')
  })

  it('and is read where a runner comes or goes, each list once', async () => {
    const lists = ({ asked }: WatchedSandbox): string[] =>
      asked.map(({ path }) => path).filter((path) => path.includes('/repositories'))
    const moving = await started(`hosted_runners: { big: { runner_group: wide }, new: { ${NEW}, runner_group: wide } }`)
    await moving.place.plan()
    expect(lists(moving.sandbox).sort()).toEqual([
      '/orgs/acme/actions/runner-groups/5/repositories',
      '/orgs/acme/actions/runner-groups/6/repositories',
    ])
    const staying = await started('hosted_runners: { big: { runner_group: few, size: 8-core } }')
    await staying.place.plan()
    expect(lists(staying.sandbox)).toEqual([])
  })
})

describe('never_public', () => {
  it.each([
    ['hosted_runners', `new: { ${NEW}, runner_group: wide }`, 3],
    ['runner_groups', `new: { ${NEW}, runner_group: wide }`, 3],
    ['runner_groups', 'big: { runner_group: wide }', 3],
    ['runner_groups', `new: { ${NEW}, runner_group: few }`, 0],
    ['runner_groups', 'open: { runner_group: few }', 0],
    ['secrets', `new: { ${NEW}, runner_group: wide }`, 0],
  ])('of %s: %s ends with %i', async (kind, runners, expected) => {
    const guards = `guards: { never_public: ["orgs/acme/${kind}/*"] }\n`
    const { place, sandbox } = await started(`hosted_runners: { ${runners} }`, guards)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: expected })
    expect(sandbox.writes().length > 0).toBe(expected === 0)
  })
})

describe('max_runner_moves', () => {
  const none = 'guards: { max_runner_moves: 0 }\n'

  it.each([
    ['one that moves', 'big: { runner_group: nobody }', ['--allow runner_moves=1']],
    ['two that move', 'big: { runner_group: nobody }, open: { runner_group: few }', ['--allow runner_moves=2']],
    ['one that stays', 'big: { runner_group: few, size: 8-core }', []],
    ['a new one', `new: { ${NEW}, runner_group: few }`, []],
    ['one that goes', 'big: absent', []],
  ])('%s', async (_, runners, flags) => {
    const { place, sandbox } = await started(`hosted_runners: { ${runners} }`, none)
    const { tripped } = await place.plan()
    expect(tripped.map(({ flag }) => flag)).toEqual(flags)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: flags.length === 0 ? 0 : 3 })
    expect(sandbox.writes().length > 0).toBe(flags.length === 0)
    const allowed = ['apply', '--auto-approve', ...flags.flatMap((flag) => flag.split(' '))]
    expect(await place.run(allowed)).toMatchObject({ code: 0 })
  })

  it('counts both kinds together', async () => {
    const sandbox = await watchedSandbox({
      product: 'dotcom',
      seed: {
        organizations: {
          acme: {
            ...ORG,
            runners: { one: { id: 1 } },
            runner_groups: { ...GROUPS, few: { ...GROUPS.few, runners: ['one'] } },
          },
        },
      },
    })
    const yaml = `version: 1
${none}organizations: { acme: { runner_groups: { nobody: { runners: [one] } }, hosted_runners: { big: { runner_group: nobody } } } }
`
    const { tripped } = await (await workplace(sandbox, { 'octoform.yaml': yaml })).plan()
    expect(tripped).toMatchObject([
      {
        guard: 'max_runner_moves',
        flag: '--allow runner_moves=2',
        addresses: ['orgs/acme/hosted_runners/big', 'orgs/acme/runner_groups/nobody'],
      },
    ])
  })
})

describe('of an enterprise', () => {
  const INC = {
    runner_groups: {
      shared: { id: 7, visibility: 'selected', organizations: ['acme'], allows_public_repositories: true },
      closed: { id: 8, visibility: 'selected', organizations: ['acme'] },
    },
    hosted_runners: { big: { id: 1, runner_group: 'closed' } },
    organizations: {
      acme: {
        repositories: ORG.repositories,
        runner_groups: { shared: { inherited: true }, closed: { inherited: true } },
      },
    },
  }
  const acme = 'acme: { runner_groups: { shared: { inherited: true, remove_repositories: [ml] } } }'
  const owners = ['--owner', 'enterprises/inc', '--owner', 'acme']

  async function enterprise(organizations: string, guards = ''): Promise<Workplace> {
    const sandbox = await watchedSandbox({ product: 'ghec', seed: { enterprises: { inc: INC } } })
    const runners = 'hosted_runners: { big: { runner_group: shared } }'
    const yaml = `version: 1\n${guards}enterprises: { inc: { organizations: { ${organizations} }, ${runners} } }\n`
    return workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'classic' })
  }

  it('it reaches the repositories of its organizations', async () => {
    const place = await enterprise(acme)
    const { changes } = await place.plan(owners)
    const change = changes.find(({ address }) => address === 'enterprises/inc/hosted_runners/big')
    expect(told(change?.access.gains ?? [])).toEqual(['public acme/web'])
    expect(change?.access.gains[0]?.by).toBe('organization: acme, whose owners choose among its repositories')
    expect(change?.consequences).toEqual([])
  })

  it('what is not known of them is said, and counts as public', async () => {
    const place = await enterprise('acme: {}', 'guards: { never_public: ["enterprises/inc/runner_groups/shared"] }\n')
    const { changes, tripped } = await place.plan(['--owner', 'enterprises/inc'])
    expect(changes[0]?.consequences).toEqual([
      {
        message: 'public repositories of acme may use it, and which these are is not known here',
        widens: true,
        opens: true,
      },
    ])
    expect(tripped.map(({ guard }) => guard)).toEqual(['never_public'])
  })
})

describe('a hosted runner falls to the default group where its own is deleted', () => {
  const open = `version: 1\norganizations: { acme: { runner_groups: { few: absent } } }\n`
  const home = { id: 4, default: true, visibility: 'all', allows_public_repositories: true }
  const acme = { ...ORG, runner_groups: { Home: home, ...GROUPS } }
  const begun = async (yaml: string) => {
    const sandbox = await watchedSandbox({ product: 'dotcom', seed: { organizations: { acme } } })
    return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
  }

  it('which the plan says, with who may use it there, and counts as a runner move', async () => {
    const { place } = await begun(open)
    const { stdout } = await place.run(['plan'])
    expect(stdout).toContain(
      'also: hosted runner big falls to the default group Home, where all repositories, public ones too, may use it',
    )
    const [change] = (await place.plan()).changes
    expect(change?.runner_moves).toMatchObject([{ runner: 'big', hosted: true, from: 'few', to: 'Home', widens: true }])
    await place.write('octoform.yaml', open.replace('version: 1', 'version: 1\nguards: { max_runner_moves: 0 }'))
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 3 })
  })

  it('also where prune deletes it', async () => {
    const yaml = `version: 1\norganizations: { acme: { runner_groups: {}, prune: [runner_groups/few] } }\n`
    const { place } = await begun(yaml)
    expect((await place.run(['plan'])).stdout).toContain('hosted runner big falls to the default group Home')
  })

  it.each([
    ['goes to another group in the same run', 'big: { runner_group: wide }'],
    ['is deleted in the same run', 'big: absent'],
  ])('but not where it %s', async (_, wish) => {
    const { place } = await begun(open.replace('few: absent }', `few: absent }, hosted_runners: { ${wish} }`))
    const { stdout } = await place.run(['plan'])
    expect(stdout).toContain('runner_groups/few')
    expect(stdout).not.toContain('falls')
  })

  it('and says so where the credential may not read them', async () => {
    const { sandbox, place } = await begun(open)
    await sandbox.fault({ method: 'GET', route: '/orgs/{org}/actions/hosted-runners', status: 403, times: 3 })
    expect(await place.run(['plan'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('its hosted runners, if it has any, fall to the default group Home'),
    })
  })

  it.each([
    ['deletes no group', open.replace('absent', '{ visibility: all }'), 'dotcom'],
    ['is for a product without them', open, 'ghes-3.19'],
  ])('they are not read where the run %s', async (_, yaml, product) => {
    const sandbox = await watchedSandbox({ product, seed: { organizations: { acme: { runner_groups: { few: {} } } } } })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect(await place.run(['plan'])).toMatchObject({ code: 0 })
    expect(sandbox.asked.filter(({ path }) => path.includes('hosted-runners'))).toEqual([])
  })
})
