import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Configuration } from '../../src/config/configuration.ts'
import { allowances, type Grants } from '../../src/config/grants.ts'
import { type Loaded, loadConfiguration } from '../../src/config/load.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import { families } from '../../src/families/index.ts'
import { openValues } from '../../src/secrets/values.ts'

const secret = (name: string, value = ''): string =>
  `organizations: { acme: { secrets: { ${name}: { visibility: all${value && `, value: ${value}`} } } } }\n`

const GOVERN = `version: 1
ledger: { path: state/ledger.json }
files:
  "*.yaml": { addresses: ["**"], values: ["**"] }
  "orgs/**": { addresses: ["orgs/**"], values: ["**"] }
  "teams/pay/**": { addresses: ["orgs/acme/secrets/PAY_*"], values: ["PAY_*", "keys/*"] }
`

/** A repository as several teams share it. */
const FILES = {
  'admin/octoform.yaml': `${GOVERN}include: [orgs]\n`,
  'admin/alone.yaml': GOVERN,
  'admin/orgs/acme.yaml': secret('NPM', '{ file: keys/npm }'),
  'admin/orgs/keys/npm': 'value-of-npm',
  'admin/teams/pay/pay.yaml': secret('PAY_A', '{ file: keys/a }'),
  'admin/teams/pay/keys/a': 'value-of-pay',
  'admin/teams/pay/private/b': 'private-value',
  'admin/teams/pay/orgs/x.yaml': secret('A'),
  'outside/y.yaml': secret('PAY_Y'),
  'work/deep/readme.md': '',
}
const LINKS = {
  'admin/teams/pay/orgs-link.yaml': '../../orgs/acme.yaml',
  'admin/orgs/pay-link.yaml': '../teams/pay/pay.yaml',
  'admin/teams/pay/keys/b': '../private/b',
  'admin/teams/pay/back': '../..',
  elsewhere: 'admin',
  'work/linked.yaml': '../admin/alone.yaml',
}

let root = ''
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'octoform-paths-')))
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), text)
  }
  for (const [name, target] of Object.entries(LINKS)) await symlink(target, join(root, name))
})
afterAll(() => rm(root, { recursive: true }))

const load = (cwd: string, paths: readonly string[]): Promise<Loaded> =>
  loadConfiguration(paths, join(root, cwd), families)

/** The messages without the place, whose name is as seen from the working folder. */
async function problems(cwd: string, paths: readonly string[]): Promise<readonly string[]> {
  return (await load(cwd, paths)).problems.map(({ message }) => message.replace(/ at \S*octoform\S*$/, ''))
}

/** The meaning of a configuration, under all names of its files. */
async function meaning({ ledger, layers, grants, files }: Configuration, cwd: string): Promise<unknown> {
  const values = openValues({ env: {}, cwd: join(root, cwd) })
  const sources = layers.flatMap(({ file, body }) => {
    const [source] = /keys\/\w+/.exec(JSON.stringify(body)) ?? []
    return source === undefined ? [] : [{ source: `file:${source}`, declaredIn: file }]
  })
  const found = await Promise.all(sources.map(async (source) => [source.source, (await values.available(source)).ok]))
  return { ledger, values: found, names: files.map((file) => grants?.namesOf(file)).sort(), owners: layers.length }
}

/** Each folder that a command may be started in, with ways from there to a path of the repository. */
const STARTS: readonly (readonly [string, (path: string) => string])[] = [
  ['.', (path) => path],
  ['.', (path) => `./${path}`],
  ['.', (path) => `work/../${path}`],
  ['.', (path) => `${path}/`.replace(/ya?ml\/$/, 'yaml')],
  ['admin', (path) => relative('admin', path) || '.'],
  ['admin', (path) => `../${path}`],
  ['admin/teams/pay', (path) => relative('admin/teams/pay', path) || '.'],
  ['admin/orgs', (path) => relative('admin/orgs', path) || '.'],
  ['work/deep', (path) => `../../${path}`],
  ['work', (path) => join(root, path)],
  ['outside', (path) => join(root, path).replace('/admin', '/elsewhere')],
  ['elsewhere', (path) => relative('admin', path) || '.'],
  ['.', (path) => path.replace(/^admin/, 'elsewhere')],
]

describe('a configuration means the same from everywhere', () => {
  const wholes = [['admin/octoform.yaml'], ['admin/octoform.yaml', 'admin/teams/pay/pay.yaml', 'admin/orgs/acme.yaml']]
  it.each(STARTS.map(([cwd, way], index) => ({ cwd, way, index })))('$index: started in $cwd', async ({ cwd, way }) => {
    for (const paths of wholes) {
      const here = await load(cwd, paths.map(way))
      expect(here.problems.map(formatDiagnostic)).toEqual([])
      if (here.configuration === undefined) throw new Error('no configuration')
      const isWhole = paths.length > 1
      expect(await meaning(here.configuration, cwd)).toEqual({
        ledger: { path: join(root, 'admin/state/ledger.json'), below: join(root, 'admin') },
        values: isWhole
          ? expect.arrayContaining([
              ['file:keys/npm', true],
              ['file:keys/a', true],
            ])
          : expect.anything(),
        names: expect.arrayContaining([['octoform.yaml'], ['orgs/acme.yaml']]),
        owners: expect.any(Number),
      })
    }
  })

  it.each(STARTS.map(([cwd, way], index) => ({ cwd, way, index })))(
    '$index: what a team may not stays denied in $cwd',
    async ({ cwd, way }) => {
      const orgs = await problems(cwd, [way('admin/octoform.yaml'), way('admin/teams/pay/orgs')])
      expect(orgs).toEqual([
        'this file may not declare orgs/acme/secrets/A: that takes "orgs/acme/secrets/A" among the addresses of "teams/pay/**"',
      ])
    },
  )
})

describe('with `files`, each way to a file must be allowed', () => {
  it.each<readonly [string, string, readonly unknown[]]>([
    [
      'a link in a team\u2019s folder to a file of another one',
      'admin/teams/pay/orgs-link.yaml',
      [
        expect.stringContaining(
          'this file may not declare orgs/acme/secrets/NPM: a link leads to it, so that takes "orgs/acme/secrets/NPM" among ' +
            'the addresses of each of "orgs/acme.yaml" and "teams/pay/orgs-link.yaml" in `files`',
        ),
      ],
    ],
    ['a link in a wider folder to a file of a team', 'admin/orgs/pay-link.yaml', []],
    [
      'a way by a linked folder',
      'admin/teams/pay/back/orgs/acme.yaml',
      [expect.stringContaining('each of "orgs/acme.yaml" and "teams/pay/back/orgs/acme.yaml"')],
    ],
    [
      'a file outside',
      'outside/y.yaml',
      [expect.stringMatching(/PAY_Y: it lies outside of the folder of \S*alone\.yaml, so no entry of `files` at/)],
    ],
  ])('%s', async (_, path, expected) => {
    for (const [cwd, way] of STARTS) {
      for (const paths of [
        [way('admin/alone.yaml'), way(path)],
        [way(path), way('work/linked.yaml')],
      ]) {
        const found = await problems(cwd, paths)
        expect(found.map((each) => each.replace('linked.yaml', 'alone.yaml'))).toEqual(expected)
      }
    }
  })

  it('a file that is reached both by a link and without one has the name that has none', async () => {
    expect(await problems('.', ['admin/octoform.yaml', 'admin/teams/pay/orgs-link.yaml'])).toEqual([])
    expect(await problems('admin', ['teams/pay/orgs-link.yaml', 'alone.yaml', 'orgs/acme.yaml'])).toEqual([])
  })

  it('a link in the folder of a YAML leads to no value that `files` does not give it', async () => {
    const { configuration } = await load('admin', ['alone.yaml', 'teams/pay/pay.yaml'])
    const allowed = allowances(configuration?.grants as Grants)
    const values = openValues({
      env: {},
      cwd: join(root, 'admin'),
      mayTake: (declaredIn, source) => allowed(declaredIn).takes(source),
    })
    const of = (source: string) => values.available({ source, declaredIn: 'teams/pay/pay.yaml' })
    expect(await of('file:keys/a')).toEqual({ ok: true })
    expect(await of('file:keys/b')).toEqual({
      ok: false,
      reason: 'file:keys/b leads by a link to private/b, which `files` does not give teams/pay/pay.yaml',
    })
    expect(
      await openValues({ env: {}, cwd: root }).available({
        source: 'file:keys/b',
        declaredIn: 'admin/teams/pay/pay.yaml',
      }),
    ).toEqual({ ok: true })
  })

  it('an entry that matches no file is a warning with its line', async () => {
    const { configuration } = await load('admin', ['alone.yaml', 'orgs/acme.yaml'])
    expect(configuration?.warnings.map(formatDiagnostic)).toEqual([
      'alone.yaml:6:3: warning: `teams/pay/**` matches no file that this run reads',
    ])
  })
})

describe('what is relative to a YAML that is a link', () => {
  it('is relative to where it really lies', async () => {
    await writeFile(join(root, 'outside/real.yaml'), secret('A', '{ file: k }').replace('org', 'version: 1\norg'))
    await writeFile(join(root, 'outside/k'), 'value-of-k')
    await symlink('../outside/real.yaml', join(root, 'work/by-link.yaml'))
    for (const [cwd, path] of [
      ['work', 'by-link.yaml'],
      ['.', 'work/by-link.yaml'],
      ['outside', 'real.yaml'],
    ] as const) {
      const { configuration } = await load(cwd, [path])
      // A ledger that the YAML does not name, too: by either way it is one.
      expect(configuration?.ledger.path).toBe(join(root, 'outside/.octoform/ledger.json'))
      const values = openValues({ env: {}, cwd: join(root, cwd) })
      expect(await values.available({ source: 'file:k', declaredIn: path })).toEqual({ ok: true })
    }
  })
})
