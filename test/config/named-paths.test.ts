import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfiguration } from '../../src/config/load.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import { families } from '../../src/families/index.ts'

const isRoot = process.getuid?.() === 0

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'octoform-named-'))
  const at = (name: string): string => join(folder, name)
  await mkdir(at('conf'))
  await mkdir(at('empty'))
  await mkdir(at('shut'))
  for (const name of ['octoform.yaml', 'conf/team.yaml', 'shut.yaml']) await writeFile(at(name), 'version: 1\n')
  await symlink('loop.yaml', at('loop.yaml'))
  await symlink('nowhere', at('dangling.yaml'))
  execFileSync('/usr/bin/mkfifo', [at('fifo.yaml')])
  for (const name of ['shut', 'shut.yaml']) await chmod(at(name), 0)
})
afterAll(() => rm(folder, { recursive: true }))

describe('what --config names and cannot be read', () => {
  it.each<readonly [string, string]>([
    ['nope.yaml', 'nope.yaml: cannot be read (there is no such file)'],
    ['octofrom.yaml', 'octofrom.yaml: cannot be read (there is no such file; did you mean `octoform.yaml`?)'],
    ['octoform.yml', 'octoform.yml: cannot be read (there is no such file; did you mean `octoform.yaml`?)'],
    ['Octoform.YAML', 'Octoform.YAML: cannot be read (there is no such file; did you mean `octoform.yaml`?)'],
    ['Conf', 'Conf: cannot be read (there is no such file; did you mean `conf`?)'],
    ['confg/team.yaml', 'confg/team.yaml: cannot be read (there is no such file; did you mean `conf`?)'],
    ['conf/taem.yaml', 'conf/taem.yaml: cannot be read (there is no such file; did you mean `conf/team.yaml`?)'],
    [
      'octoform.yaml/x',
      'octoform.yaml/x: cannot be read (there is no such file: what it should lie in is not a folder)',
    ],
    ['loop.yaml', 'loop.yaml: cannot be read (it is a link that leads nowhere)'],
    ['dangling.yaml', 'dangling.yaml: cannot be read (there is no such file)'],
    ['fifo.yaml', 'fifo.yaml: is not a regular file'],
    ['/dev/zero', '/dev/zero: is not a regular file'],
    ['empty', 'empty: holds no .yaml or .yml file, and no .json with'],
    ['', '--config is empty: name a file or folder'],
    ...(isRoot
      ? []
      : ([
          ['shut.yaml', 'shut.yaml: cannot be read (this user may not)'],
          ['shut', 'shut: cannot be read (this user may not)'],
        ] as const)),
  ])('%j', async (path, says) => {
    for (const paths of [[path], ['octoform.yaml', path], [path, path]]) {
      const { configuration, problems } = await loadConfiguration(paths, folder, families)
      expect(configuration).toBeUndefined()
      expect(problems.map(formatDiagnostic)).toEqual([expect.stringContaining(`error: ${says}`)])
    }
  })
})
