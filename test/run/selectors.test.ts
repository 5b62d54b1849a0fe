import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const seedOf = (product = 'ghec') => ({
  product,
  organizations: {
    acme: {
      teams: { platform: { repositories: ['web', 'api', 'old'] }, red: { repositories: ['docs'] }, idle: {} },
      repositories: {
        web: { visibility: 'public', topics: ['java'], custom_properties: { Tier: 'gold', areas: ['ui', 'core'] } },
        api: { topics: ['java'], custom_properties: { Tier: 'silver', production: 'true' } },
        docs: { permissions: { enabled: false } },
        old: { archived: true, custom_properties: { Tier: 'gold' } },
      },
      secrets: { NPM: { visibility: 'selected', repositories: [], value: 'planted-old' } },
    },
  },
})
const yamlOf = (body: string): Record<string, string> => ({
  'octoform.yaml': `version: 1\norganizations:\n  acme:\n    ${body}\n`,
})
const listOf = (entries: string) => yamlOf(`secrets: { NPM: { repositories: [${entries}] } }`)

async function planned(files: Record<string, string>, product?: string) {
  const sandbox = await watchedSandbox({ seed: seedOf(product) })
  const place = await workplace(sandbox, files, { V: 'planted-new' })
  const lookups = () =>
    sandbox.asked.map(({ path }) => path).filter((path) => path.includes('/teams') || path.includes('/properties/'))
  return { sandbox, place, plan: await place.plan(), lookups }
}

describe('a list by team and custom property', () => {
  it.each<[string, readonly string[]]>([
    ['{ team: platform }', ['api', 'web']],
    ['{ team: PLATFORM, archived: true }', ['old']],
    ['{ team: platform, visibility: public }', ['web']],
    ['{ team: red }, { team: platform, custom_property: { tier: silver } }', ['api', 'docs']],
    ['{ custom_property: { TIER: gold } }', ['web']],
    ['{ custom_property: { Tier: [gold, silver] } }', ['api', 'web']],
    ['{ custom_property: { areas: core } }', ['web']],
    ['{ custom_property: { production: true } }', ['api']],
    ['{ custom_property: { tier: silver, production: true } }, "!ap*", docs', ['docs']],
  ])('%s', async (entries, repositories) => {
    const { plan, place } = await planned(listOf(entries))
    expect(plan).toMatchObject({ complete: true, changes: [{ after: { repositories } }] })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.plan()).changes).toEqual([])
  })

  it('is looked up once a run, and only what selectors name', async () => {
    const body = `repository_sets: [{ match: { team: platform }, secrets: { A: { value: { env: V } } } }]
    secrets: { NPM: { repositories: [{ team: Platform }, { team: red }] } }`
    const { lookups, plan } = await planned(yamlOf(body))
    expect([...lookups()].sort()).toEqual(['/orgs/acme/teams/platform/repos', '/orgs/acme/teams/red/repos'])
    expect(plan.changes.map(({ address }) => address).sort()).toEqual([
      'orgs/acme/secrets/NPM',
      'repos/acme/api/secrets/A',
      'repos/acme/web/secrets/A',
    ])
    expect((await planned(listOf('{ custom_property: { tier: gold } }'))).lookups()).toEqual([
      '/orgs/acme/properties/values',
    ])
    expect((await planned(listOf('web'))).lookups()).toEqual([])
  })
})

describe('a selector that matches nothing', () => {
  it.each<[string, string]>([
    ['{ team: platfrom }', 'none is of the team `platfrom`; did you mean `platform`?'],
    ['{ team: idle }', 'none is of the team `idle`\n'],
    ['{ custom_property: { teir: gold } }', 'none has the custom property `teir`; did you mean `tier`?'],
    ['{ custom_property: { tier: golden } }', 'none has `golden` as its custom property `tier`'],
  ])('%s is a warning with its place, and empties no list', async (selector, words) => {
    const { place } = await planned(listOf(`web, ${selector}`))
    const { stdout } = await place.run(['plan'])
    expect(stdout).toMatch(/octoform\.yaml:4:43: warning: the selector matches no repository of acme; it is skipped/)
    expect(stdout).toContain(words)
    const alone = await planned(listOf(selector))
    expect(alone.plan).toMatchObject({ changes: [], held_back: [{ field: 'repositories' }] })
  })
})

describe('what cannot be looked up', () => {
  it.each(['ghes-3.4', 'ghes-3.12'])(
    '%s has no custom properties: an error with the line, and no request',
    async (product) => {
      const { place, lookups } = await planned(listOf('web, { custom_property: { tier: gold } }'), product)
      const { code, stdout } = await place.run(['plan'])
      expect(code).toBe(1)
      expect(stdout).toContain(
        `octoform.yaml:4:45: error: ${product} cannot select repositories by \`custom_property\`; ghes-3.13 and later do`,
      )
      expect(lookups()).toEqual([])
      const offline = await place.run(['validate', '--product', product])
      expect(offline).toMatchObject({ code: 1, stdout: expect.stringContaining('octoform.yaml:4:45: error: ') })
    },
  )

  it.each(['ghes-2.22', 'ghes-3.4', 'ghes-3.19', 'dotcom'])('%s has teams', async (product) => {
    const { plan } = await planned(listOf('{ team: platform }'), product)
    expect(plan.changes).toMatchObject([{ after: { repositories: ['api', 'web'] } }])
  })

  it.each(
    ['/orgs/{org}/teams/{team_slug}/repos', '/orgs/{org}/properties/values'].flatMap((route) =>
      [403, 404, 500].map((status) => [route, status] as const),
    ),
  )('a %s that is refused with %i decides nothing', async (route, status) => {
    const sandbox = await watchedSandbox({ seed: seedOf() })
    await sandbox.fault({ method: 'GET', route, status, times: 9 })
    const place = await workplace(sandbox, listOf('web, { team: platform, custom_property: { tier: gold } }'))
    expect(await place.plan()).toMatchObject({ complete: false, changes: [], not_read: [{ scope: 'orgs/acme' }] })
    expect((await place.run(['plan'])).code).toBe(5)
  })

  it('is left undecided offline', async () => {
    const place = await workplace(
      { url: 'http://127.0.0.1:9' },
      yamlOf(`permissions: { enabled_repositories: selected, repositories: [{ team: platform }] }
    repositories: { web: { permissions: { enabled: true } } }`),
    )
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
  })

  it.each([
    ['{ team: "plat*" }', 'cannot be a team: a team is written out'],
    ['{ team: [a, b] }', '`team` must be'],
    ['{ custom_property: tier }', '`custom_property` must be a map'],
    ['{ custom_property: { "a b": x } }', 'cannot be a custom property'],
    ['{ teams: red }', 'did you mean `team`?'],
  ])('%s is an error of its own', async (selector, words) => {
    const place = await workplace({ url: 'http://127.0.0.1:9' }, listOf(`web, ${selector}`))
    const { code, stdout } = await place.run(['validate'])
    expect(code).toBe(1)
    expect(stdout).toContain(words)
    expect(stdout).toMatch(/octoform\.yaml:4:[4-7]\d: error: /)
  })
})

describe('what a pattern gives', () => {
  it.each<[string, string]>([
    ['{ team: platform }', "team: platform, given by the repository's admins and the team's maintainers"],
    ['{ topic: java }', "topic: java, set by the repository's maintainers"],
    [
      '{ custom_property: { Tier: [gold, silver] } }',
      "custom_property: Tier gold or silver, set by the organization's owners",
    ],
  ])('by %s says who can bring it about', async (selector, words) => {
    const { place, plan } = await planned(listOf(selector))
    expect(plan.changes[0]?.access.gains).toMatchObject([{ via: 'matched', by: expect.stringContaining(words) }, {}])
    const { stdout } = await place.run(['plan'])
    expect(stdout.slice(stdout.indexOf('Gains access through a pattern'))).toContain(`(${words}`)
    expect((await place.run(['plan', '--format', 'html'])).stdout).toContain(words.split("'")[0])
  })

  it.each<[string, readonly string[], string | undefined]>([
    [
      'several facts',
      ['{ topic: java }', '{ team: platform, visibility: private }'],
      "team: platform, given by the repository's admins and the team's maintainers; topic: java, set by the repository's maintainers",
    ],
    ['a fact and a name pattern', ['{ topic: java }', '"ap*"'], undefined],
    ['a fact and a visibility', ['{ visibility: private }', '{ topic: java }'], undefined],
  ])('by %s in any order', async (_, entries, by) => {
    const orders = [entries, [...entries].reverse()].map((each) => each.join(', '))
    const gains = await Promise.all(
      orders.map(async (each) => (await planned(listOf(each))).plan.changes[0]?.access.gains),
    )
    expect(gains[1]).toEqual(gains[0])
    expect(gains[0]?.find(({ repository }) => repository === 'api')).toMatchObject({ via: 'matched' })
    expect(gains[0]?.find(({ repository }) => repository === 'api')?.by).toBe(by)
  })

  it('together with add_repositories in any order', async () => {
    const by = async (list: string, more: string): Promise<string | undefined> => {
      const body = `secrets: { NPM: { repositories: [${list}], add_repositories: [${more}] } }`
      const { changes } = (await planned(yamlOf(body))).plan
      return changes[0]?.access.gains.find(({ repository }) => repository === 'api')?.by
    }
    const [java, platform] = ['{ topic: java }', '{ team: platform }']
    expect(await by(java, platform)).toMatch(/^team: platform, .*; topic: java, /)
    expect(await by(platform, java)).toBe(await by(java, platform))
    expect([await by(java, '"ap*"'), await by('"ap*"', java)]).toEqual([undefined, undefined])
  })

  it('and a name that is written out does not', async () => {
    const { plan } = await planned(listOf('api, web, { team: platform }'))
    expect(plan.changes[0]?.access.gains.map(({ via, by }) => [via, by])).toEqual([
      ['named', undefined],
      ['named', undefined],
    ])
  })

  it('also by a set', async () => {
    const set = 'repository_sets: [{ match: { team: red }, permissions: { enabled: true, allowed_actions: all } }]'
    const sandbox = await watchedSandbox({ seed: seedOf() })
    const place = await workplace(sandbox, yamlOf(set))
    expect((await place.plan()).changes).toMatchObject([
      {
        access: { gains: [{ repository: 'docs', via: 'matched', by: expect.stringContaining('team: red, given by') }] },
      },
    ])
  })
})
