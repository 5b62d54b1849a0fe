import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { type Workplace, workplace } from './support/octoform.ts'
import { type ShownLength, showingLength } from './support/shown-length.ts'
import { type WatchedSandbox, watchedSandbox } from './support/watched-sandbox.ts'

const COUNT = 350
const PAGES = 4
const names = Array.from({ length: COUNT }, (_, index) => `service-${index}`)

const LISTING = '/orgs/{org}/repos'
const ONE = '/repos/{owner}/{repo}'
/** Which product server and organization are, and the organization's id. */
const DOOR = { '/meta': 1, '/orgs/{org}': 1 }

async function world(configuration: object): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const repositories = Object.fromEntries(names.map((name) => [name, { secrets: { TOKEN: { value: 'old' } } }]))
  const secrets = { NPM: { visibility: 'selected', repositories: names.slice(0, 2), value: 'old' } }
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories, secrets } } } })
  const yaml = stringify({ version: 1, ...configuration }, { aliasDuplicateObjects: false })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

/** The requests of a command by their routes. */
async function countsOf(
  { sandbox, place }: Awaited<ReturnType<typeof world>>,
  args: readonly string[],
  length?: ShownLength,
): Promise<Record<string, number>> {
  const before = sandbox.asked.length
  const { code, stdout, stderr } = await place.run(args, length ? { transport: showingLength(length) } : {})
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 })
  const counts: Record<string, number> = {}
  for (const { method, route } of sandbox.asked.slice(before)) {
    const key = method === 'GET' ? route : `${method} ${route}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

const SECRETS = '/repos/{owner}/{repo}/actions/secrets'
const keep = { secrets: { TOKEN: {} } }
const keyed = (some: readonly string[]): object => Object.fromEntries(some.map((name) => [name, keep]))
const acme = (body: object): object => ({ organizations: { acme: body } })

describe(`a plan of an organization with ${COUNT} repositories`, () => {
  it.each([
    ['one of them', acme({ repositories: keyed(['service-7']) }), undefined, { [ONE]: 1, [SECRETS]: 1 }],
    ['three', acme({ repositories: keyed(names.slice(0, 3)) }), undefined, { [ONE]: 3, [SECRETS]: 3 }],
    [
      'as many as pages',
      acme({ repositories: keyed(names.slice(0, 4)) }),
      undefined,
      { [LISTING]: PAGES, [SECRETS]: 4 },
    ],
    ['none of them', acme({ secrets: {} }), undefined, { '/orgs/{org}/actions/secrets': 1 }],
    [
      'those in a list',
      acme({ secrets: { NPM: { visibility: 'selected', repositories: names.slice(0, 2) } } }),
      undefined,
      {
        [ONE]: 2,
        '/orgs/{org}/actions/secrets': 1,
        '/orgs/{org}/actions/secrets/{secret_name}/repositories': 1,
      },
    ],
    [
      'settings that stay open to all of them',
      acme({ permissions: { enabled_repositories: 'all', allowed_actions: 'all' }, secrets: {} }),
      undefined,
      { '/orgs/{org}/actions/permissions': 1, '/orgs/{org}/actions/secrets': 1 },
    ],
    [
      'settings that stay open to all of them, beside one that changes for none',
      acme({ permissions: { enabled_repositories: 'all', allowed_actions: 'local_only' } }),
      undefined,
      { '/orgs/{org}/actions/permissions': 1 },
    ],
    [
      'settings that change for all of them',
      acme({ permissions: { enabled_repositories: 'none' }, secrets: {} }),
      undefined,
      { [LISTING]: PAGES, '/orgs/{org}/actions/permissions': 1, '/orgs/{org}/actions/secrets': 1 },
    ],
    ['one, its length unshown', acme({ repositories: keyed(['service-7']) }), 'unshown', { [ONE]: 1, [SECRETS]: 1 }],
    // The last page's number stands in the first answer.
    [
      'three, its length unshown',
      acme({ repositories: keyed(names.slice(0, 3)) }),
      'unshown',
      { [LISTING]: 1, [ONE]: 3, [SECRETS]: 3 },
    ],
    [
      'all, its length unshown',
      acme({ repositories: keyed(names) }),
      'unshown',
      { [LISTING]: 1 + PAGES, [SECRETS]: COUNT },
    ],
    ['all by name', acme({ repositories: keyed(names) }), undefined, { [LISTING]: PAGES, [SECRETS]: COUNT }],
  ] as const)('%s', async (_, configuration, length, expected) => {
    expect(await countsOf(await world(configuration), ['plan'], length)).toEqual({ ...DOOR, ...expected })
  })

  it.each([
    ['all', names, { [LISTING]: PAGES, [SECRETS]: COUNT }],
    ['two', names.slice(0, 2), { [ONE]: 2, [SECRETS]: 2 }],
  ])('under `repositories` at the top: %s', async (_, some, expected) => {
    const repositories = Object.fromEntries(some.map((name) => [`acme/${name}`, keep]))
    expect(await countsOf(await world({ repositories }), ['plan'])).toEqual({ ...DOOR, ...expected })
  })
})
