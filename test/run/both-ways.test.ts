import { readFile } from 'node:fs/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { families } from '../../src/families/index.ts'
import { example, exampleFiles } from '../examples/world.ts'
import { atNightElse } from '../support/by-night.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type ShownLength, showingLength } from '../support/shown-length.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { type Case, configurationOf, isSupported, stagesOf } from '../worlds/case.ts'
import { worlds } from '../worlds/index.ts'
import { ALLOWED, start } from '../worlds/run.ts'

const LISTING = '/orgs/{org}/repos'

/** The output and the requests of a command, with the repositories read by a way. */
async function ranBy(
  length: ShownLength,
  { sandbox, place }: { readonly sandbox: WatchedSandbox; readonly place: Workplace },
  args: readonly string[],
): Promise<{ readonly said: object; readonly routes: readonly string[] }> {
  const before = sandbox.asked.length
  const { code, stdout, stderr } = await place.run(args, { transport: showingLength(length) })
  return {
    said: { code, stdout, stderr: stderr.replace(/: \d+ requests/g, '') },
    routes: sandbox.asked.slice(before).map(({ route }) => route),
  }
}

const ways = { named: 0, listed: 0 }

/** Plans by names and by the listing say the same, in text and as JSON. */
async function expectOneAnswer(
  started: { readonly sandbox: WatchedSandbox; readonly place: Workplace },
  formats: readonly string[] = ['text', 'json'],
): Promise<void> {
  for (const format of formats) {
    const args = ['plan', '--format', format]
    const listed = await ranBy('short', started, args)
    const named = await ranBy('long', started, args)
    expect(named.said).toEqual(listed.said)
    ways[named.routes.includes(LISTING) ? 'listed' : 'named'] += 1
  }
}

const cases = families.flatMap(({ name: family, scopes }) =>
  (['organization', 'repository', 'environment'] as const).flatMap((scope) =>
    scopes[scope] === undefined
      ? []
      : (worlds[family]?.scopes[scope] ?? []).map((world, index) => {
          const { since = {}, ae = {} } = worlds[family] ?? {}
          const given: Case = {
            family,
            scope,
            product: world.on?.[0] ?? 'ghec',
            owner: 'organization',
            world,
            since: { ...since, ...world.since },
            ae: { ...ae, ...world.ae },
          }
          return { name: `${family} of the ${scope}, world ${index + 1}`, given }
        }),
  ),
)

describe('a plan by the names of repositories is that by the listing', () => {
  afterAll(() => {
    process.stdout.write(`\nPlans by names: ${ways.named}, that needed the listing after all: ${ways.listed}.\n`)
    expect(ways.named).toBeGreaterThan(20)
  })

  it.each(cases.filter(({ given }) => isSupported(given)))('$name', async ({ given }) => {
    const started = await start(given)
    const { place } = started
    for (const stage of stagesOf(given).slice(0, atNightElse(9, 1))) {
      await place.write('octoform.yaml', stringify(configurationOf(given, stage)))
      await expectOneAnswer(started, atNightElse(['text', 'json'], ['json']))
      await place.run(['apply', ...ALLOWED], { transport: showingLength('long') })
      await expectOneAnswer(started, atNightElse(['text', 'json'], ['json']))
    }
  })

  it.each(['organization.yaml', 'repository-sets.yaml', 'personal-account.yaml'])('examples/%s', async (name) => {
    const yaml = await readFile(new URL(`../../examples/${name}`, import.meta.url), 'utf8')
    const repositories = Object.fromEntries(['web', 'api', 'service-a', 'infra'].map((each) => [each, {}]))
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories } } } })
    await expectOneAnswer({ sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) })
  })

  it('examples/everything', async () => {
    await expectOneAnswer(await example('ghec', await exampleFiles()))
  })
})

const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: { id: 101, secrets: { TOKEN: { value: 'old' } } },
        api: { id: 102, visibility: 'public', former_names: ['service-api'] },
        old: { id: 103, archived: true },
        hub: { id: 104 },
      },
      secrets: {
        NPM: { visibility: 'selected', repositories: ['web', 'hub'], value: 'old' },
        ALL: { visibility: 'all', value: 'old' },
      },
      permissions: { enabled_repositories: 'selected', repositories: ['web', 'api'], allowed_actions: 'all' },
    },
  },
}

/** Configurations of acme, and the routes that lead to its repositories where the listing is long. */
const PLANS: readonly (readonly [string, string, readonly string[]])[] = [
  ['one repository', '{ repositories: { web: { secrets: { TOKEN: {} } } } }', ['/repos/{owner}/{repo}']],
  ['no repository', '{ secrets: {} }', []],
  [
    'a list of plain names',
    '{ secrets: { NPM: { visibility: selected, repositories: [web, hub] } } }',
    ['/repos/{owner}/{repo}', '/repos/{owner}/{repo}'],
  ],
  [
    'a list that GitHub has more of',
    '{ secrets: { NPM: { visibility: selected, repositories: [web] } } }',
    ['/repos/{owner}/{repo}', '/repos/{owner}/{repo}'],
  ],
  ['one that is not there', '{ repositories: { wob: { secrets: {} } } }', ['/repos/{owner}/{repo}', LISTING]],
  [
    'one that is called otherwise now',
    '{ repositories: { service-api: { secrets: {} } } }',
    // GitHub answers 301, and then to the id.
    ['/repos/{owner}/{repo}', '/repos/{owner}/{repo}', LISTING],
  ],
  ['an archived one', '{ repositories: { old: { permissions: { enabled: false } } } }', ['/repos/{owner}/{repo}']],
  ['a secret for all', '{ secrets: { NPM: { visibility: all } } }', [LISTING]],
  ['a glob', '{ secrets: { NPM: { visibility: selected, repositories: ["w*"] } } }', [LISTING]],
  ['a secret that goes', '{ secrets: { NPM: absent } }', ['/repos/{owner}/{repo}', '/repos/{owner}/{repo}']],
  ['what may go', '{ secrets: {}, prune: ["secrets/X*"] }', []],
  // The permissions stay open to the same repositories.
  ['a policy', '{ permissions: { allowed_actions: local_only } }', []],
  ['what is open to all, and stays so', '{ workflow_permissions: {}, secrets: { ALL: { visibility: all } } }', []],
  [
    'a switch that takes Actions from those on a list',
    '{ permissions: { enabled_repositories: none } }',
    ['/repos/{owner}/{repo}', '/repos/{owner}/{repo}'],
  ],
  [
    'what stays open beside what is shut',
    '{ permissions: { enabled_repositories: all }, secrets: { ALL: { visibility: all }, NPM: { visibility: private } } }',
    [LISTING],
  ],
  ['a set', '{ repository_sets: [{ match: { name: web }, secrets: {} }] }', [LISTING]],
]

describe('the repositories of an organization', () => {
  it.each(PLANS)('%s', async (_, body, routes) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': `version: 1\norganizations: { acme: ${body} }` })
    const started = { sandbox, place }
    await expectOneAnswer(started)
    const { routes: asked } = await ranBy('long', started, ['plan'])
    expect(asked.filter((route) => route === LISTING || route === '/repos/{owner}/{repo}')).toEqual(routes)
  })
})
