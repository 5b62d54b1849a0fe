import { execFileSync } from 'node:child_process'
import { chmod, symlink, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { holdsConfiguration } from '../../src/config/holds-configuration.ts'
import { type Loaded, loadConfiguration } from '../../src/config/load.ts'
import { walkFolder } from '../../src/config/walk-folder.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import { families } from '../../src/families/index.ts'
import { passedOverText } from '../../src/run/passed-over.ts'
import { type Files, withFiles } from './load-files.ts'

const HERE = 'version: 1\n'

/** The files that a folder gives, after a step of preparation. */
async function read(
  files: Files,
  paths: readonly string[],
  prepare: (folder: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ files: readonly string[]; problems: readonly string[]; told: string | undefined; loaded: Loaded }> {
  return withFiles(files, async (folder) => {
    await prepare(folder)
    const loaded = await loadConfiguration(paths, folder, families)
    return {
      files: loaded.configuration?.files ?? [],
      problems: loaded.problems.map(formatDiagnostic),
      told: passedOverText(loaded.passedOver),
      loaded,
    }
  })
}

describe('a folder', () => {
  it('gives what has the ending in any case, and each JSON that is a configuration', async () => {
    const names = ['a.yaml', 'b.YAML', 'c.Yml', 'd.yML', 'deep/er/e.YAML']
    const { files, told } = await read(
      {
        ...Object.fromEntries(names.map((name) => [`conf/${name}`, HERE])),
        'conf/o.json': '{"organizations":{}}',
        'conf/r.JSON': '{"repositories":{}}',
        'conf/s.json': '{"x-a":{},"organization_sets":[]}',
        'conf/readme.md': '',
        'conf/yaml': '',
        'conf/x.yaml.txt': '',
      },
      ['conf'],
    )
    const expected = [...names, 'o.json', 'r.JSON', 's.json'].map((name) => `conf/${name}`)
    expect(files).toEqual(expected.sort())
    expect(told).toBeUndefined()
  })

  it('says in one line what it holds beside, with a count and three names', async () => {
    const { files, told } = await read(
      {
        'conf/a.yaml': HERE,
        'conf/.e.yaml': 'version: [',
        'conf/.hidden/deep/f.yml': 'version: [',
        'conf/node_modules/p/package.json': '{}',
        'conf/package.json': '{"name": "x"}',
        'conf/list.json': '[{"organizations": 1}]',
        'conf/.git/refs/heads/fix.yaml': '',
        'conf/readme.md': '',
      },
      ['conf'],
    )
    expect(files).toEqual(['conf/a.yaml'])
    expect(told).toBe(
      'Passed over in folders: 5 files (conf/.e.yaml, conf/.hidden/deep/f.yml, conf/list.json and 2 more); ' +
        'name with --config or `include` what is to be read.',
    )
  })

  it('does not say it of a file that is named beside the folder', async () => {
    const files = { 'conf/a.yaml': HERE, 'conf/.e.yaml': 'x-a: {}\n', 'conf/x.json': '{"guards": {}}' }
    const { files: all, told } = await read(files, ['conf', 'conf/.e.yaml', './conf/x.json'])
    expect(all).toEqual(['conf/.e.yaml', 'conf/a.yaml', 'conf/x.json'])
    expect(told).toBeUndefined()
  })

  it('says of a JSON that lacks a bracket where it is wrong', async () => {
    const { problems } = await read({ 'conf/a.yaml': HERE, 'conf/o.json': '{"organizations": {"acme": {}' }, ['conf'])
    expect(problems).toEqual(['conf/o.json:1:19: error: this bracket is not closed'])
  })

  it('passes over a JSON that can be no configuration', async () => {
    const { files, told } = await read(
      {
        'conf/a.yaml': HERE,
        'conf/big.json': '{"organizations": {}}',
        'conf/utf16.json': new Uint8Array([0xff, 0xfe, 0x7b, 0]),
      },
      ['conf'],
      (folder) => truncate(join(folder, 'conf/big.json'), 17 * 1024 * 1024),
    )
    expect(files).toEqual(['conf/a.yaml'])
    expect(told).toContain('2 files (conf/big.json, conf/utf16.json)')
  })

  it('is entered by no link, and says so where what that leads to is not read anyway', async () => {
    const { files, problems, told } = await read(
      { 'conf/a/x.yaml': HERE, 'conf/.h/z.yaml': HERE, 'out/y.yaml': HERE },
      ['conf'],
      async (folder) => {
        await symlink('a', join(folder, 'conf/same'))
        await symlink('..', join(folder, 'conf/a/up'))
        await symlink(join(folder, 'out'), join(folder, 'conf/out'))
        await symlink('.h', join(folder, 'conf/hidden'))
        await symlink('loop', join(folder, 'conf/loop'))
        await symlink('x.yaml', join(folder, 'conf/a/again.yaml'))
      },
    )
    expect(problems).toEqual([])
    expect(files).toEqual(['conf/a/x.yaml'])
    expect(told).toContain('1 file and 2 links to folders (conf/.h/z.yaml, conf/hidden, conf/out)')
  })

  it.each<readonly [string, (folder: string) => Promise<unknown>, string]>([
    [
      'a link that leads nowhere',
      (conf) => symlink('nowhere', join(conf, 'x.yaml')),
      'conf/x.yaml: is a link that leads nowhere',
    ],
    ['a link to itself', (conf) => symlink('x.yml', join(conf, 'x.yml')), 'conf/x.yml: is a link that leads nowhere'],
    [
      'a link that leaves',
      (conf) => symlink('/etc/hosts', join(conf, 'x.yaml')),
      'conf/x.yaml: is a link that leaves the folder',
    ],
    [
      'a FIFO',
      async (conf) => execFileSync('/usr/bin/mkfifo', [join(conf, 'x.yaml')]),
      'conf/x.yaml: is not a regular file',
    ],
  ])('complains of %s by its own name', async (_, prepare, expected) => {
    const { problems } = await read({ 'conf/a.yaml': HERE }, ['conf'], (folder) => prepare(join(folder, 'conf')))
    expect(problems).toEqual([`error: ${expected}`])
  })

  it.runIf(process.getuid?.() !== 0)('complains of what this user may not read by its own name', async () => {
    const { problems } = await read(
      { 'conf/a.yaml': HERE, 'conf/x.json': '{}', 'conf/in/b.yaml': HERE },
      ['conf'],
      async (folder) => {
        for (const name of ['a.yaml', 'x.json', 'in']) await chmod(join(folder, 'conf', name), 0)
      },
    )
    expect(problems).toEqual(
      ['a.yaml', 'in', 'x.json'].map((name) => `error: conf/${name}: cannot be read (this user may not)`),
    )
  })
})

describe('a folder that is too large', () => {
  it('is refused, and what was found of it is not taken for all', async () => {
    await withFiles({ 'conf/a.yaml': HERE, 'conf/b.txt': '', 'conf/deep/c.txt': '' }, async (folder) => {
      const conf = { path: join(folder, 'conf'), folders: [folder, join(folder, 'conf')] }
      const budget = { left: 4 }
      expect((await walkFolder(conf, { within: conf.path, budget })).problems).toEqual([])
      expect((await walkFolder(conf, { within: conf.path, budget })).problems).toEqual([
        { path: conf.path, message: 'holds more than 100,000 files and folders: name a smaller one' },
      ])
    })
  })
})

describe('a JSON file is a configuration', () => {
  it.each<readonly [string, boolean]>([
    ['{"organizations": {}}', true],
    ['{\n\t"x": [1, "organizations"],\n\t"enterprises" : {}\n}', true],
    ['{"a": {"repositories": []}}', false],
    ['{"a": "repositories", "b": 1}', false],
    ['{"organizations"', false],
    ['{"a": "\\"", "organization_sets": []', true],
    ['[{"organizations": {}}]', false],
    ['"organizations": {}', false],
    ['{"a": "unfinished \\', false],
    ['', false],
    ['{"Organizations": {}}', false],
  ])('%s: %s', (json, expected) => expect(holdsConfiguration(json)).toBe(expected))
})
