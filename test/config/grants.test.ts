import { describe, expect, it } from 'vitest'
import { allowances, type Grant } from '../../src/config/grants.ts'
import { startSpending } from '../../src/config/limits.ts'
import { type Files, listing, problemsOf, resolved } from './load-files.ts'

const GOVERN = `version: 1
files:
  "octoform.yaml": { addresses: ["**"], values: ["**"] }
  "teams/pay/**": { addresses: ["repos/acme/pay-*/**", "orgs/acme/secrets/PAY_*"], values: ["PAY_*", "keys/*"] }
  "teams/*/shared.yaml": { addresses: ["orgs/acme/runner_groups/shared"] }
`
const PLACE = 'octoform.yaml:4:3'
const NONE = 'no entry of `files` at octoform.yaml:2:1 matches it; that takes'

/** The problems of a team's file beside the one that holds `files`. */
function problemsWith(yaml: string, name: string = 'teams/pay/a.yaml'): Promise<readonly string[]> {
  return problemsOf({ 'octoform.yaml': GOVERN, [name]: yaml }).then((all) =>
    all.map((each) => each.replace(' error:', '')),
  )
}

describe('what a file may declare', () => {
  it.each([
    'organizations: { acme: { secrets: { PAY_KEY: { visibility: all, value: { env: PAY_KEY } } } } }',
    'organizations: { Acme: { secrets: { pay_key: absent, PAY_B: unmanaged, PAY_C: {} } } }',
    'organizations: { acme: { repositories: { Pay-web: { permissions: { enabled: true } } } } }',
    'organizations: { acme: { repositories: { pay-web: {} } } }',
    'organizations: { acme: { secrets: {} } }',
    'organizations: { acme: {} }',
    'repositories: { acme/pay-web: { secrets: { X: { value: { file: keys/x } } }, prune: ["secrets/*"] } }',
    'organizations: { acme: { secrets: {}, prune: ["secrets/PAY_*", "secrets/pay_old_?"] } }',
    'organizations: { acme: { repository_sets: [{ match: { name: "pay-*" }, secrets: { Q: { value: { env: PAY_Q } } } }] } }',
    'x-a: &a { visibility: all }\norganizations: { acme: { secrets: { PAY_KEY: *a } } }',
  ])('%s', async (yaml) => expect(await problemsWith(yaml)).toEqual([]))

  it('adds up where several entries match', async () => {
    const yaml = 'organizations: { acme: { runner_groups: { shared: {} }, secrets: { PAY_X: {} } } }'
    expect(await problemsWith(yaml, 'teams/pay/shared.yaml')).toEqual([])
    expect(await problemsWith(yaml, 'teams/web/shared.yaml')).toEqual([
      'teams/web/shared.yaml:1:68: this file may not declare orgs/acme/secrets/PAY_X: that takes "orgs/acme/secrets/PAY_X" ' +
        'among the addresses of "teams/*/shared.yaml" at octoform.yaml:5:3',
    ])
  })
})

describe('what a file may not declare', () => {
  it.each<readonly [string, readonly string[]]>([
    [
      'organizations: { acme: { secrets: { NPM: {} } } }',
      ['1:37: this file may not declare orgs/acme/secrets/NPM: that takes "orgs/acme/secrets/NPM" among the addresses'],
    ],
    [
      'organizations: { acme: { secrets: { NPM: absent } } }',
      ['1:37: this file may not declare orgs/acme/secrets/NPM'],
    ],
    [
      'organizations: { acme: { secrets: { NPM: unmanaged } } }',
      ['1:37: this file may not declare orgs/acme/secrets/NPM'],
    ],
    [
      'organizations: { acme: { secrets: { NPM: { add_repositories: [pay-web] } } } }',
      ['1:37: this file may not declare orgs/acme/secrets/NPM'],
    ],
    [
      'organizations: { acme: { permissions: { allowed_actions: all } } }',
      ['1:26: this file may not declare orgs/acme/permissions'],
    ],
    ['organizations: { acme: { runner_groups: {} } }', ['1:26: this file may not declare orgs/acme/runner_groups/*']],
    ['organizations: { other: {} }', ['1:18: this file may not declare orgs/other/**']],
    [
      'organizations: { acme: { repositories: { web: { permissions: {} } } } }',
      ['1:49: this file may not declare repos/acme/web/permissions'],
    ],
    ['repositories: { acme/web: {} }', ['1:17: this file may not declare repos/acme/web/**']],
    [
      'organization_sets: [{ match: {}, secrets: { NPM: {} } }]\norganizations: { acme: {} }',
      ['1:45: this file may not declare orgs/acme/secrets/NPM'],
    ],
    [
      'organizations: { other: { repository_sets: [{ match: {}, secrets: { Q: {} } }] } }',
      ['1:69: this file may not declare repos/other/*/secrets/Q'],
    ],
    [
      'organizations: { acme: { secrets: { PAY_A: { value: { env: NPM } }, PAY_B: { value: { file: a.key } } } } }',
      [
        '1:46: this file may not take env:NPM: that takes "NPM" among the values of "teams/pay/**"',
        '1:78: this file may not take file:a.key: that takes "a.key" among the values',
      ],
    ],
    [
      'organizations: { acme: { secrets: { PAY_A: { value: { env: pay_a } } } } }',
      ['1:46: this file may not take env:pay_a'],
    ],
    ...['keys/../a.key', 'keys/./x', 'keys//x', 'sub/../keys/x', 'keys/sub/x', 'keys\\\\x'].map(
      (path) =>
        [
          `organizations: { acme: { secrets: { PAY_A: { value: { file: "${path}" } } } } }`,
          [`1:46: this file may not take file:${path.replace('\\\\', '\\')}`],
        ] as const,
    ),
  ])('%s', async (yaml, expected) => {
    const problems = await problemsWith(yaml)
    expect(problems).toEqual(expected.map((each) => expect.stringContaining(`teams/pay/a.yaml:${each}`)))
    expect(problems.filter((each) => !each.endsWith(`"teams/pay/**" at ${PLACE}`))).toEqual([])
  })

  it('is anything where no entry matches', async () => {
    const yaml = 'organizations: { acme: { secrets: { X: { value: { env: X } } }, repositories: { web: {} } } }'
    expect(await problemsWith(yaml, 'Teams/pay/a.yaml')).toEqual([
      `Teams/pay/a.yaml:1:37: this file may not declare orgs/acme/secrets/X: ${NONE} ` +
        '"Teams/pay/a.yaml": { addresses: ["orgs/acme/secrets/X"] } there',
      `Teams/pay/a.yaml:1:42: this file may not take env:X: ${NONE} "Teams/pay/a.yaml": { values: ["X"] } there`,
    ])
    expect(await problemsWith('x-a: {}', 'other.yaml')).toEqual([])
    expect(await problemsWith('guards: {}', 'other.yaml')).toEqual([
      'other.yaml:1:1: `guards` stands beside `files`, in the file that holds it (octoform.yaml:2:1)',
    ])
    expect(await problemsWith('organizations: { acme: {} }', 'other.yaml')).toHaveLength(1)
  })

  it('is anything where `files` is empty, also for the file that holds it', async () => {
    expect(await problemsOf({ 'a.yaml': 'version: 1\nfiles: {}\nrepositories: { acme/web: {} }' })).toHaveLength(1)
    expect(await problemsOf({ 'a.yaml': 'version: 1\nrepositories: { acme/web: {} }' })).toEqual([])
  })
})

describe('what is known only with GitHub’s repositories', () => {
  const REPOSITORIES = listing({ web: {}, 'pay-web': {}, 'pay-api': {}, core: {} })

  async function messages(files: Files, repositories = REPOSITORIES): Promise<readonly string[]> {
    return (await resolved({ 'octoform.yaml': GOVERN, ...files }, repositories)).messages
  }

  it('a set reaches what it matches, and each address is checked', async () => {
    const set = (match: string) =>
      `organizations: { acme: { repository_sets: [{ match: ${match}, secrets: { Q: { value: { env: PAY_Q } } } }] } }`
    expect(await messages({ 'teams/pay/a.yaml': set('{ name: "pay-*" }') })).toEqual([])
    expect(await messages({ 'teams/pay/a.yaml': set('{}') })).toEqual([
      'teams/pay/a.yaml:1:68: error: this file may not declare repos/acme/core/secrets/Q (and 1 more): that takes ' +
        `"repos/acme/core/secrets/Q" among the addresses of "teams/pay/**" at ${PLACE}`,
    ])
    expect(await messages({ 'teams/pay/a.yaml': set('{}') }, listing({ 'pay-web': {} }))).toEqual([])
  })

  it('a file that another one overrides is checked too', async () => {
    const files = {
      'teams/pay/a.yaml': 'organizations: { acme: { repository_sets: [{ match: {}, secrets: { Q: {} } }] } }',
      'octoform.yaml': `${GOVERN}repositories: { acme/web: { secrets: { Q: absent } }, acme/core: { secrets: { Q: absent } } }\n`,
    }
    expect(await messages(files)).toEqual([
      expect.stringContaining('may not declare repos/acme/core/secrets/Q (and 1 more)'),
    ])
  })

  it.each([
    ['secrets/PAY_*', []],
    ['secrets/pay_??', []],
    ['secrets/PAY_**', []],
    ['secrets/*', ['orgs/acme/secrets/*']],
    ['**', ['orgs/acme/secrets/**']],
    ['secrets/?AY_*', ['orgs/acme/secrets/?AY_*']],
    ['secrets/PAY*', ['orgs/acme/secrets/PAY*']],
    ['*/PAY_*', []],
  ])('prune: %s', async (glob, denied) => {
    const yaml = `organizations: { acme: { secrets: {}, prune: ["${glob}"] } }`
    const expected = denied.map((each) =>
      expect.stringContaining(`this file may not prune ${each}: that takes "${each}"`),
    )
    expect(await messages({ 'teams/pay/a.yaml': yaml })).toEqual(expected)
  })

  it('a stronger prune takes the place of a weaker one only by who may prune there', async () => {
    const weak = `${GOVERN}organizations: { acme: { repository_sets: [{ match: {}, secrets: {}, prune: ["secrets/*"] }] } }\n`
    const strong = (name: string) => `repositories: { acme/${name}: { secrets: {}, prune: [] } }`
    expect(await messages({ 'octoform.yaml': weak, 'teams/pay/a.yaml': strong('pay-web') })).toEqual([])
    const narrow = weak.replace('"repos/acme/pay-*/**"', '"repos/acme/pay-*/secrets/PAY_*"')
    expect(await messages({ 'octoform.yaml': narrow, 'teams/pay/a.yaml': strong('pay-web') })).toEqual([
      expect.stringMatching(
        /^teams\/pay\/a\.yaml:1:46: error: this file may not prune repos\/acme\/pay-web\/secrets\/\*/,
      ),
    ])
  })
})

describe('`files` itself', () => {
  it('stands in one file', async () => {
    expect(await problemsOf({ 'octoform.yaml': GOVERN, 'teams/pay/a.yaml': 'files: { "**": {} }' })).toEqual([
      'teams/pay/a.yaml:1:1: error: `files` stands in one file only; it is also at octoform.yaml:2:1',
    ])
  })

  it.each<readonly [string, string]>([
    ['files: []', '2:8: `files` must be a map'],
    ['files: { "a.yaml": [] }', '2:20: `a.yaml` must be a map'],
    ['files: { a: { adresses: [] } }', '2:15: unknown key `adresses`: did you mean `addresses`?'],
    ['files: { a: { values: [7] } }', '2:24: entry 1 of `values` must be text; put it in quotes'],
    ['files: { a: { values: [""] } }', '2:24: entry 1 of `values` must not be empty'],
    [
      'files: { a: { addresses: ["secrets/X"] } }',
      '2:27: `secrets/X` matches no address: each begins with `orgs/`, `repos/` or `enterprises/`; did you mean `orgs/OWNER/secrets/X`?',
    ],
    ...['', './a.yaml', 'a/./b', 'a//b', 'teams/', 'a\\\\b', '../other/**', '/srv/config/*.yaml'].map(
      (glob) =>
        [
          `files: { "${glob}": {} }`,
          `2:10: \`${glob.replace('\\\\', '\\')}\` matches no file: write it from the folder of this file down, such as "teams/pay/**"`,
        ] as const,
    ),
  ])('%s', async (yaml, expected) => {
    const problems = await problemsOf({ 'f.yaml': `version: 1\n${yaml}\n` })
    expect(problems.map((each) => each.replace(' error:', ''))).toEqual([`f.yaml:${expected}`])
  })

  it.each(['**', '*.yaml', '.github/octoform/*.yaml', '**/..a'])('takes %s', async (glob) => {
    expect(await problemsOf({ 'f.yaml': `version: 1\nfiles: { "${glob}": {} }\n` })).toEqual([])
  })
})

describe('an allowance', () => {
  const entry = (files: string): Grant => ({
    files,
    addresses: ['orgs/acme/**'],
    values: ['A_*'],
    source: { file: 'f.yaml', line: 1, col: 1 },
  })

  it('matches files with case, and stays within folders', () => {
    const entries = [entry('teams/*/a.yaml'), entry('deep/**')]
    const source = { file: 'f.yaml', line: 1, col: 1 }
    const allowance = allowances({ entries, source, namesOf: (file) => [file] }, startSpending())
    const matching = (file: string) => allowance(file).names.flatMap((name) => name.entries.map(({ files }) => files))
    expect(matching('teams/x/a.yaml')).toEqual(['teams/*/a.yaml'])
    expect(matching('teams/x/y/a.yaml')).toEqual([])
    expect(matching('Teams/x/a.yaml')).toEqual([])
    expect(matching('deep/x/y.yaml')).toEqual(['deep/**'])
    expect(matching('../deep/x.yaml')).toEqual([])
  })

  it('takes sealed values from wherever, and unknown sources from nowhere', () => {
    const source = { file: 'f.yaml', line: 1, col: 1 }
    const governing = { entries: [entry('**')], source, namesOf: (file: string) => [file] }
    const allowance = allowances(governing, startSpending())('a.yaml')
    expect(allowance.takes('sealed:0123')).toBe(true)
    expect(allowance.takes('env:A_B')).toBe(true)
    expect(allowance.takes(':')).toBe(false)
    expect(allowance.takes('')).toBe(false)
  })
})
