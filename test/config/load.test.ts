import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfiguration } from '../../src/config/load.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import { BUDGETS } from '../../src/core/guards.ts'
import { families } from '../../src/families/index.ts'
import { configurationOf, problemsOf, withFiles } from './load-files.ts'

const EMPTY = 'version: 1\n'

describe('files and folders', () => {
  it('takes every YAML file of a folder, once, and skips what starts with a dot', async () => {
    const files = {
      'octoform.yaml': EMPTY,
      'teams/b.yml': EMPTY,
      'teams/a/c.yaml': EMPTY,
      'teams/.hidden/d.yaml': 'version: [',
      'teams/.e.yaml': 'version: [',
      'teams/readme.md': 'no YAML: [',
    }
    const { files: read } = await configurationOf(files, ['teams', 'octoform.yaml', './teams/b.yml'])
    expect(read).toEqual(['octoform.yaml', 'teams/a/c.yaml', 'teams/b.yml'])
  })

  it.each([
    [
      { 'empty/readme.md': '' },
      ['empty'],
      'error: empty: holds no .yaml or .yml file, and no .json with `organizations`, `repositories`, ' +
        '`organization_sets` or `enterprises` at the top',
    ],
    [{}, ['octoform.yaml'], 'error: octoform.yaml: cannot be read (there is no such file)'],
    [{ 'a.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0x00]) }, ['a.yaml'], 'error: a.yaml: is not UTF-8 text'],
    [{ 'a.yaml': new Uint8Array([0x61, 0x3a, 0x20, 0xc3]) }, ['a.yaml'], 'error: a.yaml: is not UTF-8 text'],
  ])('%j', async (files, paths, expected) => {
    expect(await problemsOf(files, paths)).toEqual([expected])
  })

  it('reads a file with a byte order mark', async () => {
    expect(await problemsOf({ 'a.yaml': '\uFEFFversion: 2' })).toEqual(['a.yaml:1:10: error: `version` must be 1'])
  })

  it('refuses a file over 16 MiB without reading it', async () => {
    await withFiles({ 'big.yaml': EMPTY }, async (folder) => {
      await truncate(join(folder, 'big.yaml'), 17 * 1024 * 1024)
      const { problems } = await loadConfiguration(['big.yaml'], folder, families)
      expect(problems.map(formatDiagnostic)).toEqual(['error: big.yaml: is larger than 16 MiB'])
    })
  })

  it('follows links within the folder, and refuses one that leaves it', async () => {
    await withFiles({ 'out.yaml': EMPTY, 'in/data/a.yaml': EMPTY }, async (folder) => {
      await symlink(join(folder, 'in/data/a.yaml'), join(folder, 'in/link.yaml'))
      const inside = await loadConfiguration(['in'], folder, families)
      expect(inside.configuration?.files).toEqual(['in/data/a.yaml'])
      await symlink(join(folder, 'out.yaml'), join(folder, 'in/leaves.yaml'))
      await mkdir(join(folder, 'elsewhere'))
      await writeFile(join(folder, 'elsewhere/x.yaml'), 'version: [')
      await symlink(join(folder, 'elsewhere'), join(folder, 'in/linked-folder'))
      const { problems } = await loadConfiguration(['in'], folder, families)
      expect(problems.map(formatDiagnostic)).toEqual(['error: in/leaves.yaml: is a link that leaves the folder'])
    })
  })

  it('shows an absolute path outside of the working folder as it was given', async () => {
    await withFiles({ 'a.yaml': EMPTY, 'work/b.yaml': EMPTY }, async (folder) => {
      const { configuration } = await loadConfiguration(
        [join(folder, 'a.yaml'), 'b.yaml'],
        join(folder, 'work'),
        families,
      )
      expect(configuration?.files).toEqual([`${folder}/a.yaml`, 'b.yaml'])
      const { configuration: near } = await loadConfiguration(['../a.yaml'], join(folder, 'work'), families)
      expect(near?.files).toEqual(['../a.yaml'])
    })
  })
})

describe('what governs the whole run', () => {
  it('has defaults', async () => {
    const configuration = await configurationOf({ 'b/octoform.yaml': EMPTY, 'b/teams/a.yaml': EMPTY })
    expect(configuration.guards).toEqual({
      ...BUDGETS,
      never_public: [],
      protect: [],
      max_cleanup: 1000,
      cleanup_logs: false,
    })
    expect(configuration.github).toEqual({})
    expect(configuration.ledger.path).toMatch(/[\\/]b[\\/]\.octoform[\\/]ledger\.json$/)
    expect(configuration.owners).toEqual([])
  })

  it('is read from whichever file has it', async () => {
    const configuration = await configurationOf({
      'a.yaml': EMPTY,
      'c/x.yaml': 'ledger: { path: state/l.json }\nguards: { max_deletions: 3 }\ngithub: { product: ghes-3.19 }',
    })
    expect(configuration.guards).toEqual({
      ...BUDGETS,
      max_deletions: 3,
      max_revocations: 3,
      never_public: [],
      protect: [],
      max_cleanup: 1000,
      cleanup_logs: false,
    })
    expect(configuration.github).toEqual({ product: 'ghes-3.19', source: { file: 'c/x.yaml', line: 3, col: 1 } })
    expect(configuration.ledger.path).toMatch(/octoform-config-[^\\/]+[\\/]c[\\/]state[\\/]l\.json$/)
  })

  it('stands in one file', async () => {
    const twice = 'version: 1\ngithub: {}\nledger: {}\nguards: {}\n'
    expect(await problemsOf({ 'a.yaml': twice, 'b.yaml': twice })).toEqual([
      'b.yaml:2:1: error: `github` stands in one file only; it is also at a.yaml:2:1',
      'b.yaml:3:1: error: `ledger` stands in one file only; it is also at a.yaml:3:1',
      'b.yaml:4:1: error: `guards` stands in one file only; it is also at a.yaml:4:1',
    ])
  })

  it('has a version', async () => {
    expect(await problemsOf({ 'a.yaml': 'organizations: {}', 'b.yaml': 'x-a: 1' })).toEqual([
      'a.yaml:1:1: error: write `version: 1`',
    ])
  })
})

it('reports the limit of a configuration whose file was read for its includes already', async () => {
  const problems = await problemsOf({ 'octoform.yaml': `version: 1\n# include\n${'\n'.repeat(300_000)}` })
  expect(problems).toEqual([expect.stringContaining('the configuration holds more than 1,000,000 words and signs')])
})

describe('owners and layers', () => {
  it('folds names and knows organizations wherever they stand', async () => {
    const { owners, layers } = await configurationOf({
      'a.yaml': 'version: 1\nrepositories: { Acme/Web: {}, octocat/x: {} }',
      'b.yaml': 'organizations: { acme: {}, Beta: {} }\norganization_sets: [{ match: { name: "b*" }, secrets: {} }]',
    })
    expect(owners).toEqual([
      { name: 'acme', by: 'organization', source: { file: 'b.yaml', line: 1, col: 18 } },
      { name: 'beta', by: 'organization', source: { file: 'b.yaml', line: 1, col: 28 } },
      { name: 'octocat', by: 'repository', source: { file: 'a.yaml', line: 2, col: 31 } },
    ])
    expect(layers.map(({ rank, owner, repository }) => [rank, owner, repository])).toEqual([
      ['repository', 'acme', 'web'],
      ['repository', 'octocat', 'x'],
      ['organization', 'acme', undefined],
      ['organization', 'beta', undefined],
      ['organization_set', 'beta', undefined],
    ])
  })

  it('reports the problems of all files together, in order', async () => {
    const files = { 'b.yaml': 'version: 2', 'a.yaml': 'a: [', 'c.yaml': 'version: 1\nnope: 1' }
    expect(await problemsOf(files, ['c.yaml', 'b.yaml', 'a.yaml', 'd.yaml'])).toEqual([
      'error: d.yaml: cannot be read (there is no such file)',
      expect.stringMatching(/^a\.yaml:1:\d+: error/),
      'b.yaml:1:10: error: `version` must be 1',
      expect.stringMatching(/^c\.yaml:2:1: error: unknown key `nope`/),
    ])
  })
})
