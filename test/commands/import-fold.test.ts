import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const IMPORT = ['import', 'orgs/acme', '--with-repositories', '--out', 'conf', '--only', 'permissions']
const LOCAL = { permissions: { allowed_actions: 'local_only' } }
const gold = { custom_properties: { Tier: 'gold' } }
const VALUES = 'GET /orgs/{org}/properties/values'
const TEAMS = 'GET /orgs/{org}/teams'
const OF_TEAM = 'GET /orgs/{org}/teams/{team_slug}/repos'

type Facts = Readonly<Record<string, unknown>>

interface Given {
  readonly product?: string
  readonly teams?: Readonly<Record<string, readonly string[]>>
  readonly repositories: Readonly<Record<string, Facts>>
  readonly args?: readonly string[]
  readonly fault?: string
}

async function imported({ product = 'ghec', teams = {}, repositories, args = IMPORT, fault }: Given) {
  const others = Object.fromEntries(['o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7'].map((name) => [name, {}]))
  const acme = {
    permissions: { enabled_repositories: 'all', allowed_actions: 'all' },
    repositories: { ...others, ...repositories },
    teams: Object.fromEntries(Object.entries(teams).map(([slug, names]) => [slug, { repositories: names }])),
  }
  const sandbox = await watchedSandbox({ seed: { product, organizations: { acme } } })
  if (fault !== undefined) {
    const [method, route] = fault.split(' ')
    await sandbox.fault({ method, route, status: 403, body: { message: 'no' }, times: 9 })
  }
  const place = await workplace(sandbox, {})
  const ran = await place.run(args)
  expect(ran.code, ran.stderr).toBe(0)
  const asked = sandbox.asked.map(({ method, route }) => `${method} ${route}`)
  const looked = asked.filter((each) => [VALUES, TEAMS, OF_TEAM].includes(each))
  const { repository_sets: sets = [] } = parse(await place.read('conf/acme.yaml')).organizations.acme
  const files = (await readdir(join(place.folder, 'conf'), { recursive: true })).filter((name) => name.includes('/'))
  const planned = await place.run(['plan', '--config', 'conf', '--detailed-exitcode'])
  if (fault === undefined) expect(planned.stdout, planned.stderr).toMatch(/(^|\n)No changes\.\n$/)
  return { stderr: ran.stderr, sets, files: files.sort(), looked, planned: planned.stdout }
}

describe('what a custom property or a team shares', () => {
  it('is a set by the value of the property, as GitHub spells its name, and takes one list of them', async () => {
    const found = await imported({
      repositories: {
        a: { ...LOCAL, ...gold },
        b: { ...LOCAL, ...gold },
        c: { ...LOCAL, custom_properties: { Tier: ['gold', 'silver'] } },
        d: { ...gold },
        old: { ...LOCAL, ...gold, archived: true },
        e: { custom_properties: { Tier: 'silver' } },
      },
      teams: { pay: ['a', 'b', 'c'] },
    })
    expect(found.sets).toEqual([{ match: { custom_property: { Tier: 'gold' } }, ...LOCAL }])
    expect([found.files, found.looked]).toEqual([['acme/d.yaml'], [VALUES]])
  })

  it('is a set by the team where no property has it, which is told with its requests', async () => {
    const found = await imported({
      repositories: { a: LOCAL, b: LOCAL, c: LOCAL },
      teams: { all: ['a', 'b', 'c', 'o1', 'o2', 'o3', 'o4'], Pay: ['a', 'b', 'c'] },
    })
    expect(found.sets).toEqual([{ match: { team: 'pay' }, ...LOCAL }])
    expect([found.files, found.looked]).toEqual([[], [VALUES, TEAMS, OF_TEAM, OF_TEAM]])
    expect(found.stderr).toContain('looking for what their teams share, 2 requests more.')
  })

  it('is one by what saves most, a topic before the others', async () => {
    const topics = { topics: ['java'] }
    const repositories = {
      ...{ a: { ...LOCAL, ...gold, ...topics }, b: { ...LOCAL, ...gold, ...topics }, c: { ...LOCAL, ...gold } },
      ...{ x: { ...LOCAL, ...topics } },
    }
    const alike = await imported({ repositories: { ...repositories, o1: gold } })
    expect(alike.sets).toEqual([{ match: { topic: 'java' }, ...LOCAL }])
    const more = await imported({ repositories: { ...repositories, x: {}, y: LOCAL } })
    expect([more.sets, more.files]).toEqual([
      [{ match: { custom_property: { Tier: 'gold' } }, ...LOCAL }],
      ['acme/y.yaml'],
    ])
    const { a, b } = { a: { ...LOCAL, ...topics }, b: { ...LOCAL, ...topics } }
    const most = await imported({
      repositories: { a, b, c: LOCAL, y: LOCAL },
      teams: { pay: ['a', 'b', 'c', 'y'] },
    })
    expect([most.sets, most.files]).toEqual([[{ match: { team: 'pay' }, ...LOCAL }], []])
  })

  it('is looked for nowhere where nothing more could be folded', async () => {
    const one = await imported({ repositories: { a: LOCAL, b: { ...LOCAL, topics: ['x'] } } })
    expect([one.sets, one.looked]).toEqual([[], [VALUES, TEAMS]])
    const topical = { ...LOCAL, topics: ['x'] }
    expect((await imported({ repositories: { a: topical, b: topical } })).looked).toEqual([])
    const args = [...IMPORT, '--no-compact']
    expect((await imported({ repositories: { a: LOCAL, b: LOCAL }, args })).looked).toEqual([])
  })

  it('is not asked of more teams than entries that it could save', async () => {
    const found = await imported({
      repositories: { a: LOCAL, b: LOCAL },
      teams: { one: ['a'], two: ['b'], both: ['a', 'b'] },
    })
    expect([found.sets, found.looked]).toEqual([[], [VALUES, TEAMS]])
  })

  it('is no property where the product has none', async () => {
    const found = await imported({
      product: 'ghes-3.8',
      repositories: { a: LOCAL, b: LOCAL },
      teams: { pay: ['a', 'b'] },
    })
    expect([found.sets, found.looked]).toEqual([[{ match: { team: 'pay' }, ...LOCAL }], [TEAMS, OF_TEAM]])
  })

  it('is left where GitHub does not show it', async () => {
    const found = await imported({
      repositories: { a: { ...LOCAL, ...gold }, b: { ...LOCAL, ...gold } },
      fault: VALUES,
    })
    expect([found.sets, found.files]).toEqual([[], ['acme/a.yaml', 'acme/b.yaml']])
  })

  it('has its lists in the number of requests that is told before', async () => {
    const told = async (...more: string[]): Promise<number> => {
      const { stderr } = await imported({ repositories: { a: LOCAL, b: LOCAL }, args: [...IMPORT, ...more] })
      return Number(/some (\d+) requests/.exec(stderr)?.[1])
    }
    expect((await told()) - (await told('--no-compact'))).toBe(2)
  })
})

describe('a secret of most repositories', () => {
  const KEY = { secrets: { KEY: { value: 'planted' } } }
  const args = ['import', 'orgs/acme', '--with-repositories', '--out', 'conf', '--only', 'secrets']

  it('is in no set that reaches a repository without it, which would get its value one day', async () => {
    const repositories = { o1: KEY, o2: KEY, o3: KEY, o4: KEY, o5: KEY, o6: KEY }
    const { sets, planned } = await imported({ repositories, args })
    expect(sets).toEqual([{ match: { name: ['*', '!o7'] }, secrets: { KEY: {} } }])
    expect(planned).not.toContain('Warnings')
  })

  it('is in no set at all where many repositories lack it', async () => {
    const { sets, files, planned } = await imported({ repositories: { o1: KEY, o2: KEY, o3: KEY, o4: KEY }, args })
    expect([sets, files.length]).toEqual([[], 4])
    expect(planned).not.toContain('Warnings')
  })
})
