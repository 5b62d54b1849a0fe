import { describe, expect, it } from 'vitest'
import { problemsOf } from './load-files.ts'

/** The problems of one line after `version: 1`, as `column: message`. */
async function problemsIn(line: string): Promise<readonly string[]> {
  const problems = await problemsOf({ 'f.yaml': `version: 1\n${line}\n` })
  return problems.map((problem) => problem.replace(/^f\.yaml:2:/, '').replace(' error:', ''))
}

/** Names that no repository has, and why. */
const REPOSITORIES: readonly (readonly [name: string, why: string])[] = [
  [' web', 'take away the blank at its start or end'],
  ['web ', 'take away the blank at its start or end'],
  ['web.git', 'GitHub takes `.git` off a name, write `web`'],
  ['WEB.GIT', 'GitHub takes `.git` off a name, write `WEB`'],
  ['web.wiki', 'GitHub keeps this ending to itself'],
  ['~ALL', 'write "*" for all repositories'],
  ['.', 'a name of dots alone is a folder'],
  ['..', 'a name of dots alone is a folder'],
  ['a b', 'it holds letters, digits, `.`, `-` and `_` only'],
  ['wéb', 'it holds letters, digits, `.`, `-` and `_` only'],
  ['a,b', 'it holds letters, digits, `.`, `-` and `_` only'],
  ['acme/web/x', 'write it without its owner'],
  ['r'.repeat(101), 'it has 101 characters, and GitHub takes 100'],
]

const LISTS = [
  'permissions: { repositories: [web, NAME] }',
  'permissions: { add_repositories: [web, NAME] }',
  'permissions: { remove_repositories: [web, NAME] }',
  'secrets: { S: { repositories: [web, NAME] } }',
  'secrets: { S: { add_repositories: [web, NAME] } }',
  'secrets: { S: { remove_repositories: [web, NAME] } }',
  'runner_groups: { g: { repositories: [web, NAME] } }',
  'runner_groups: { g: { add_repositories: [web, NAME] } }',
  'runner_groups: { g: { remove_repositories: [web, NAME] } }',
]
const SELECTORS = [
  'secrets: { S: { repositories: [{ name: NAME }] } }',
  'secrets: { S: { repositories: [{ name: [web, NAME] }] } }',
  'repository_sets: [{ match: { name: NAME } }]',
  'repository_sets: [{ match: { name: [web, NAME] } }]',
]

const shown = (name: string): string => (name.length > 60 ? `${name.slice(0, 59)}…` : name)

describe('a name that no repository can have is one error at its place', () => {
  const places = [...LISTS, ...SELECTORS].flatMap((place) => [place, place.replace('NAME', '!NAME')])
  it.each(places.filter((place) => !place.includes('{ name: !NAME')))('%s', async (place) => {
    for (const [name, why] of REPOSITORIES) {
      const entry = place.includes('!NAME') ? `!${name}` : name
      const line = `organizations: { acme: { ${place.replace(/!?NAME/, JSON.stringify(entry))} } }`
      const column = line.indexOf(JSON.stringify(entry)) + 1
      // A selector that is no list has its one name at the key.
      const at = place.includes('{ name: NAME') ? column - 'name: '.length : column
      expect(await problemsIn(line)).toEqual([`${at}: \`${shown(entry)}\` cannot be the name of a repository: ${why}`])
    }
  })

  it.each([
    'organizations: { acme: { repositories: { NAME: {} } } }',
    'organization_sets: [{ match: {}, repositories: { NAME: {} } }]',
  ])('%s', async (place) => {
    for (const [name, why] of REPOSITORIES) {
      const line = place.replace('NAME', JSON.stringify(name))
      expect(await problemsIn(line)).toEqual([
        `${line.indexOf(JSON.stringify(name)) + 1}: \`${shown(name)}\` cannot be the name of a repository: ${why}`,
      ])
    }
  })

  it('under `repositories`, `accept` and `ledger` too', async () => {
    expect(await problemsIn('repositories: { acme/web.git: {}, "acme/we b": {}, -x/y: {} }')).toEqual([
      '17: `acme/web.git` is not a repository: GitHub takes `.git` off a name, write `web`',
      '35: `acme/we b` is not a repository: it holds letters, digits, `.`, `-` and `_` only',
      '52: `-x/y` is not a repository: it holds letters, digits, `-` and `_` only, and begins with no `-`',
    ])
    expect(await problemsIn('accept: [acme/web.git=7]')).toEqual([
      '10: `acme/web.git=7` lets nothing in: write acme/web=777, or acme=55 for an owner',
    ])
    expect(await problemsIn('ledger: { repository: acme/web.git, branch: b, path: l.json }')).toEqual([
      '11: `repository` must be written as `owner/name`',
    ])
  })

  it.each([
    ['web', '.github', 'a.git.b', 'Acme/web', 'acme/web', '!acme/web', 'service-*', '!service-?', '*', 'x.wiki-2'],
    ['-', '_', '.x', 'w'.repeat(100), `${'w'.repeat(100)}*`],
  ])('takes %s and others', async (...names) => {
    expect(
      await problemsIn(`organizations: { acme: { secrets: { S: { repositories: ${JSON.stringify(names)} } } } }`),
    ).toEqual([])
  })
})

describe('a name that no owner can have', () => {
  const why = 'it holds letters, digits, `-` and `_` only, and begins with no `-`'
  it.each([
    [' acme', 'take away the blank at its start or end'],
    ['acme.inc', why],
    ['a*', why],
    ['-acme', why],
    ['o'.repeat(40), 'it has 40 characters, and GitHub takes 39'],
  ])('%j', async (name, reason) => {
    expect(await problemsIn(`organizations: { ${JSON.stringify(name)}: {} }`)).toEqual([
      `18: \`${name}\` cannot be the name of an organization: ${reason}`,
    ])
    if (name.includes('*')) return
    expect(await problemsIn(`organization_sets: [{ match: { name: [ok, ${JSON.stringify(name)}] } }]`)).toEqual([
      `43: \`${name}\` cannot be the name of an organization: ${reason}`,
    ])
  })

  it('takes those of managed and of old accounts', async () => {
    expect(await problemsIn('organizations: { octo_acme: {}, a--b: {}, old-: {}, 1: {} }')).toEqual([])
    expect(await problemsIn('organization_sets: [{ match: { name: ["team-*", "!team-x"] } }]')).toEqual([])
  })
})

it('topics, runners and groups that there cannot be', async () => {
  const list = (entry: string): string => `organizations: { a: { secrets: { S: { repositories: [${entry}] } } } }`
  expect(await problemsIn(list('{ topic: "Java Script" }, { topic: [ok, "x*"] }, { topic: C }'))).toEqual([
    '56: `Java Script` cannot be a topic of a repository: it holds letters, digits and `-` only',
    '94: `x*` cannot be a topic of a repository: a topic is written out, and not a glob',
  ])
  const group = (fields: string): string => `organizations: { a: { runner_groups: { ${fields} } } }`
  expect(await problemsIn(group(`"   \t": {}, "a b": { runners: [ok, "x ", "${'r'.repeat(65)}"] }`))).toEqual([
    '40: the name of a runner group must not be blank',
    '75: `x ` cannot be the name of a runner: take away the blank at its start or end',
    `81: \`${shown('r'.repeat(65))}\` cannot be the name of a runner: it has 65 characters, and GitHub takes 64`,
  ])
})

describe('paths of values', () => {
  const inside = 'and must lead down from the folder of this file, or from `--values DIR`'
  const PLACES = [
    'organizations: { a: { secrets: { S: { value: { file: PATH } } } } }',
    'repositories: { a/b: { secrets: { S: { value: { file: PATH } } } } }',
    'organizations: { a: { repository_sets: [{ match: {}, secrets: { S: { value: { file: PATH } } } }] } }',
    'organization_sets: [{ match: {}, secrets: { S: { value: { file: PATH } } } }]',
  ]
  it.each([
    ['../../x.pem', `leaves its folder, ${inside}`],
    ['a/../../x', `leaves its folder, ${inside}`],
    ['..', `leaves its folder, ${inside}`],
    ['..\\x', `leaves its folder, ${inside}`],
    ['/etc/hostname', `is absolute, ${inside}`],
    ['C:\\x', `is absolute, ${inside}`],
    ['c:x', `is absolute, ${inside}`],
    ['\\\\server\\x', `is absolute, ${inside}`],
    ['~', `begins with \`~\`, which means no folder here, ${inside}`],
    ['~/x', `begins with \`~\`, which means no folder here, ${inside}`],
    ['file:///etc/hostname', `is a URL, ${inside}`],
    ['.git/config', 'lies in a .git folder, which may hold credentials: keep the value elsewhere'],
    ['a/.GIT/config', 'lies in a .git folder, which may hold credentials: keep the value elsewhere'],
    ['a\0b', 'holds a character that no file name can hold'],
    ['keys/', 'names a folder, not a file'],
    ['.', 'names a folder, not a file'],
  ])('%j', async (path, why) => {
    for (const place of PLACES) {
      const at = place.indexOf('file: PATH') + 1
      const problems = await problemsIn(place.replace('PATH', JSON.stringify(path)))
      expect(problems).toEqual([`${at}: \`file\` ${why}`])
    }
  })

  it.each(['x.pem', './x', 'keys/x', 'a/../x', '..x', '~x', '.gitignore', 'a.git/x', 'a\\b'])(
    'takes %s',
    async (path) => {
      expect(await problemsIn(PLACES[0]?.replace('PATH', JSON.stringify(path)) ?? '')).toEqual([])
    },
  )
})

describe('patterns of actions', () => {
  const PLACES = [
    'organizations: { a: { permissions: { selected_actions: { patterns_allowed: [docker/*, NAME] } } } }',
    'organizations: { a: { permissions: { selected_actions: { add_patterns_allowed: [docker/*, NAME] } } } }',
    'repositories: { a/b: { permissions: { selected_actions: { patterns_allowed: [docker/*, NAME] } } } }',
  ]
  it.each([
    ['docker/*, actions/*', 'it holds a comma, write each pattern as an entry of its own'],
    ['docker/*\nactions/*', 'it holds a line end, write each pattern as an entry of its own'],
    ['docker/*\r', 'it holds a line end, write each pattern as an entry of its own'],
    ['docker/login-action @v3', 'it holds a blank or a control character'],
    [' docker/*', 'it holds a blank or a control character'],
    ['docker/*\t', 'it holds a blank or a control character'],
    ['https://github.com/a/b', 'it is a URL, write owner/repo@ref'],
    ['docker://alpine', 'GitHub matches none to images of docker'],
    ['github.com/a/b', 'write owner/repo@ref, owner/repo/path@ref or owner/*'],
    ['./.github/actions/x', 'actions of the same repository are always allowed'],
    ['docker', 'it names no repository, write owner/repo@ref or owner/*'],
    ['!', 'it is empty'],
    ['!evil', 'it names no repository, write owner/repo@ref or owner/*'],
    ['o/r@', 'after `@` comes a tag, a branch, a commit or `*`'],
    ['o//x@v1', 'write owner/repo@ref, owner/repo/path@ref or owner/*'],
    ['/r@v1', 'write owner/repo@ref, owner/repo/path@ref or owner/*'],
    ['docker/', 'write owner/repo@ref, owner/repo/path@ref or owner/*'],
  ])('%j', async (pattern, why) => {
    for (const place of PLACES) {
      const at = place.indexOf('NAME') + 1
      const problems = await problemsIn(place.replace('NAME', JSON.stringify(pattern)))
      expect(problems).toEqual([`${at}: \`${pattern}\` is not a pattern of actions: ${why}`])
    }
  })

  it('takes what GitHub takes, and what is to be taken away as it is there', async () => {
    const patterns = [
      ['docker/*', 'docker/login-action@v3', '!evil/action@*', '*/octocat*@*', 'space-org*/*', '*', 'o/r@release/v1'],
      ['o/r/.github/workflows/x.yml@main', 't/w/**@*', 'o/r@x@1.0.0', `o/r@${'a'.repeat(40)}`, 'docker/*', 'docker/*'],
    ].flat()
    expect(await problemsIn((PLACES[0] ?? '').replace('NAME', JSON.stringify(patterns).slice(1, -1)))).toEqual([])
    expect(
      await problemsIn(
        'organizations: { a: { permissions: { selected_actions: { remove_patterns_allowed: ["docker/*, actions/*"] } } } }',
      ),
    ).toEqual([])
  })

  it('more than a thousand are one error, twins aside', async () => {
    const many = (count: number): string => Array.from({ length: count }, (_, index) => `o/a${index}@*`).join(', ')
    const at = PLACES[0]?.indexOf('patterns_allowed') ?? 0
    const line = (count: number): string => PLACES[0]?.replace('NAME', many(count)) ?? ''
    expect(await problemsIn(line(1000))).toEqual([
      `${at + 1}: \`patterns_allowed\` has 1,001 entries, and GitHub takes 1,000`,
    ])
    expect(await problemsIn(line(999).replace('docker/*', 'docker/*, docker/*'))).toEqual([])
  })
})

it('workflows that a group can be restricted to, each at its place', async () => {
  const list = (key: string, entries: readonly string[]): string =>
    `organizations: { a: { runner_groups: { g: { ${key}: ${JSON.stringify(entries)} } } } }`
  const good = ['o/r/.github/workflows/x.yml@refs/heads/main', 'o/r/.github/workflows/x.yaml@a,b']
  const bad = [
    'build.yml',
    'o/r/.github/workflows/x.yml',
    'o/r/x.yml@v1',
    'o o/r/.github/workflows/x.yml@v1',
    good.join(),
  ]
  for (const key of ['selected_workflows', 'add_selected_workflows']) {
    const line = list(key, [...good, ...bad])
    expect(await problemsIn(line)).toEqual(
      bad.map((entry) => {
        const at = line.indexOf(JSON.stringify(entry)) + 1
        return `${at}: \`${shown(entry)}\` is not a workflow: write owner/repo/.github/workflows/file.yml@ref`
      }),
    )
  }
  expect(await problemsIn(list('remove_selected_workflows', bad))).toEqual([])
})
