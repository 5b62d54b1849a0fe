import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { ActionsUsed } from '../../src/survey/actions-used.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import { BREAKS, SHARED, USES, WEB } from './workflow-shapes.ts'

const YAML = `
version: 1
organizations:
  acme:
    permissions:
      allowed_actions: selected
      selected_actions:
        github_owned_allowed: true
        verified_allowed: false
        patterns_allowed: ["octo/setup@0*", "octo/*", "!octo/*@v*", "!octo/*@main"]
`

const TIP = 'c'.repeat(40)
const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: { files: { main: WEB } },
        shared: { branches: { v1: TIP }, files: { v1: SHARED }, default_branch: 'trunk' },
        old: {
          archived: true,
          files: { main: { '.github/workflows/a.yml': 'jobs: {a: {steps: [{uses: octo/old@v1}]}}' } },
        },
        empty: { branches: {} },
      },
    },
  },
}

async function shop(files: Readonly<Record<string, string>> = { 'octoform.yaml': YAML }, seed: object = SEED) {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, files)
  const report = async (...args: readonly string[]) => {
    const ran = await place.run(['report', 'actions-used', '--format', 'json', ...args])
    if (ran.stdout === '') throw new Error(ran.stderr)
    return { ...ran, made: JSON.parse(ran.stdout) as ActionsUsed }
  }
  return { sandbox, place, report }
}

const shown = ({ uses }: ActionsUsed) =>
  uses.map((each) => [
    ...[each.repository, each.file, each.line, each.uses, each.kind],
    ...(each.pinned === undefined ? [] : [each.pinned]),
  ])
const breaksOf = ({ policies }: ActionsUsed, name: string) =>
  policies.find(({ policy }) => policy === name)?.breaks.map(({ file, line }) => `${file.split('/').at(-1)}:${line}`)

describe('report actions-used', () => {
  it('lists every uses of ten files with its place, and what each policy would break', async () => {
    const { sandbox, report } = await shop()
    const { code, made } = await report('acme/web')
    expect(shown(made)).toEqual(USES)
    expect(made.faults.map(({ file, line, message }) => [file.split('/').at(-1), line, message])).toEqual([
      ['03-local.yml', 7, 'this path is not on the branch'],
      ['07-anchors.yml', 13, '`<<` is not followed: GitHub takes anchors and no merge keys'],
      ['08-broken.yml', 3, expect.any(String)],
      ['09-malformed.yml', 7, '`uses` is not a text'],
    ])
    expect(made.not_read).toEqual([])
    expect(made.patterns_allowed).toEqual([
      'octo/anchored@*',
      'octo/deep/sub/dir@*',
      'octo/flows/.github/workflows/lint.yml@*',
      'octo/publish@*',
      'octo/release@*',
      'octo/setup@*',
    ])
    for (const [policy, places] of Object.entries(BREAKS)) expect(breaksOf(made, policy), policy).toEqual(places)
    expect(code).toBe(0)
    expect(sandbox.writes()).toEqual([])
    const read = sandbox.asked.filter(({ path }) => path.includes('/contents/')).map(({ path }) => path)
    expect(new Set(read).size).toBe(read.length)
  })

  it('proposes a list under which nothing breaks that is not GitHub’s', async () => {
    const { place, report } = await shop()
    const { made } = await report('acme/web')
    const list = `patterns_allowed: ${JSON.stringify(made.patterns_allowed)}`
    await place.write('octoform.yaml', YAML.replace(/patterns_allowed: .*/, list))
    expect(breaksOf((await report('acme/web')).made, 'selected')).toEqual([])
  })

  it('reads organizations and globs, without archived repositories, and names those that cannot be read', async () => {
    const { report, sandbox } = await shop({})
    const all = await report('orgs/acme')
    expect(all.made.repositories).toEqual(['acme/empty', 'acme/shared', 'acme/web'])
    expect(shown(all.made)).toEqual(USES)
    expect(all.made.policies.map(({ policy }) => policy)).toEqual(['local_only', 'sha_pinning_required'])
    expect((await report('acme/w*')).made.repositories).toEqual(['acme/web'])
    const route = '/repos/{owner}/{repo}/contents/{path}'
    await sandbox.fault({ method: 'GET', route, nth: 1, times: 1, status: 403 })
    const some = await report('acme/empty', 'acme/web', '--parallelism', '1')
    expect(some.made.not_read[0]).toMatchObject({ repository: 'acme/empty', file: '' })
    expect(shown(some.made)).toEqual(USES)
    expect(some.code).toBe(5)
  })

  it.each(['ghes-2.22', 'ghae', 'dotcom'])('reads the same on %s', async (product) => {
    const { report } = await shop({}, { ...SEED, product })
    const { made, code } = await report('acme/web')
    expect(shown(made)).toEqual(USES)
    expect(code).toBe(0)
  })

  it('reads a checkout without a request, and follows no link out of it', async () => {
    const { place, report, sandbox } = await shop()
    for (const [path, text] of Object.entries(WEB)) {
      await mkdir(dirname(join(place.folder, 'tree', path)), { recursive: true })
      await writeFile(join(place.folder, 'tree', path), text)
    }
    await mkdir(join(place.folder, 'outside'), { recursive: true })
    await writeFile(join(place.folder, 'outside/action.yml'), 'runs: {steps: [{uses: octo/outside@v1}]}')
    await symlink(join(place.folder, 'outside'), join(place.folder, 'tree/.github/actions/gone'))
    const { made } = await report('acme/web', '--checkout', 'tree')
    expect(shown(made)).toEqual(USES.filter(([repository]) => repository === 'acme/web'))
    expect(made.not_read.map(({ file }) => file)).toEqual(['.github/workflows/release.yml@v1'])
    expect(sandbox.asked).toEqual([])
  })

  it.each([80, 200])('fits %i columns, and keeps hostile text on its line', async (columns) => {
    const { place } = await shop()
    const { stdout } = await place.run(['report', 'actions-used', 'acme/web'], { columns })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them is to be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/)
    const rows = stdout.split('\n').filter((line) => /^(?:acme|workflows|actions)\//.test(line))
    expect(rows.length).toBeGreaterThan(USES.length)
    for (const row of rows) expect(stringWidth(row), row).toBeLessThanOrEqual(columns)
    expect(stdout.split('\n').filter((line) => line.startsWith('::'))).toEqual([])
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Actions used: 30 in 1 repository, 8 not pinned.')
  })

  it('breaks neither Markdown nor HTML', async () => {
    const { place } = await shop()
    const page = (await place.run(['report', 'actions-used', 'acme/web', '--format', 'html'])).stdout
    expect(page).not.toContain('<img')
    expect(page).toContain('octo/&lt;img src=x&gt;')
    const text = (await place.run(['report', 'actions-used', 'acme/web', '--format', 'markdown'])).stdout
    const [row = ''] = text.split('\n').filter((line) => line.includes('<img'))
    expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7)
  })

  it('runs for no event that carries a pull request', async () => {
    const { place, sandbox } = await shop()
    const event = join(place.folder, 'event.json')
    await writeFile(event, JSON.stringify({ pull_request: { number: 1 } }))
    const env = {
      ...{ GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event },
      GITHUB_REPOSITORY: 'acme/web',
    }
    expect(await place.run(['report', 'actions-used', 'acme/web'], { env })).toMatchObject({ code: 3, stdout: '' })
    expect(sandbox.asked).toEqual([])
  })
})

describe('what a list of the configuration leaves to GitHub is not certain', () => {
  const text = (selected: string) =>
    `version: 1\norganizations: { acme: { permissions: { allowed_actions: selected, ${selected} } } }\n`
  const files = {
    '.github/workflows/a.yml':
      'jobs: {a: {steps: [{uses: actions/checkout@v4}, {uses: octo/good@v1}, {uses: octo/bad@v1}, {uses: octo/gone@v1}]}}',
  }
  const seed = { product: 'ghec', organizations: { acme: { repositories: { web: { files: { main: files } } } } } }
  const list = (more: string) => `selected_actions: { ${more} }`

  it.each<[string, string, readonly string[], readonly string[]]>([
    [
      'nothing',
      list('github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["octo/good@*"]'),
      ['octo/bad@v1', 'octo/gone@v1'],
      [],
    ],
    [
      'the flag for actions of GitHub',
      list('verified_allowed: false, patterns_allowed: ["octo/good@*"]'),
      ['octo/bad@v1', 'octo/gone@v1'],
      ['actions/checkout@v4'],
    ],
    [
      'the flag for verified creators',
      list('github_owned_allowed: true, patterns_allowed: ["octo/good@*"]'),
      [],
      ['octo/bad@v1', 'octo/gone@v1'],
    ],
    [
      'the patterns that are there',
      list('github_owned_allowed: true, verified_allowed: false, add_patterns_allowed: ["octo/good@*"]'),
      [],
      ['octo/bad@v1', 'octo/gone@v1'],
    ],
    [
      'no pattern that it takes away',
      list(
        'github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["octo/good@*", "octo/gone@*"], remove_patterns_allowed: ["octo/gone@*"]',
      ),
      ['octo/bad@v1', 'octo/gone@v1'],
      [],
    ],
  ])('%s', async (_, selected, breaks, unsure) => {
    const { report } = await shop({ 'octoform.yaml': text(selected) }, seed)
    const { made } = await report('acme/web')
    const effect = made.policies.find(({ policy }) => policy === 'selected')
    expect(effect?.breaks.map(({ uses }) => uses)).toEqual(breaks)
    expect(effect?.unsure.map(({ uses }) => uses)).toEqual(unsure)
  })
})
