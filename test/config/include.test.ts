import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfiguration } from '../../src/config/load.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import { families } from '../../src/families/index.ts'
import { type Files, withFiles } from './load-files.ts'

const HERE = 'x-a: {}\n'
const including = (...entries: string[]): string => `version: 1\ninclude: ${JSON.stringify(entries)}\n`

/** Files as they were read, or the problems; and the warnings. */
async function loaded(
  files: Files,
  paths: readonly string[] = ['octoform.yaml'],
  links: Readonly<Record<string, string>> = {},
): Promise<{
  readonly files?: readonly string[]
  readonly problems?: readonly string[]
  readonly warnings: readonly string[]
}> {
  return withFiles(files, async (folder) => {
    for (const [link, target] of Object.entries(links)) await symlink(target, join(folder, link))
    const { configuration, problems } = await loadConfiguration(paths, folder, families)
    const warnings = (configuration?.warnings ?? []).map(formatDiagnostic)
    return configuration === undefined
      ? { problems: problems.map(formatDiagnostic), warnings }
      : { files: configuration.files, warnings }
  })
}

const LAYOUT = {
  'orgs/acme.yaml': HERE,
  'orgs/deep/b.YML': HERE,
  'orgs/c.json': '{"organizations": {}}',
  'orgs/d.json': '{"name": "x"}',
  'teams/pay/x.yaml': HERE,
  'teams/pay/y.yml': HERE,
  'teams/web/x.yaml': HERE,
  'teams/readme.md': 'version: [',
  'extra.cfg': HERE,
}
const ORGS = ['orgs/acme.yaml', 'orgs/c.json', 'orgs/deep/b.YML']
const TEAMS = ['teams/pay/x.yaml', 'teams/pay/y.yml', 'teams/web/x.yaml']

describe('include', () => {
  it.each<readonly [readonly string[], readonly string[]]>([
    [['orgs'], ORGS],
    [['./orgs/'], ORGS],
    [['orgs', 'orgs', 'orgs/acme.yaml', 'teams/../orgs'], ORGS],
    [['teams/**/*.yaml'], ['teams/pay/x.yaml', 'teams/web/x.yaml']],
    [['teams/*'], TEAMS],
    [['teams/*/x.yaml'], ['teams/pay/x.yaml', 'teams/web/x.yaml']],
    [['teams/p?y'], ['teams/pay/x.yaml', 'teams/pay/y.yml']],
    [['**/x.yaml'], ['teams/pay/x.yaml', 'teams/web/x.yaml']],
    [['**'], [...ORGS, ...TEAMS]],
    [['.'], [...ORGS, ...TEAMS]],
    [
      ['*/acme.yaml', 'teams/web'],
      ['orgs/acme.yaml', 'teams/web/x.yaml'],
    ],
    [['extra.cfg'], ['extra.cfg']],
    [['octoform.yaml'], []],
    [[], []],
  ])('%j', async (entries, expected) => {
    const { files, warnings, problems } = await loaded({ ...LAYOUT, 'octoform.yaml': including(...entries) })
    expect({ problems, files, warnings }).toEqual({
      problems: undefined,
      files: [...expected, 'octoform.yaml'].sort(),
      warnings: [],
    })
  })

  it.each<readonly [string, string]>([
    ['nope', 'cannot be read (there is no such file)'],
    ['org', 'cannot be read (there is no such file; did you mean `orgs`?)'],
    ['Orgs/acme.yaml', 'cannot be read (there is no such file; did you mean `orgs`?)'],
    ['teams/payy/x.yaml', 'cannot be read (there is no such file; did you mean `teams/pay`?)'],
    ['orgs/acme.yaml/x', 'cannot be read (there is no such file: what it should lie in is not a folder)'],
    ['a\0b', 'cannot be read (no file can have this name)'],
    ['n'.repeat(5000), 'cannot be read (its name is too long)'],
    ['empty', 'holds no .yaml or .yml file, and no .json with'],
    ['dangling.yaml', 'cannot be read (there is no such file)'],
    ['loop', 'cannot be read (it is a link that leads nowhere)'],
    ['outside', 'is a link that leaves the folder of this file'],
    ['outside/x.yaml', 'is a link that leaves the folder of this file'],
    ['out*/x.yaml', 'matches no file'],
    ['..', 'leaves the folder of this file: write a path from there down'],
    ['../conf', 'leaves the folder of this file'],
    ['orgs/../../x', 'leaves the folder of this file'],
    ['teams/../**', 'has `..` in a glob'],
    ['/etc/hosts', 'is absolute'],
    ['/**', 'is absolute'],
    ['C:\\conf', 'is absolute'],
    ['!orgs', 'takes nothing away: write the files and folders that are to be read'],
  ])('%j', async (entry, expected) => {
    await withFiles({ ...LAYOUT, 'conf/octoform.yaml': including(entry), 'else/x.yaml': HERE }, async (folder) => {
      const conf = join(folder, 'conf')
      for (const name of ['orgs', 'teams/pay', 'empty']) await mkdir(join(conf, name), { recursive: true })
      await symlink(join(folder, 'else'), join(conf, 'outside'))
      await symlink('loop', join(conf, 'loop'))
      await symlink('nowhere', join(conf, 'dangling.yaml'))
      await writeFile(join(conf, 'orgs/acme.yaml'), HERE)
      const { configuration, problems } = await loadConfiguration(['conf/octoform.yaml'], folder, families)
      const told = [...problems, ...(configuration?.warnings ?? [])].map(formatDiagnostic)
      expect(told).toEqual([expect.stringContaining(`\`${entry}\` ${expected}`)])
      expect(told[0]).toMatch(/^conf\/octoform\.yaml:2:11: (error|warning): /)
    })
  })

  it('warns of a glob that matches nothing, with its line', async () => {
    const { files, warnings } = await loaded({
      ...LAYOUT,
      'octoform.yaml': including('team/*', 'orgs/*.txt', 'orgs/*.json'),
    })
    expect(files).toEqual(['octoform.yaml', 'orgs/c.json'])
    expect(warnings).toEqual([
      'octoform.yaml:2:11: warning: `team/*` matches no file of a configuration: nothing is included by it; did you mean `teams`?',
      'octoform.yaml:2:20: warning: `orgs/*.txt` matches no file of a configuration: nothing is included by it',
    ])
  })

  it.each<readonly [string, string]>([
    ['include: orgs', '2:10: error: `include` must be a list'],
    ['include: { orgs: true }', '2:10: error: `include` must be a list'],
    ['include: [7]', '2:11: error: entry 1 of `include` must be text; put it in quotes'],
    ['include: [""]', '2:11: error: entry 1 of `include` must not be empty'],
    ['include:', '2:1: error: `include` has no value; it must be a list'],
    [
      'organizations: { acme: { include: [orgs] } }',
      '2:26: error: unknown key `include` here: it belongs at the top of the file',
    ],
  ])('%s', async (yaml, expected) => {
    const { problems } = await loaded({ ...LAYOUT, 'octoform.yaml': `version: 1\n${yaml}\n` })
    expect(problems).toEqual([`octoform.yaml:${expected}`])
  })

  it('may stand in each file that --config names or its folder holds, in any order', async () => {
    const files = { ...LAYOUT, 'octoform.yaml': including('orgs'), 'teams/a.yaml': 'include: [pay]\n' }
    const expected = ['octoform.yaml', ...ORGS, 'teams/a.yaml', 'teams/pay/x.yaml', 'teams/pay/y.yml']
    for (const paths of [
      ['octoform.yaml', 'teams/a.yaml'],
      ['./teams/a.yaml', 'octoform.yaml', 'orgs'],
    ]) {
      expect((await loaded(files, paths)).files).toEqual(expected)
    }
    expect((await loaded({ ...LAYOUT, 'teams/a.yaml': including('web') }, ['teams'])).files).toEqual([
      'teams/a.yaml',
      ...TEAMS,
    ])
  })

  it('stands in no included file, unless --config names that too', async () => {
    const files = { ...LAYOUT, 'octoform.yaml': including('teams'), 'teams/a.yaml': 'include: [pay]\n' }
    expect((await loaded(files)).problems).toEqual([
      'teams/a.yaml:1:1: error: an included file cannot include: its entries belong into the file that includes it',
    ])
    expect((await loaded(files, ['octoform.yaml', 'teams/a.yaml'])).files).toEqual([
      'octoform.yaml',
      'teams/a.yaml',
      ...TEAMS,
    ])
  })

  it('stands beside `files` only in the file that holds it', async () => {
    const files = { ...LAYOUT, 'octoform.yaml': 'version: 1\nfiles: { "**": {} }\ninclude: [orgs]\n' }
    expect((await loaded(files)).files).toEqual(['octoform.yaml', ...ORGS])
    const other = { ...files, 'teams/a.yaml': 'include: [pay]\n' }
    expect((await loaded(other, ['octoform.yaml', 'teams/a.yaml'])).problems).toEqual([
      'teams/a.yaml:1:1: error: `include` stands beside `files`, in the file that holds it (octoform.yaml:2:1)',
    ])
  })

  it('starts from where a linked file really lies', async () => {
    const files = { ...LAYOUT, 'teams/octoform.yaml': including('pay'), 'pay/wrong.yaml': 'version: [' }
    const { files: read } = await loaded(files, ['link.yaml'], { 'link.yaml': 'teams/octoform.yaml' })
    expect(read).toEqual(['link.yaml', 'teams/pay/x.yaml', 'teams/pay/y.yml'])
  })

  it('is read from a file in JSON, too', async () => {
    const { files } = await loaded({ ...LAYOUT, 'o.json': '{\n\t"version": 1,\n\t"include": ["orgs"]\n}\n' }, [
      'o.json',
    ])
    expect(files).toEqual(['o.json', ...ORGS])
  })
})
