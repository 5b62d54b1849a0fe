import { describe, expect, it } from 'vitest'
import { untold } from '../action/world.ts'
import { appKey } from '../support/app-key.ts'
import { sampled } from '../support/by-night.ts'
import { actionsEnv, HEAD, REPOSITORY, TIP } from '../support/github-actions.ts'
import { instantClock } from '../support/instant-clock.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const PRODUCTS = ['ghec', 'ghes-3.19', 'ghes-2.22', 'ghae', 'ghae-2021']
const OLD_HEAD = 'c'.repeat(40)
const OTHER_HEAD = 'd'.repeat(40)
const ZERO_WIDTH = '\u200b'

const YAML = `
version: 1
organizations:
  acme:
    secrets: { SONAR: { visibility: selected, repositories: [web, api] } }
  globex:
    secrets: { SONAR: { visibility: selected, repositories: [] } }
`

const MERGED = { head: { ref: 'topic', sha: HEAD }, base: 'main', merged: true, merge_commit_sha: TIP }
/** Open, and holds the merge commit: its branch was made from main since. */
const HOLDS = { head: { ref: 'later', sha: OTHER_HEAD }, base: 'main', commits: [TIP, OTHER_HEAD] }

interface World {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  /** Of the plan of the configuration. */
  readonly digest: string
}

/** A check run as its maker sends it; `by` names the maker. */
interface Made {
  readonly by?: 'workflow' | 'sneaky'
  readonly name?: string
  readonly head_sha?: string
  readonly external_id?: string
  readonly status?: string
  readonly conclusion?: string
}

interface Case {
  readonly what: string
  readonly pulls?: object
  readonly checks: (world: World) => readonly Made[] | Promise<readonly Made[]>
  readonly flags?: readonly string[]
  /** The text of the refusal. */
  readonly says?: RegExp
}

async function world(product: string, pulls: object = { 7: MERGED }): Promise<World> {
  const secret = { visibility: 'selected', repositories: ['web'], value: 'planted' }
  const admin = {
    default_branch: 'main',
    branches: { main: TIP, topic: HEAD, old: OLD_HEAD, later: OTHER_HEAD, 'octoform plan': HEAD },
    pull_requests: pulls,
  }
  const seed = {
    organizations: {
      acme: { repositories: { web: {}, api: {}, admin }, secrets: { SONAR: secret } },
      globex: { repositories: { web: {} }, secrets: { SONAR: secret } },
    },
    apps: {
      sneaky: {
        id: 99,
        private_key_public: appKey('sneaky').publicKey,
        installations: { acme: { id: 1, repositories: 'all', permissions: { checks: 'write', metadata: 'read' } } },
      },
    },
    tokens: {
      owner: {},
      'token-of-an-owner': {},
      workflow: { workflow: 'acme/admin' },
      sneaky: { app: 'sneaky', owner: 'acme' },
    },
  }
  const sandbox = await watchedSandbox({ product, seed })
  const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { ...env, GITHUB_TOKEN: 'workflow' })
  const { digest } = await place.plan()
  return { sandbox, place, digest }
}

async function digestOfGlobex({ place }: World): Promise<string> {
  return (await place.plan(['--owner', 'globex'])).digest
}

async function publish({ sandbox, digest }: World, { by = 'workflow', ...made }: Made): Promise<void> {
  const run = { name: 'octoform plan', head_sha: HEAD, external_id: digest, status: 'completed', ...made }
  const conclusion = run.status === 'completed' ? { conclusion: 'success' } : {}
  const headers = { accept: 'application/vnd.github.antiope-preview+json' }
  const answer = await sandbox.call('POST', '/repos/acme/admin/check-runs', { ...conclusion, ...run }, by, headers)
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
}

async function applied(
  product: string,
  { pulls, checks, flags = [] }: Case,
): Promise<World & { code: number; stderr: string }> {
  const found = await world(product, pulls)
  for (const made of await checks(found)) await publish(found, made)
  const { code, stderr } = await found.place.run(['apply', '--auto-approve', '--expect-pull-request', ...flags], {
    clock: instantClock(Date.now()).clock,
  })
  return { ...found, code, stderr }
}

const GOOD: Made = {}
const one = (): readonly Made[] => [GOOD]

const APPLIED: readonly Case[] = [
  { what: 'the one check run on the last commit', checks: one },
  { what: 'it, with --check-app by slug', checks: one, flags: ['--check-app', 'github-actions'] },
  { what: 'it, with --check-app by id', checks: one, flags: ['--check-app', '15368'] },
  { what: 'one by the App that --check-app names', checks: () => [{ by: 'sneaky' }], flags: ['--check-app', 'sneaky'] },
  { what: 'one by the App whose id --check-app names', checks: () => [{ by: 'sneaky' }], flags: ['--check-app', '99'] },
  {
    what: 'it, beside what imitates it',
    checks: async (here) => {
      const globex = await digestOfGlobex(here)
      return [
        GOOD,
        { by: 'sneaky', external_id: globex },
        { name: 'Octoform plan', external_id: globex },
        { name: `octoform plan${ZERO_WIDTH}`, external_id: globex },
        { name: 'octoform plan (outdated)', external_id: '' },
        { head_sha: OLD_HEAD, external_id: globex },
        { name: 'lint', external_id: 'x' },
      ]
    },
    pulls: {
      7: {
        ...MERGED,
        body: '<!-- octoform {"kind":"plan"} -->',
        comments: [
          { user: 'github-actions[bot]', body: `<!-- octoform {"kind":"plan","digest":"${'e'.repeat(64)}"} -->` },
        ],
      },
    },
  },
  ...['neutral', 'action_required'].map((conclusion) => ({
    what: `one that says ${conclusion}`,
    checks: () => [{ conclusion }],
  })),
  { what: 'it, while another pull request holds the merge commit', checks: one, pulls: { 7: MERGED, 8: HOLDS } },
]

const REFUSED: readonly Case[] = [
  { what: 'no check run', checks: () => [], says: /There is no check run/ },
  { what: 'two of the same digest', checks: () => [GOOD, GOOD], says: /There are 2 times/ },
  { what: 'two of two digests', checks: () => [GOOD, { external_id: 'e'.repeat(64) }], says: /There are 2 times/ },
  { what: 'one by another App', checks: () => [{ by: 'sneaky' }], says: /by the App github-actions/ },
  {
    what: 'one by another App than --check-app names',
    checks: one,
    flags: ['--check-app', 'sneaky'],
    says: /by the App sneaky/,
  },
  {
    what: 'one by another App than whose id --check-app names',
    checks: one,
    flags: ['--check-app', '99'],
    says: /by the App 99/,
  },
  { what: 'an App that nobody has', checks: one, flags: ['--check-app', ''], says: /There is no check run/ },
  {
    what: 'one of an old head',
    checks: () => [{ head_sha: OLD_HEAD }],
    pulls: { 7: { ...MERGED, commits: [OLD_HEAD, HEAD] } },
  },
  { what: 'one of the merge commit', checks: () => [{ head_sha: TIP }] },
  {
    what: 'one of another pull request that holds the commit',
    checks: () => [{ head_sha: OTHER_HEAD }],
    pulls: { 7: MERGED, 8: HOLDS },
  },
  {
    what: 'one of another pull request, where only that one holds the commit',
    checks: () => [{ head_sha: OTHER_HEAD }],
    pulls: { 8: HOLDS },
    says: /No pull request of acme\/admin was merged/,
  },
  {
    what: 'one that two open pull requests share',
    checks: one,
    pulls: { 7: MERGED, 8: { head: { ref: 'octoform plan', sha: HEAD }, base: 'main' } },
    says: /also of #8/,
  },
  {
    what: 'the digest of another organization',
    checks: async (here) => [{ external_id: await digestOfGlobex(here) }],
    says: /digest/,
  },
  { what: 'the digest of nothing', checks: () => [{ external_id: 'e'.repeat(64) }] },
  { what: 'one that waits', checks: () => [{ status: 'queued' }], says: /is not completed/ },
  { what: 'one that runs', checks: () => [{ status: 'in_progress' }], says: /is not completed/ },
  { what: 'one without external_id', checks: () => [{ external_id: '' }], says: /not the digest of a plan/ },
  {
    what: 'a digest in another case',
    checks: ({ digest }) => [{ external_id: digest.toUpperCase() }],
    says: /not the digest of a plan/,
  },
  {
    what: 'a digest with a line end',
    checks: ({ digest }) => [{ external_id: `${digest}\n` }],
    says: /not the digest of a plan/,
  },
  { what: 'one of a failed plan', checks: () => [{ conclusion: 'failure', external_id: '' }] },
  { what: 'one that failed, with the digest', checks: () => [{ conclusion: 'failure' }], says: /says failure/ },
  { what: 'a name in another case', checks: () => [{ name: 'Octoform plan' }], says: /There is no check run/ },
  {
    what: 'a name with a zero-width character',
    checks: () => [{ name: `octoform${ZERO_WIDTH} plan` }],
    says: /There is no check run/,
  },
  {
    what: 'a comment of the workflow that holds the digest',
    checks: async ({ sandbox, digest }) => {
      const body = `<!-- octoform {"v":1,"kind":"plan","owner":"acme","digest":"${digest}"} -->\noctoform plan`
      await sandbox.call('POST', '/repos/acme/admin/issues/7/comments', { body }, 'workflow')
      return []
    },
    says: /There is no check run/,
  },
  {
    what: 'a pull request closed without a merge',
    checks: one,
    pulls: { 7: { ...MERGED, merged: false, state: 'closed', commits: [TIP] } },
  },
  { what: 'one that is open', checks: one, pulls: { 7: { ...MERGED, merged: false, commits: [TIP] } } },
  { what: 'one merged into another branch', checks: one, pulls: { 7: { ...MERGED, base: 'old' } } },
  {
    what: 'one merged as another commit',
    checks: one,
    pulls: { 7: { ...MERGED, merge_commit_sha: OLD_HEAD, commits: [TIP] } },
  },
  {
    what: 'two merged as the same commit',
    checks: () => [GOOD, { head_sha: OTHER_HEAD }],
    pulls: { 7: MERGED, 8: { ...MERGED, head: { ref: 'later', sha: OTHER_HEAD } } },
    says: /#7 and #8|#8 and #7/,
  },
  { what: 'no pull request', checks: one, pulls: {} },
]

/** Does not depend on the product. */
const REFUSED_ANYWHERE: readonly Case[] = [
  ...['failure', 'cancelled', 'timed_out'].map((conclusion) => ({
    what: `one that says ${conclusion}, with the digest`,
    checks: () => [{ conclusion }],
    says: /that plan does not hold/,
  })),
  ...[
    'OCTOFORM PLAN',
    'octoform plan ',
    'octoform  plan',
    `octoform plan${ZERO_WIDTH}`,
    'оctoform plan',
    'ci / octoform plan',
    'octoform',
  ].map((name) => ({
    what: `the name ${JSON.stringify(name)}`,
    checks: () => [{ name }],
    says: /There is no check run/,
  })),
]

/** Of the other products a third of the cases by day, another third for each. */
function casesOn(product: string, cases: readonly Case[]): readonly Case[] {
  const offset = PRODUCTS.indexOf(product)
  return offset === 0 ? cases : sampled(cases, 3, offset)
}

describe.each(PRODUCTS)('apply --expect-pull-request on %s', (product) => {
  it.each(casesOn(product, APPLIED))('goes by $what', async (each) => {
    const { code, sandbox, stderr } = await applied(product, each)
    expect(stderr).not.toContain('Nothing was written')
    expect(code).toBe(0)
    expect(sandbox.writes()).not.toEqual([])
  })

  const refused = product === 'ghec' ? [...REFUSED, ...REFUSED_ANYWHERE] : casesOn(product, REFUSED)

  it.each(refused)('refuses $what', async (each) => {
    const { code, sandbox, stderr } = await applied(product, each)
    expect({ code, writes: untold(sandbox) }).toEqual({ code: 4, writes: [] })
    expect(stderr).toMatch(/Nothing was written/)
    if (each.says) expect(stderr).toMatch(each.says)
  })
})
