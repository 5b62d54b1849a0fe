import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const patterns = (from: number, to: number): string[] => {
  return Array.from({ length: to - from }, (_, index) => `o/a${from + index}@*`)
}
const named = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}${at}`)

const BASE = 'version: 1\norganizations: { acme: { repositories: { web: {} } } }\n'
const SELECTED = 'enabled: true, allowed_actions: selected'
const ALL = 'github_owned_allowed: true, verified_allowed: true'

/** One layer that speaks of the actions which acme, or acme/web, may use. */
const LAYERS = {
  organization: {
    set: (lists: string) =>
      `organization_sets: [{ match: {}, permissions: { enabled_repositories: all, allowed_actions: selected, selected_actions: { ${ALL}, ${lists} } } }]\n`,
    own: (lists: string) => `organizations: { acme: { permissions: { selected_actions: { ${lists} } } } }\n`,
  },
  repository: {
    set: (lists: string) =>
      `organizations: { acme: { repository_sets: [{ match: { name: "w*" }, permissions: { ${SELECTED}, selected_actions: { ${ALL}, ${lists} } } }] } }\n`,
    own: (lists: string) =>
      `organizations: { acme: { repositories: { web: { permissions: { selected_actions: { ${lists} } } } } } }\n`,
  },
}
const COMMANDS = [['validate'], ['plan'], ['apply', '--auto-approve'], ['drift']]
const exact = (from: number, to: number): string => `patterns_allowed: ${JSON.stringify(patterns(from, to))}`
const add = (from: number, to: number): string => `add_patterns_allowed: ${JSON.stringify(patterns(from, to))}`
const remove = (from: number, to: number): string => `remove_patterns_allowed: ${JSON.stringify(patterns(from, to))}`

const errors = (text: string): string[] => text.split('\n').filter((line) => line.includes(' error: '))

describe('lists of several layers that come to more than GitHub takes', () => {
  const run = async (scope: keyof typeof LAYERS, weak: string, strong: string): Promise<readonly object[]> => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: { web: {} } } } } })
    const { set, own } = LAYERS[scope]
    const files = { 'octoform.yaml': BASE, 'set.yaml': set(weak), 'own.yaml': own(strong) }
    const place = await workplace(sandbox, files)
    const flags = Object.keys(files).flatMap((name) => ['--config', name])
    const ran: object[] = []
    for (const args of COMMANDS) {
      const { code, stdout, stderr } = await place.run([...args, ...flags])
      ran.push({ code, errors: errors(`${stdout}${stderr}`), asked: sandbox.asked.length })
    }
    return ran
  }

  it.each<[string, keyof typeof LAYERS, string, string, number]>([
    ['X and add_X', 'organization', exact(0, 600), add(500, 1001), 1001],
    ['X and add_X', 'repository', exact(0, 600), add(500, 1001), 1001],
    ['add_X and add_X', 'organization', add(0, 600), add(600, 1100), 1100],
    ['add_X and add_X', 'repository', add(0, 600), add(600, 1100), 1100],
    ['X, add_X and remove_X', 'organization', `${exact(0, 900)}, ${add(900, 1102)}`, remove(0, 100), 1002],
  ])('%s at %s: exit 1 with both places, before a request', async (_, scope, weak, strong, count) => {
    const ran = await run(scope, weak, strong)
    const [place, at] = strong.startsWith('remove') ? ['set.yaml', 'set.yaml'] : ['own.yaml', 'set.yaml']
    const message = `^${place}:1:\\d+: error: \`patterns_allowed\` comes to ${count.toLocaleString('en')} entries with what stands at ${at}:1:\\d+, and GitHub takes 1,000$`
    const line = expect.stringMatching(new RegExp(message))
    expect(ran).toEqual(COMMANDS.map(() => ({ code: 1, errors: [line], asked: 0 })))
  })

  it.each<[string, string, string]>([
    ['what remove_X takes away does not count', `${exact(0, 900)}, ${add(900, 1100)}`, remove(0, 100)],
    ['remove_X has no bound: GitHub may have had more', exact(0, 10), remove(10, 1200)],
    ['twins count once', exact(0, 1000), add(0, 1000)],
  ])('%s', async (_, weak, strong) => {
    for (const scope of ['organization', 'repository'] as const) {
      const [validated] = await run(scope, weak, strong)
      expect(validated).toEqual({ code: 0, errors: [], asked: 0 })
    }
  })
})

describe('what comes to more together with what GitHub has', () => {
  const ACTIONS = { github_owned_allowed: true, verified_allowed: true, patterns_allowed: patterns(0, 990) }
  const SEED = {
    organizations: {
      acme: {
        repositories: {
          web: { permissions: { allowed_actions: 'selected', selected_actions: ACTIONS } },
          full: { secrets: Object.fromEntries(named('S', 99).map((name) => [name, { value: 'planted' }])) },
        },
        secrets: Object.fromEntries(named('S', 1000).map((name) => [name, { visibility: 'all', value: 'planted' }])),
      },
      beta: {
        permissions: { allowed_actions: 'selected', selected_actions: ACTIONS },
      },
    },
  }

  it.each<[string, string]>([
    ['repos/acme/web/permissions', LAYERS.repository.own(`verified_allowed: false, ${add(980, 1001)}`)],
    [
      'orgs/beta/permissions',
      `organizations: { beta: { permissions: { selected_actions: { verified_allowed: false, ${add(980, 1001)} } } } }\n`,
    ],
  ])('%s: a list is held back with the map that it stands in', async (address, yaml) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': `version: 1\n${yaml}` })
    const plan = await place.plan()
    expect(plan).toMatchObject({ changes: [], complete: true })
    expect(plan.held_back).toMatchObject([
      {
        address,
        field: 'selected_actions.patterns_allowed',
        reason: expect.stringMatching(
          /^patterns_allowed would have 1,001 entries with those that GitHub has, and GitHub takes 1,000/,
        ),
        source: { file: 'octoform.yaml', line: 2 },
        help: 'Take entries out of patterns_allowed, or add fewer.',
      },
    ])
    for (const args of [['plan', '--detailed-exitcode'], ['drift'], ['apply', '--auto-approve']]) {
      expect((await place.run(args)).code).toBe(2)
    }
    expect(sandbox.asked.filter(({ method }) => method !== 'GET')).toEqual([])
    await place.write('octoform.yaml', `version: 1\n${yaml.replace(',"o/a1000@*"', '')}`)
    const ran = await place.run(['apply', '--auto-approve'])
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
  })

  it('one that GitHub has longer already may be shortened', async () => {
    const long = { ...ACTIONS, patterns_allowed: patterns(0, 1003) }
    const seed = { organizations: { beta: { permissions: { allowed_actions: 'selected', selected_actions: long } } } }
    const sandbox = await watchedSandbox({ seed })
    const yaml = `version: 1\norganizations: { beta: { permissions: { selected_actions: { ${remove(0, 1)} } } } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect(await place.plan()).toMatchObject({ changes: [{ address: 'orgs/beta/permissions' }], held_back: [] })
  })

  it('a secret for which there is no room waits, and what fits is created', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const secrets = (names: readonly string[], rest: string): string =>
      `{ ${names.map((name) => `${name}: { value: { env: V }${rest} }`).join(', ')} }`
    const yaml = `version: 1
organizations:
  acme:
    secrets: ${secrets(['NEW'], ', visibility: all')}
    repositories: { full: { secrets: ${secrets(['NEW', 'OTHER'], '')} } }
`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { V: 'a value' })
    const plan = await place.plan()
    expect(plan.changes.map(({ address }) => address)).toEqual(['repos/acme/full/secrets/NEW'])
    expect(plan.held_back.map(({ address, field, reason }) => ({ address, field, reason }))).toEqual([
      {
        address: 'orgs/acme/secrets/NEW',
        field: null,
        reason: 'orgs/acme has 1,000 secrets, and GitHub takes 1,000',
      },
      {
        address: 'repos/acme/full/secrets/OTHER',
        field: null,
        reason: 'repos/acme/full has 99 secrets, and GitHub takes 100',
      },
    ])
    const ran = await place.run(['apply', '--auto-approve'])
    expect(ran, ran.stderr).toMatchObject({ code: 2, stdout: expect.stringContaining('Applied: 1 added') })
    expect((await place.plan()).changes).toEqual([])
  })

  it.each<[string, string, string, readonly string[]]>([
    ['orgs/acme', 'S0: absent', '', ['Deleting S0 makes room', 'Delete secrets that']],
    ['orgs/acme', 'S0: absent, S1: absent', '', ['Deleting S0, S1 makes room', 'Deleting S0, S1 makes room']],
    ['orgs/acme', '', 'prune: ["secrets/S99?"],', ['Deleting S990, S991, S992 and 7 more makes room', 'Deleting S990']],
    ['repos/acme/full', 'S0: absent', '', ['Deleting S0 makes room']],
    ['repos/acme/full', '', 'prune: ["secrets/S1*"],', ['Deleting S1, S10, S11 and 8 more makes room']],
  ])(
    '%s, { %s } %s: what deletes make room for is told to wait, and comes with the next apply',
    async (scope, absent, prune, help) => {
      const sandbox = await watchedSandbox({ seed: SEED })
      const own = scope.startsWith('orgs')
      const given = `{ value: { env: V }${own ? ', visibility: all' : ''} }`
      const secrets = `secrets: { ${absent === '' ? '' : `${absent}, `}X_NEW: ${given}, X_OTHER: ${given} }`
      const body = `{ ${prune} ${secrets} }`
      const yaml = `version: 1\nguards: { max_deletions: 10 }\norganizations: { acme: ${own ? body : `{ repositories: { full: ${body} } }`} }\n`
      const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { V: 'a value' })
      const { held_back: held } = await place.plan()
      expect(held.map((each) => each.help)).toEqual(help.map((start) => expect.stringContaining(start)))
      const first = await place.run(['apply', '--auto-approve', '--allow', 'deletions=11'])
      expect(first, first.stderr).toMatchObject({ code: 2 })
      const again = await place.run(['apply', '--auto-approve', '--allow', 'deletions=11'])
      const rest = help.filter((each) => each.startsWith('Delete ')).length
      expect(again, again.stderr).toMatchObject({
        code: rest === 0 ? 0 : 2,
        stdout: expect.stringContaining(`Applied: ${help.length - rest} added, 0 changed, 0 deleted.`),
      })
    },
  )
})

it.each([
  ['orgs/acme', 1001, (all: string) => `{ acme: { secrets: ${all} } }`, 26],
  ['repos/acme/web', 101, (all: string) => `{ acme: { repositories: { web: { secrets: ${all} } } } }`, 49],
])('more secrets than %s can have are an error, before a request', async (scope, count, yamlOf, col) => {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: { web: {} } } } } })
  const all = (names: readonly string[]): string =>
    `{ ${names.map((name) => `${name}: { value: { env: V }, visibility: all }`).join(', ')} }`
  const textOf = (names: readonly string[]): string =>
    `organizations: ${yamlOf(scope.startsWith('orgs') ? all(names) : all(names).replaceAll(', visibility: all', ''))}`
  const place = await workplace(sandbox, { 'octoform.yaml': `version: 1\n${textOf(named('S', count))}\n` })
  for (const args of COMMANDS) {
    const { code, stdout, stderr } = await place.run(args)
    const message = `octoform.yaml:2:${col}: error: \`secrets\` of ${scope} has ${count.toLocaleString('en')} members, and GitHub takes ${(count - 1).toLocaleString('en')}`
    expect({ code, errors: errors(`${stdout}${stderr}`) }).toEqual({ code: 1, errors: [message] })
  }
  expect(sandbox.asked).toEqual([])
  await place.write('octoform.yaml', `version: 1\n${textOf(named('S', count - 1))}\n`)
  expect((await place.run(['validate'])).code).toBe(0)
})
