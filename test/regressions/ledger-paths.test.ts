import { execFileSync } from 'node:child_process'
import { mkdir, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NOTHING_THERE = '{"organizations": {"acme": {}}}'

async function world(path: string): Promise<{ place: Workplace; writes: () => readonly string[] }> {
  const sandbox = await watchedSandbox({ seed: NOTHING_THERE })
  const place = await workplace(
    sandbox,
    {
      'conf/octoform.yaml': `version: 1
ledger: { path: ${JSON.stringify(path)} }
organizations: { acme: { secrets: { A: { visibility: all, value: { env: A_VALUE } } } } }
`,
      'conf/text.txt': 'a file of a person',
      'conf/package.json': '{"name": "x"}',
      'conf/.git/config': '[core]\n',
      'out/there.json': '{}',
    },
    { A_VALUE: 'planted-value' },
  )
  const conf = join(place.folder, 'conf')
  await mkdir(join(conf, 'sub'))
  await symlink('../out', join(conf, 'linked-out'))
  await symlink('sub', join(conf, 'linked-sub'))
  await symlink('../out/there.json', join(conf, 'link.json'))
  await symlink('loop.json', join(conf, 'loop.json'))
  execFileSync('/usr/bin/mkfifo', [join(conf, 'fifo')])
  return { place, writes: sandbox.writes }
}

describe('a ledger that cannot be kept where `ledger.path` says', () => {
  it.each<readonly [string, string]>([
    ['/etc/passwd', 'octoform.yaml:2:11: error: `path` must lead down from the folder of this file'],
    ['/dev/zero', '`path` must lead down'],
    ['../out/new.json', '`path` must lead down'],
    ['.', '`path` must lead down'],
    ['.git/config', 'octoform.yaml:2:11: error: `path` leads into a .git folder'],
    ['sub/.GIT/new.json', 'leads into a .git folder'],
    ['linked-out/new.json', 'a link on its way leads out of the folder of the YAML that names it'],
    ['link.json', 'it is not a regular file'],
    ['loop.json', 'it is not a regular file'],
    ['fifo', 'it is not a regular file'],
    ['sub', 'it is not a regular file'],
    ['text.txt', 'conf/text.txt'],
    ['package.json', 'conf/package.json'],
    ['octoform.yaml', 'conf/octoform.yaml'],
    ['text.txt/new.json', 'conf/text.txt/new.json'],
    ['n'.repeat(300), 'its name is too long'],
    ['a\0b', '`path` holds a character that no file name can hold'],
  ])('%j: exit 1 for plan and apply, nothing is written', async (path, says) => {
    const { place, writes } = await world(path)
    const before = await Promise.all(['conf', 'out', 'conf/.git'].map((name) => readdir(join(place.folder, name))))
    for (const command of [['plan'], ['apply', '--auto-approve']]) {
      const { code, stdout, stderr } = await place.run([...command, '--config', 'conf/octoform.yaml'])
      expect([command[0], code]).toEqual([command[0], 1])
      expect(stdout + stderr).toContain(says)
      expect(stdout + stderr).not.toMatch(/\bE[A-Z]{4,}\b|syscall|planted|a file of a person|\bat .*\.ts:/)
    }
    expect(writes()).toEqual([])
    expect(await Promise.all(['conf', 'out', 'conf/.git'].map((name) => readdir(join(place.folder, name))))).toEqual(
      before,
    )
    expect(await place.read('conf/text.txt')).toBe('a file of a person')
  })

  it.each(['new/deep/ledger.json', './l.json', 'sub/../l.json', 'linked-sub/l.json'])('%s is one', async (path) => {
    const { place, writes } = await world(path)
    for (const cwd of ['conf/octoform.yaml', `${place.folder}/conf/octoform.yaml`, './out/../conf']) {
      const { code, stderr } = await place.run(['apply', '--auto-approve', '--config', cwd])
      expect([code, /error.*/.exec(stderr)?.[0]]).toEqual([0, undefined])
    }
    // The second and the third found the entry that the first left.
    expect(writes()).toHaveLength(1)
    expect(await place.read(join('conf', path))).toContain('"env:A_VALUE"')
  })
})
