import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessReport } from '../../src/survey/access.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: {
          visibility: 'public',
          secrets: { TOKEN: { value: 'x' } },
          collaborators: { hubot: { permission: 'push', affiliation: 'outside' }, reader: { permission: 'pull' } },
          environments: {
            'prod eu': {
              deployment_branch_policy: 'custom_branch_policies',
              deployment_branch_policies: ['main', 'tag:v*'],
              wait_timer: 5,
              secrets: { TOKEN: { value: 'x' }, KEY: { value: 'x' } },
            },
          },
        },
        api: { visibility: 'private', variables: { PLACE: { value: 'x' } } },
        hub: { visibility: 'internal' },
      },
      secrets: {
        TOKEN: { visibility: 'all', value: 'x' },
        INNER: { visibility: 'private', value: 'x' },
        CHOSEN: { visibility: 'selected', repositories: ['web'], value: 'x' },
      },
      runner_groups: {
        closed: { visibility: 'all', allows_public_repositories: false },
        open: {
          visibility: 'selected',
          repositories: ['web', 'api'],
          allows_public_repositories: true,
          restricted_to_workflows: true,
          selected_workflows: ['acme/web/.github/workflows/a.yml@main'],
        },
      },
    },
  },
}

async function ask(sandbox: Awaited<ReturnType<typeof watchedSandbox>>, ...args: readonly string[]) {
  const place = await workplace(sandbox, {})
  const ran = await place.run(['report', 'access', '--format', 'json', ...args])
  if (ran.stdout === '') throw new Error(ran.stderr)
  return { code: ran.code, made: JSON.parse(ran.stdout) as AccessReport, place }
}

const ways = ({ answers }: AccessReport) =>
  answers.flatMap(({ rows }) => rows.map(({ address, repository, way }) => `${address} ${repository}: ${way}`))

describe('report access', () => {
  it('tells who may use a thing, and by which way', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const asked = ['TOKEN', 'inner', 'CHOSEN'].map((name) => `orgs/acme/secrets/${name}`)
    const { made, code } = await ask(
      sandbox,
      ...asked,
      'orgs/acme/runner_groups/closed',
      'orgs/acme/runner_groups/open',
    )
    expect(ways(made)).toEqual([
      'orgs/acme/secrets/TOKEN acme/api: visibility all',
      'orgs/acme/secrets/TOKEN acme/hub: visibility all',
      'orgs/acme/secrets/TOKEN acme/web: visibility all',
      'orgs/acme/secrets/INNER acme/api: visibility private, and it is private',
      'orgs/acme/secrets/INNER acme/hub: visibility private, and it is internal',
      'orgs/acme/secrets/CHOSEN acme/web: visibility selected',
      'orgs/acme/runner_groups/closed acme/api: visibility all',
      'orgs/acme/runner_groups/closed acme/hub: visibility all',
      'orgs/acme/runner_groups/open acme/api: visibility selected, only by acme/web/.github/workflows/a.yml@main',
      'orgs/acme/runner_groups/open acme/web: visibility selected, only by acme/web/.github/workflows/a.yml@main',
    ])
    expect(code).toBe(0)
  })

  it('tells what a repository may use, what hides what, and who may push there', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const { made } = await ask(sandbox, 'acme/web', '--people')
    const rows = made.answers[0]?.rows ?? []
    expect(rows.map(({ address, way, hidden_by = '' }) => [address, way, hidden_by])).toEqual([
      ['orgs/acme/runner_groups/open', expect.stringContaining('visibility selected'), ''],
      ['orgs/acme/secrets/CHOSEN', 'visibility selected', ''],
      ['orgs/acme/secrets/TOKEN', 'visibility all', 'repos/acme/web/secrets/TOKEN'],
      [
        'repos/acme/web/environments/prod%20eu/secrets/KEY',
        'environment prod eu: branches main, tag:v*, after 5 minutes',
        '',
      ],
      [
        'repos/acme/web/environments/prod%20eu/secrets/TOKEN',
        'environment prod eu: branches main, tag:v*, after 5 minutes',
        '',
      ],
      ['repos/acme/web/secrets/TOKEN', 'its own', ''],
    ])
    expect(made.people?.map(({ login, role }) => [login, role])).toEqual([
      [expect.any(String), 'admin'],
      ['hubot', 'write'],
    ])
  })

  it('ends with where its knowledge ends, and names what it could not read', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const { place } = await ask(sandbox, 'acme/web')
    const { stdout } = await place.run(['report', 'access', 'acme/web'])
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Access: 6 ways. Not seen: branch rules met, values passed on.')
    await sandbox.fault({ method: 'GET', route: '/orgs/{org}/actions/secrets', times: 1, nth: 1, status: 403 })
    const ran = await place.run(['report', 'access', 'acme/web'])
    expect(ran.code).toBe(5)
    expect(ran.stdout).toContain('could not be read')
    const gone = await place.run(['report', 'access', 'orgs/acme/secrets/NONE'])
    expect(gone).toMatchObject({ code: 5, stdout: expect.stringContaining('GitHub shows nothing of this name') })
  })

  it.each(['orgs/acme', 'orgs/acme/permissions', 'acme/web/x', 'enterprises/e/runner_groups/g'])(
    'refuses %s',
    async (word) => {
      const place = await workplace(await watchedSandbox({ seed: SEED }), {})
      expect(await place.run(['report', 'access', word])).toMatchObject({ code: 1, stdout: '' })
    },
  )

  it('says of random worlds what an oracle says of their seeds, both ways', async () => {
    const worlds = fc.sample(world, { numRuns: 8, seed: 20261130 })
    let pairs = 0
    for (const each of worlds) {
      const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: each } } })
      const expected = oracle(each)
      const names = Object.keys(each.repositories)
      const { made } = await ask(sandbox, ...names.map((name) => `acme/${name}`))
      const pairsOf = (report: AccessReport) =>
        report.answers.flatMap(({ rows }) => rows.map(({ address, repository }) => `${address} ${repository}`))
      const isDefault = (pair: string) => pair.startsWith('orgs/acme/runner_groups/Default ')
      expect(
        pairsOf(made)
          .filter((pair) => !isDefault(pair))
          .sort(),
      ).toEqual(expected)
      const things = [...new Set(expected.map((pair) => pair.split(' ')[0] ?? ''))]
      if (things.length > 0) expect(pairsOf((await ask(sandbox, ...things)).made).sort()).toEqual(expected)
      pairs += expected.length
    }
    expect(pairs).toBeGreaterThan(100)
  })
})

const NAMES = ['alpha', 'beta', 'gamma', 'delta'] as const
const shared = fc.oneof(
  fc.constantFrom({ visibility: 'all' }, { visibility: 'private' }),
  fc.record({ visibility: fc.constant('selected'), repositories: fc.subarray([...NAMES]) }),
)
const valued = (entry: object) => ({ ...entry, value: 'x' })
const own = fc.dictionary(fc.constantFrom('ONE', 'TWO'), fc.constant({ value: 'x' }), { noNullPrototype: true })
const repository = fc.record({
  visibility: fc.constantFrom('public', 'private', 'internal'),
  secrets: own,
  variables: own,
  environments: fc.dictionary(fc.constantFrom('prod', 'test'), fc.record({ secrets: own }), { noNullPrototype: true }),
})
const world = fc.record({
  repositories: fc.record(Object.fromEntries(NAMES.map((name) => [name, repository]))),
  secrets: fc.dictionary(fc.constantFrom('ONE', 'TWO', 'THREE'), shared.map(valued), { noNullPrototype: true }),
  variables: fc.dictionary(fc.constantFrom('ONE', 'FOUR'), shared.map(valued), { noNullPrototype: true }),
  runner_groups: fc.dictionary(
    fc.constantFrom('fast', 'slow'),
    fc.tuple(shared, fc.boolean()).map(([entry, open]) => ({ ...entry, allows_public_repositories: open })),
    { noNullPrototype: true },
  ),
})

interface SeededEntry {
  readonly value?: string
  readonly visibility?: string
  readonly repositories?: readonly string[]
  readonly allows_public_repositories?: boolean
}
type SeededFamily = Readonly<Record<string, SeededEntry>>

/** Every pair of a thing and a repository, told by trying each with GitHub's own sentences. */
function oracle(seed: {
  readonly repositories: Readonly<
    Record<
      string,
      {
        visibility: string
        secrets: object
        variables: object
        environments: Readonly<Record<string, { secrets: object }>>
      }
    >
  >
  readonly secrets: SeededFamily
  readonly variables: SeededFamily
  readonly runner_groups: SeededFamily
}): readonly string[] {
  const pairs: string[] = []
  for (const [repo, { visibility, environments, ...body }] of Object.entries(seed.repositories)) {
    for (const family of ['secrets', 'variables', 'runner_groups'] as const) {
      for (const [name, entry] of Object.entries(seed[family])) {
        let may = true
        if (entry.visibility === 'private' && visibility === 'public') may = false
        if (entry.visibility === 'selected') may = entry.repositories?.includes(repo) ?? false
        if (visibility === 'public' && entry.allows_public_repositories === false) may = false
        if (may) pairs.push(`orgs/acme/${family}/${name} acme/${repo}`)
      }
    }
    for (const family of ['secrets', 'variables'] as const) {
      for (const name of Object.keys(body[family])) pairs.push(`repos/acme/${repo}/${family}/${name} acme/${repo}`)
    }
    for (const [environment, { secrets }] of Object.entries(environments)) {
      for (const name of Object.keys(secrets)) {
        pairs.push(`repos/acme/${repo}/environments/${environment}/secrets/${name} acme/${repo}`)
      }
    }
  }
  return pairs.sort()
}
