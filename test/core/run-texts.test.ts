import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

type Body = Readonly<Record<string, unknown>>

const KB = 1024
const text = (kilobytes: number, more = 0): string => 'x'.repeat(kilobytes * KB + more)
/** Five texts of the longest that GitHub takes: 240 KB. */
const five = (prefix: string, access: Body = {}): Body =>
  Object.fromEntries([1, 2, 3, 4, 5].map((nth) => [`${prefix}${nth}`, { value: text(48), ...access }]))

async function placeWith(acme: Body, product = 'ghec') {
  const seed = { organizations: { acme: { repositories: { web: { visibility: 'public' }, api: {}, lib: {} } } } }
  const sandbox = await watchedSandbox({ seed, product })
  const yaml = stringify({ version: 1, github: { product }, organizations: { acme } }, { aliasDuplicateObjects: false })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

async function warningsOf(acme: Body, product?: string): Promise<{ offline: string[]; planned: string[] }> {
  const { place } = await placeWith(acme, product)
  const { stdout, stderr, code } = await place.run(['validate'])
  expect(code).toBe(0)
  const offline = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('does not see'))
  const { diagnostics } = await place.plan()
  const found = diagnostics.filter(({ message }) => message.includes('does not see'))
  return { offline, planned: found.map(({ message, address }) => `${address}: ${message}`) }
}

const ALL = { visibility: 'all' }

describe('the variables of one workflow run', () => {
  it('are those of the repository and of its organization: the first that is left out has the warning', async () => {
    const shared = { B: { value: text(16), ...ALL }, C: { value: 'a', ...ALL } }
    const { offline, planned } = await warningsOf({
      variables: shared,
      repositories: { web: { variables: five('A') } },
    })
    const message =
      'a workflow run of acme/web does not see C: the YAML gives it 262,145 bytes (245,760 of its own and 16,385 of its organization), and GitHub takes 262,144 for one run'
    expect(offline).toEqual([expect.stringMatching(/^octoform\.yaml:\d+:\d+: warning: /)])
    expect(offline[0]).toContain(message)
    expect(planned).toEqual([`orgs/acme/variables/C: ${message}`])
  })

  it('have room for 256 KB to the byte', async () => {
    const shared = { B: { value: text(16), ...ALL } }
    const found = await warningsOf({ variables: shared, repositories: { web: { variables: five('A') } } })
    expect(found).toEqual({ offline: [], planned: [] })
  })

  it("do not count an environment's", async () => {
    const web = { variables: five('A'), environments: { prod: { variables: five('E') } } }
    expect(await warningsOf({ repositories: { web } })).toEqual({ offline: [], planned: [] })
  })

  it('count what a list gives, and those that are for private repositories once GitHub shows which these are', async () => {
    const variables = {
      ...five('A', { visibility: 'selected', repositories: ['api', 'web'] }),
      P: { value: text(17), visibility: 'private' },
    }
    const { offline, planned } = await warningsOf({ variables })
    expect(offline).toEqual([])
    expect(planned).toEqual([
      expect.stringMatching(/^orgs\/acme\/variables\/P: a workflow run of acme\/api does not see P: /),
    ])
  })

  it('are told once for an organization, by the repository with the most', async () => {
    const variables = { ...five('A', ALL), B: { value: text(17), ...ALL }, C: { value: 'a', ...ALL } }
    const repositories = { lib: { variables: { X: { value: text(1) } } } }
    const { offline, planned } = await warningsOf({ variables, repositories })
    expect(offline).toEqual([
      expect.stringMatching(/does not see B and 1 more: .*; further repositories of acme with more than that: all/),
    ])
    expect((await warningsOf({ variables })).offline).toEqual([
      expect.stringContaining('a workflow run of any repository of acme does not see B and 1 more'),
    ])
    expect(planned).toEqual([
      expect.stringMatching(
        /^orgs\/acme\/variables\/B: a workflow run of acme\/lib does not see B and 1 more: .*; further repositories of acme with more than that: 2$/,
      ),
    ])
  })

  it('may have 10 MB on Enterprise Server', async () => {
    const shared = { ...five('A', ALL), B: { value: text(48), ...ALL } }
    expect(await warningsOf({ variables: shared }, 'ghes-3.19')).toEqual({ offline: [], planned: [] })
    const many = Object.fromEntries(Array.from({ length: 214 }, (_, nth) => [`V${nth}`, { value: text(48), ...ALL }]))
    expect((await warningsOf({ variables: many }, 'ghes-3.19')).planned).toEqual([
      expect.stringContaining('and GitHub takes 10,485,760 for one run'),
    ])
  })
})
