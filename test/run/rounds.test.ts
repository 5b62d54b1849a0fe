import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Transport } from '../../src/github/transport.ts'
import { transportInProcess } from '../support/in-process.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

/** Long enough for all that is sent at once to be sent before the first of its answers comes. */
const LATENCY_MS = 60

/**
 * Connections that tell in how many rounds requests were sent, one after the other: each is a round later than the latest
 * answer that had come before it.
 */
function inRounds(): { readonly transport: Transport; rounds(): readonly (readonly string[])[] } {
  const rounds: string[][] = []
  let answered = 0
  return {
    rounds: () => rounds.map((paths) => paths.sort()),
    async transport(departure) {
      const round = answered
      const { pathname, searchParams } = departure.url
      const page = searchParams.get('page')
      rounds[round] = [...(rounds[round] ?? []), page === null ? pathname : `${pathname} ${page}`]
      const arrival = await transportInProcess(departure)
      answered = Math.max(answered, round + 1)
      return arrival
    },
  }
}

async function roundsOf(
  acme: object,
  product: string,
  repositories: object,
  command: readonly string[] = ['plan'],
): Promise<readonly (readonly string[])[]> {
  const seed = { organizations: { acme: { repositories } } }
  const sandbox = await watchedSandbox({ seed, product, latency: LATENCY_MS })
  const yaml = stringify({ version: 1, organizations: { acme } })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  const { transport, rounds } = inRounds()
  const { code, stderr } = await place.run([...command, '--parallelism', '20'], { transport, stdin: 'value' })
  expect({ code, stderr }).toMatchObject({ code: 0 })
  const root = new URL(sandbox.url).pathname.replace(/\/$/, '')
  return rounds().map((round) => round.map((path) => path.slice(root.length)))
}

const WEB = '/repos/acme/web/actions'

describe('a plan of one repository by a set', () => {
  const permissions = { allowed_actions: 'selected', selected_actions: { github_owned_allowed: true } }

  it.each(['ghec', 'ghes-3.19'])('asks first for what needs nothing: %s', async (product) => {
    const acme = { repository_sets: [{ match: {}, permissions: { enabled: true }, secrets: {} }] }
    expect(await roundsOf(acme, product, { web: {} })).toEqual([
      ['/meta', '/orgs/acme', '/orgs/acme/repos'],
      // The secrets need no policy of the organization.
      ['/orgs/acme/actions/permissions', `${WEB}/secrets`],
      [`${WEB}/permissions`],
    ])
  })

  it('has the visibility of repositories, a preview of GHES 2.22, in the first answer', async () => {
    const acme = { repository_sets: [{ match: { visibility: 'internal' }, secrets: {} }] }
    const seeded = { web: { visibility: 'internal' }, api: { visibility: 'private' } }
    expect(await roundsOf(acme, 'ghes-2.22', seeded)).toEqual([
      ['/meta', '/orgs/acme', '/orgs/acme/repos'],
      [`${WEB}/secrets`],
    ])
  })

  it('takes a round more for each answer that another one depends on', async () => {
    const acme = { repository_sets: [{ match: {}, permissions, secrets: {} }] }
    const seeded = { web: { permissions } }
    expect(await roundsOf(acme, 'ghec', seeded)).toEqual([
      ['/meta', '/orgs/acme', '/orgs/acme/repos'],
      ['/orgs/acme/actions/permissions', `${WEB}/secrets`],
      [`${WEB}/permissions`],
      [`${WEB}/permissions/selected-actions`],
    ])
  })

  it('reads the further pages of the listing together', async () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`service-${index}`, {}]))
    const acme = { repository_sets: [{ match: { name: 'web' }, secrets: {} }] }
    expect(await roundsOf(acme, 'ghec', { ...many, web: {} })).toEqual([
      ['/meta', '/orgs/acme', '/orgs/acme/repos'],
      ['/orgs/acme/repos 2', '/orgs/acme/repos 3'],
      [`${WEB}/secrets`],
    ])
  })
})

describe('a plan of one repository by its name', () => {
  it('asks for the server and the owner together', async () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`service-${index}`, {}]))
    const acme = { repositories: { web: { secrets: {} } } }
    expect(await roundsOf(acme, 'ghec', { ...many, web: {} })).toEqual([
      ['/meta', '/orgs/acme'],
      ['/repos/acme/web'],
      [`${WEB}/secrets`],
    ])
  })
})

it.each<[readonly string[], readonly string[]]>([
  [
    ['import', 'repos/acme/*'],
    ['/meta', '/orgs/acme', '/orgs/acme/repos'],
  ],
  [
    ['import', 'orgs/acme'],
    ['/meta', '/orgs/acme'],
  ],
  [
    ['import', 'orgs/acme', '--with-repositories', '--out', 'conf'],
    ['/meta', '/orgs/acme', '/orgs/acme/repos'],
  ],
  [
    ['seal', 'orgs/acme/secrets/TOKEN'],
    ['/meta', '/orgs/acme/actions/secrets/public-key'],
  ],
  [['doctor'], ['/meta', '/orgs/acme']],
])('%j asks for the server and the owner together', async (command, first) => {
  const [round] = await roundsOf({ secrets: {} }, 'ghec', { web: {} }, command)
  expect(round).toEqual(first)
})

describe('one slow answer', () => {
  const environments = { prod: { variables: { REGION: { value: 'eu' } } } }
  const permissions = { allowed_actions: 'selected', selected_actions: { github_owned_allowed: true } }
  const names = Array.from({ length: 45 }, (_, index) => `service-${10 + index}`)
  const repositories = Object.fromEntries(names.map((name) => [name, { environments, permissions }]))
  const ONLY = ['permissions', 'environments', 'variables'].flatMap((family) => ['--only', family])

  /** The requests that are sent after the answer to this one, which comes once nothing else is on its way. */
  async function sentAfter(slow: string, command: readonly string[], orgs: object): Promise<readonly string[]> {
    const sandbox = await watchedSandbox({ seed: { organizations: orgs }, product: 'ghec' })
    const yaml = stringify({
      version: 1,
      organizations: Object.fromEntries(Object.keys(orgs).map((name) => [name, {}])),
    })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    let after: string[] | undefined
    const state = { last: performance.now() }
    const transport: Transport = async (departure) => {
      const { pathname } = departure.url
      state.last = performance.now()
      after?.push(pathname)
      const arrival = await transportInProcess(departure)
      state.last = performance.now()
      if (pathname !== slow) return arrival
      while (performance.now() - state.last < 1000) await sleep(50)
      after = []
      return arrival
    }
    const { code, stderr } = await place.run([...command, '--parallelism', '60'], { transport })
    expect({ code, stderr }).toMatchObject({ code: 0 })
    return after ?? ['never']
  }

  it.each([
    ['import', 'repos/acme/*', ...ONLY],
    ['import', 'orgs/acme', '--with-repositories', '--no-compact', '--out', 'conf', ...ONLY],
  ])('of a repository holds no other one up: %s %s', async (...command) => {
    const [first] = names
    const after = await sentAfter(`/repos/acme/${first}/environments`, command, { acme: { repositories } })
    expect(after).toContain(`/repos/acme/${first}/environments/prod/variables`)
    expect(after.filter((path) => !path.startsWith(`/repos/acme/${first}/environments/prod/`))).toEqual([])
  })

  it.each([
    ['import', 'repos/acme/*', ...ONLY],
    ['import', 'orgs/acme', '--with-repositories', '--no-compact', '--out', 'conf', ...ONLY],
  ])('of the organization holds up what needs it alone: %s %s', async (...command) => {
    const after = await sentAfter('/orgs/acme/actions/permissions', command, { acme: { repositories } })
    expect([...new Set(after.map((path) => path.replace(/service-\d+/, '*')))]).toEqual([
      '/repos/acme/*/actions/permissions',
      '/repos/acme/*/actions/permissions/selected-actions',
    ])
  })

  it('of an owner holds no other one up: doctor', async () => {
    const orgs = { acme: {}, beta: {}, gamma: {} }
    expect(await sentAfter('/orgs/acme', ['doctor'], orgs)).toEqual([])
  })
})

describe('a plan of named repositories', () => {
  /** The paths of the first rounds of a plan of so many. */
  async function roundsOfNamed(count: number, by: 'an organization' | 'a person' = 'an organization') {
    const names = Array.from({ length: count }, (_, index) => `r-${index}`)
    const repositories = Object.fromEntries(names.map((name) => [name, {}]))
    const own = Object.fromEntries(names.map((name) => [`acme/${name}`, {}]))
    const seed = by === 'a person' ? { repositories: own } : { organizations: { acme: { repositories } } }
    const sandbox = await watchedSandbox({ seed, latency: 20 })
    const wanted = Object.fromEntries(names.map((name) => [`acme/${name}`, { secrets: {} }]))
    const place = await workplace(sandbox, { 'octoform.yaml': stringify({ version: 1, repositories: wanted }) })
    const { transport, rounds } = inRounds()
    const { code, stdout } = await place.run(['plan', '--parallelism', '99'], { transport })
    expect({ code, stdout: stdout.slice(-12) }).toEqual({ code: 0, stdout: 'No changes.\n' })
    const root = new URL(sandbox.url).pathname.replace(/\/$/, '')
    return rounds().map((round) => round.map((path) => path.slice(root.length)))
  }

  it('asks for the listing at once where it can be no longer than the names', async () => {
    const [first, second] = await roundsOfNamed(1000)
    expect(first).toEqual(['/meta', '/orgs/acme', '/orgs/acme/repos'])
    expect(second).toEqual(Array.from({ length: 9 }, (_, index) => `/orgs/acme/repos ${index + 2}`).sort())
  })

  it('plans those of a person, whose repositories have no such listing', async () => {
    const [first, second] = await roundsOfNamed(1000, 'a person')
    expect(first).toEqual(['/meta', '/orgs/acme', '/orgs/acme/repos'])
    expect(second).toEqual(['/users/acme'])
  })

  it('asks for it once the length is known, where the names are fewer', async () => {
    const [first, second] = await roundsOfNamed(999)
    expect(first).toEqual(['/meta', '/orgs/acme'])
    expect(second).toEqual(['/orgs/acme/repos'])
  })
})
