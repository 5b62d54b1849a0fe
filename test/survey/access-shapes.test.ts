import { describe, expect, it } from 'vitest'
import type { AccessReport } from '../../src/survey/access.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const value = 'x'
const WORKFLOW = 'acme/priv/.github/workflows/deploy.yml@main'
const SEED = {
  product: 'ghec',
  repositories: { 'mona/web': {} },
  enterprises: {
    inc: {
      organizations: { acme: {}, beta: {} },
      runner_groups: {
        whole: { id: 2, visibility: 'all', allows_public_repositories: true },
        closed: { id: 3, visibility: 'all' },
        part: { id: 4, visibility: 'selected', organizations: ['acme'], allows_public_repositories: true },
        theirs: { id: 5, visibility: 'selected', organizations: ['beta'] },
        strict: { id: 6, visibility: 'all', restricted_to_workflows: true, selected_workflows: [WORKFLOW] },
      },
    },
  },
  organizations: {
    beta: {},
    acme: {
      teams: { release: { id: 12 } },
      repositories: {
        pub: { visibility: 'public' },
        int: { visibility: 'internal' },
        priv: {
          visibility: 'private',
          environments: {
            'prod/eu': {
              deployment_branch_policy: 'custom_branch_policies',
              deployment_branch_policies: ['main', 'release/*', 'tag:v*'],
              secrets: { KEY: { value } },
            },
            None: { deployment_branch_policy: 'custom_branch_policies', secrets: { KEY: { value } } },
            guarded: {
              deployment_branch_policy: 'protected_branches',
              wait_timer: 30,
              reviewers: [{ team: 'release' }, { user: 'mona' }],
              secrets: { KEY: { value } },
            },
            open: { secrets: { KEY: { value } }, variables: { PLACE: { value } } },
          },
          dependabot_secrets: { BOT: { value } },
        },
        fork: { visibility: 'private', fork: true },
        old: { visibility: 'private', archived: true, secrets: { OWN: { value } } },
        'old-pub': { visibility: 'public', archived: true },
      },
      secrets: {
        ALL: { visibility: 'all', value },
        PRIVATE: { visibility: 'private', value },
        SOME: { visibility: 'selected', repositories: ['fork', 'old'], value },
        NONE: { visibility: 'selected', repositories: [], value },
      },
      dependabot_secrets: { BOT: { visibility: 'private', value } },
      runner_groups: {
        part: { inherited: true, visibility: 'selected', repositories: ['priv', 'pub'] },
        own: {
          visibility: 'all',
          allows_public_repositories: false,
          restricted_to_workflows: true,
          selected_workflows: [WORKFLOW, 'acme/pub/.github/workflows/x.yml@v1'],
        },
        locked: { visibility: 'all', restricted_to_workflows: true, allows_public_repositories: true },
      },
    },
  },
}

async function ask(...args: readonly string[]) {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, {})
  const { stdout, stderr, code } = await place.run(['report', 'access', '--format', 'json', ...args])
  if (stdout === '') throw new Error(stderr)
  return { code, made: JSON.parse(stdout) as AccessReport }
}

const all = ['fork', 'int', 'old', 'old-pub', 'priv', 'pub']

describe.each<[string, Readonly<Record<string, string>>]>([
  [
    'secrets/ALL',
    Object.fromEntries(
      all.map((name) => [
        name,
        name.startsWith('old') ? 'visibility all; archived, so that nothing runs' : 'visibility all',
      ]),
    ),
  ],
  [
    'secrets/PRIVATE',
    {
      fork: 'visibility private, and it is private',
      int: 'visibility private, and it is internal',
      old: 'visibility private, and it is private; archived, so that nothing runs',
      priv: 'visibility private, and it is private',
    },
  ],
  ['secrets/SOME', { fork: 'visibility selected', old: 'visibility selected; archived, so that nothing runs' }],
  ['secrets/NONE', {}],
  [
    'runner_groups/whole',
    Object.fromEntries(
      all.map((name) => [
        name,
        name.startsWith('old') ? 'visibility all; archived, so that nothing runs' : 'visibility all',
      ]),
    ),
  ],
  ['runner_groups/part', { priv: 'visibility selected', pub: 'visibility selected' }],
  [
    'runner_groups/closed',
    {
      fork: 'visibility all',
      int: 'visibility all',
      old: 'visibility all; archived, so that nothing runs',
      priv: 'visibility all',
    },
  ],
  [
    'runner_groups/strict',
    Object.fromEntries(
      ['fork', 'int', 'old', 'priv'].map((name) => [
        name,
        `visibility all, only by ${WORKFLOW}${name === 'old' ? '; archived, so that nothing runs' : ''}`,
      ]),
    ),
  ],
  [
    'runner_groups/own',
    Object.fromEntries(
      ['fork', 'int', 'old', 'priv'].map((name) => [
        name,
        `visibility all, only by ${WORKFLOW}, acme/pub/.github/workflows/x.yml@v1${name === 'old' ? '; archived, so that nothing runs' : ''}`,
      ]),
    ),
  ],
  [
    'runner_groups/locked',
    Object.fromEntries(
      all.map((name) => [
        name,
        `visibility all, only by no workflow${name.startsWith('old') ? '; archived, so that nothing runs' : ''}`,
      ]),
    ),
  ],
])('orgs/acme/%s', (thing, ways) => {
  it('is told with the repositories that may use it, and by each of them', async () => {
    const { made, code } = await ask(`orgs/acme/${thing}`)
    expect(
      Object.fromEntries(made.answers[0]?.rows.map(({ repository, way }) => [repository.split('/')[1], way]) ?? []),
    ).toEqual(ways)
    expect(code).toBe(0)
    const each = await ask(...all.map((name) => `acme/${name}`))
    const back = each.made.answers.flatMap(({ rows }) => rows.filter(({ address }) => address === `orgs/acme/${thing}`))
    expect(Object.fromEntries(back.map(({ repository, way }) => [repository.split('/')[1], way]))).toEqual(ways)
  })
})

it('a group that the enterprise shares with others alone is not there', async () => {
  const { made, code } = await ask('orgs/acme/runner_groups/theirs')
  expect([made.answers, code]).toEqual([[], 5])
})

it('tells the rules of each environment, whatever its name', async () => {
  const { made } = await ask('acme/priv')
  const rows = made.answers[0]?.rows.filter(({ address }) => address.includes('/environments/')) ?? []
  expect(rows.map(({ address, way }) => [address.replace('repos/acme/priv/environments/', ''), way])).toEqual([
    [
      'guarded/secrets/KEY',
      'environment guarded: protected branches, reviewed by team:release or user:mona, after 30 minutes',
    ],
    ['none/secrets/KEY', 'environment None: branches none'],
    ['open/secrets/KEY', 'environment open: every branch'],
    ['open/variables/PLACE', 'environment open: every branch'],
    ['prod%2Feu/secrets/KEY', 'environment prod/eu: branches main, release/*, tag:v*'],
  ])
})

it('hides a secret by one of the same name of the same kind alone', async () => {
  const { made } = await ask('acme/priv', 'orgs/acme/dependabot_secrets/BOT')
  const bot = made.answers[0]?.rows.find(({ address }) => address === 'orgs/acme/dependabot_secrets/BOT')
  expect(bot?.hidden_by).toBe('repos/acme/priv/dependabot_secrets/BOT')
  const rows = made.answers[1]?.rows ?? []
  expect(rows.map(({ repository, hidden_by = '' }) => [repository, hidden_by])).toEqual([
    ['acme/fork', ''],
    ['acme/int', ''],
    ['acme/old', ''],
    ['acme/priv', 'repos/acme/priv/dependabot_secrets/BOT'],
  ])
})

it('tells of an organization without a repository that nobody may use its secret', async () => {
  const seed = { product: 'ghec', organizations: { acme: { secrets: { LONELY: { visibility: 'all', value } } } } }
  const place = await workplace(await watchedSandbox({ seed }), {})
  const { stdout, code } = await place.run(['report', 'access', 'orgs/acme/secrets/LONELY', '--format', 'json'])
  expect([JSON.parse(stdout).answers, code]).toEqual([
    [{ asked: 'orgs/acme/secrets/LONELY', rows: [], unknown: [] }],
    0,
  ])
})
