import { describe, expect, it } from 'vitest'
import { problemsOf } from './load-files.ts'

async function problemsIn(line: string): Promise<readonly string[]> {
  return (await problemsOf({ 'f.yaml': `version: 1\n${line}\n` })).map((problem) => problem.replace(' error:', ''))
}

const RESERVED =
  '`env` refuses the variables GITHUB_*, GH_*, OCTOFORM_*, ACTIONS_*, RUNNER_*, INPUT_*, NODE_*: they belong to the runner and to octoform'
const VARIABLE = '`env` takes the name of an environment variable: letters, digits and `_`'
const AWAY = 'only takes names away: say from what, such as "*" for all'

describe('github', () => {
  it.each(['dotcom', 'ghec', 'ghae', 'ghae-2021', 'ghes-2.22', 'ghes-3.19', 'ghes-3.8'])(
    'takes the product %s',
    async (product) => {
      expect(await problemsIn(`github: { product: ${product} }`)).toEqual([])
    },
  )

  it.each(['ghes', 'ghae-2022', 'ghes-3', 'GHEC', 'gitlab', 'ghes-3.19.1'])(
    'refuses the product %s',
    async (product) => {
      expect(await problemsIn(`github: { product: ${product} }`)).toEqual([
        'f.yaml:2:11: `product` must be dotcom, ghec, ghae, ghae-2021, or a release such as ghes-3.19',
      ])
    },
  )

  it.each(['https://api.github.com', 'http://127.0.0.1:80/api/v3', 'https://github.example.com/api/v3/'])(
    'takes the URL %s',
    async (url) => expect(await problemsIn(`github: { api_url: "${url}" }`)).toEqual([]),
  )

  it.each([
    'api.github.com',
    'ftp://x.example',
    'https://user:hunter2@x.example',
    'https://hunter2@x.example',
    'https://x.example?token=hunter2',
    'https://x.example/?',
    'https://x.example#hunter2',
  ])('refuses the URL %s without printing it', async (url) => {
    expect(await problemsIn(`github: { api_url: "${url}" }`)).toEqual([
      'f.yaml:2:11: `api_url` must be an http or https URL without user, password, query and fragment',
    ])
  })
})

describe('names', () => {
  it.each([
    [
      'organizations: { a: { secrets: { GITHUB_X: {} } } }',
      '2:34: `GITHUB_X`: GitHub keeps names that start with GITHUB_ to itself',
    ],
    [
      'organizations: { a: { secrets: { github_x: {} } } }',
      '2:34: `github_x`: GitHub keeps names that start with GITHUB_ to itself',
    ],
    ['organizations: { a: { secrets: { 1X: {} } } }', "2:34: `1X`: a secret's name cannot start with a digit"],
    [
      'organizations: { a: { secrets: { A-B: {} } } }',
      "2:34: `A-B`: a secret's name holds only letters, digits and `_`",
    ],
    ['organizations: { a: { secrets: { "": {} } } }', "2:34: ``: a secret's name holds only letters, digits and `_`"],
    ['repositories: { a/b: { secrets: { É: {} } } }', "2:35: `É`: a secret's name holds only letters, digits and `_`"],
    ['organizations: { a: { runner_groups: { "": {} } } }', '2:40: a name must not be empty'],
    [
      'organizations: { a: { secrets: { npm_token: {}, NPM_TOKEN: {} } } }',
      '2:49: `NPM_TOKEN` is the same name as `npm_token` at f.yaml:2:34: GitHub ignores case here',
    ],
    [
      'organizations: { acme: {}, Acme: {} }',
      '2:28: `Acme` is the same name as `acme` at f.yaml:2:18: GitHub ignores case here',
    ],
    [
      'organizations: { a: { repositories: { web: {}, WEB: {} } } }',
      '2:48: `WEB` is the same name as `web` at f.yaml:2:39: GitHub ignores case here',
    ],
    [
      'organization_sets: [{ match: {}, repositories: { web: {}, WEB: {} } }]',
      '2:59: `WEB` is the same name as `web` at f.yaml:2:50: GitHub ignores case here',
    ],
    [
      'repositories: { o/web: {}, O/Web: {} }',
      '2:28: `O/Web` is the same name as `o/web` at f.yaml:2:17: GitHub ignores case here',
    ],
    ['repositories: { web: {} }', '2:17: `web` is not a repository: write it as `owner/name`'],
    ['repositories: { a/b/c: {} }', '2:17: `a/b/c` is not a repository: write it as `owner/name`'],
    ['repositories: { "a/ b": {} }', '2:17: `a/ b` is not a repository: take away the blank at its start or end'],
    [
      'organizations: { "a/b": {} }',
      '2:18: `a/b` cannot be the name of an organization: it holds letters, digits, `-` and `_` only, and begins with no `-`',
    ],
    [
      'organizations: { a: { repositories: { a/web: {} } } }',
      '2:39: `a/web` cannot be the name of a repository: write it without its owner',
    ],
  ])('%s', async (line, expected) => {
    expect(await problemsIn(line)).toEqual([`f.yaml:${expected}`])
  })

  it('keeps the case of runner groups apart', async () => {
    expect(await problemsIn('organizations: { a: { runner_groups: { gpu: {}, GPU: {} } } }')).toEqual([])
  })
})

describe('values', () => {
  const at = (value: string): Promise<readonly string[]> =>
    problemsIn(`repositories: { a/b: { secrets: { S: { value: ${value} } } } }`)

  it.each(['GITHUB_TOKEN', 'GH_X', 'gh_x', 'OCTOFORM_TOKEN', 'ACTIONS_X', 'RUNNER_X', 'INPUT_X', 'NODE_OPTIONS'])(
    'refuses %s',
    async (name) => expect(await at(`{ env: ${name} }`)).toEqual([`f.yaml:2:49: ${RESERVED}`]),
  )

  it.each(['"{REPOSITORY}-X"', '1X', 'a-b', '"a b"', '"X\\n"'])(
    'refuses %s, which cannot be the name of a variable',
    async (name) => {
      const [first, ...more] = await at(`{ env: ${name} }`)
      expect([first, more]).toEqual([`f.yaml:2:49: ${VARIABLE}`, []])
    },
  )

  it.each(['{ env: GITHUBX }', '{ env: _x1 }', '{ file: a/b.key }'])('takes %s', async (value) => {
    expect(await at(value)).toEqual([])
  })
})

describe('lists that only take away', () => {
  it.each([
    ['organizations: { a: { permissions: { repositories: ["!x", "!y*"] } } }', `2:38: ${AWAY}`],
    ['organizations: { a: { secrets: { S: { add_repositories: ["!x"] } } } }', `2:39: ${AWAY}`],
    ['organizations: { a: { secrets: { S: { repositories: [{ name: "!x", topic: t }] } } } }', `2:56: ${AWAY}`],
    [
      'organizations: { a: { secrets: { S: { repositories: ["*", "!"] } } } }',
      '2:59: `!` must be followed by a name or glob',
    ],
    ['organizations: { a: { repository_sets: [{ match: { name: ["!x"] } }] } }', `2:52: ${AWAY}`],
    ['organization_sets: [{ match: { name: "!x" } }]', `2:32: ${AWAY}`],
  ])('%s', async (line, expected) => {
    expect(await problemsIn(line)).toEqual([`f.yaml:${expected}`])
  })

  it('are no concern of plain lists, where GitHub itself knows `!`', async () => {
    expect(
      await problemsIn('organizations: { a: { permissions: { selected_actions: { patterns_allowed: ["!x/*"] } } } }'),
    ).toEqual([])
  })
})

it('finds everything at once, also beside what is malformed', async () => {
  const problems = await problemsOf({
    'a.yaml': 'version: 1\norganizations: { a: { secrets: { 1X: { visibilty: all }, B: { value: { env: GH_X } } } } }',
    'b.yaml': 'github: { product: x }\nnope: 1\nrepositories: []',
  })
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'a.yaml:2:34:',
    'a.yaml:2:40:',
    'a.yaml:2:72:',
    'b.yaml:1:11:',
    'b.yaml:2:1:',
    'b.yaml:3:15:',
  ])
})
