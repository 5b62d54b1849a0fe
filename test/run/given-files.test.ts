import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { SMALL_SEED, SMALL_YAML } from '../support/small-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NOWHERE = { url: 'http://127.0.0.1:9' }
const LONG = `${'x'.repeat(300)}.json`
const isRoot = process.getuid?.() === 0

/** A folder with one unreadable file of each kind. */
async function obstacles(): Promise<Workplace> {
  const place = await workplace(NOWHERE, { 'octoform.yaml': SMALL_YAML, 'shut.json': '{}' })
  const at = (name: string): string => join(place.folder, name)
  mkdirSync(at('folder.json'))
  symlinkSync('loop.json', at('loop.json'))
  execFileSync('/usr/bin/mkfifo', [at('fifo.json')])
  writeFileSync(at('huge.json'), '')
  truncateSync(at('huge.json'), 300 * 1024 * 1024)
  chmodSync(at('shut.json'), 0)
  return place
}

/** Each name with its message. */
const KINDS: readonly (readonly [name: string, says: string])[] = [
  ['gone.json', 'gone.json cannot be read (there is no such file).'],
  [
    'octoform.yaml/x.json',
    'octoform.yaml/x.json cannot be read (there is no such file: what it should lie in is not a folder).',
  ],
  ['loop.json', 'loop.json cannot be read (it is a link that leads nowhere).'],
  [LONG, `${LONG} cannot be read (its name is too long).`],
  ['fifo.json', 'fifo.json is not a regular file'],
  ['/dev/zero', '/dev/zero is not a regular file'],
  ['huge.json', 'huge.json is larger than '],
  ...(isRoot ? [] : ([['shut.json', 'shut.json cannot be read (this user may not).']] as const)),
]

describe.skipIf(process.platform === 'win32')('a file that cannot be read', () => {
  it.each(KINDS)('show, apply and sandbox --seed: %s', async (name, says) => {
    const place = await obstacles()
    for (const args of [
      ['show', name],
      ['apply', name],
      ['sandbox', '--seed', name],
    ]) {
      const { code, stdout, stderr } = await place.run(args)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr.startsWith(`error: ${says}`), `${args[0]}: ${stderr}`).toBe(true)
      expect(stderr).not.toMatch(/E[A-Z]{4,}|syscall|node:/)
    }
  })

  it('sandbox --seed takes no folder, nor --log one', async () => {
    const place = await obstacles()
    expect(await place.run(['sandbox', '--seed', 'folder.json'])).toMatchObject({
      code: 1,
      stderr: 'error: folder.json cannot be read (it is a folder).\n',
    })
    expect(await place.run(['sandbox', '--log', 'folder.json'])).toMatchObject({
      code: 1,
      stderr: 'error: --log folder.json cannot be written (it is a folder).\n',
    })
  })

  it('--values that is there names each file that was looked for; one that is not a folder is told before', async () => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const yaml = SMALL_YAML.replace('env: NEW_VALUE', 'file: new.txt')
    const place = await workplace(sandbox, { 'octoform.yaml': yaml, 'values/other.txt': '' })
    expect(await place.run(['apply', '--auto-approve', '--values', 'values'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `file:new.txt cannot be read (there is no such file); it was looked for at ${join(place.folder, 'values/new.txt')}`,
      ),
    })
    for (const [values, says] of [
      ['nowhere', '--values nowhere cannot be read (there is no such file).'],
      ['Values', '--values Values cannot be read (there is no such file; did you mean `values`?).'],
      ['value', '--values value cannot be read (there is no such file; did you mean `values`?).'],
      ['octoform.yaml', '--values octoform.yaml is not a folder.'],
    ] as const) {
      for (const command of ['plan', 'apply', 'drift']) {
        const flags = command === 'apply' ? ['--auto-approve'] : []
        expect(await place.run([command, ...flags, '--values', values])).toMatchObject({
          code: 1,
          stderr: `error: ${says}\n`,
        })
      }
    }
    expect(sandbox.writes()).toEqual([])
  })
})

describe('a file that cannot be written', () => {
  it.each([
    ['plan', ['plan', '--out', 'nowhere/plan.json'], 'nowhere/plan.json cannot be written (there is no such folder).'],
    ['plan, over a folder', ['plan', '--out', '.'], '. cannot be written (it is a folder).'],
    [
      'plan --html-file',
      ['plan', '--html-file', 'nowhere/plan.html'],
      'nowhere/plan.html cannot be written (there is no such folder).',
    ],
    [
      'apply --report',
      ['apply', '--auto-approve', '--report', 'nowhere/report.json'],
      'nowhere/report.json cannot be written (there is no such folder).',
    ],
    [
      'import --out',
      ['import', 'orgs/acme', '--out', 'octoform.yaml/x'],
      'octoform.yaml/x/acme.yaml cannot be written (there is no such file: what it should lie in is not a folder).',
    ],
  ])('%s: exit 1, in our words', async (_, args, says) => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': SMALL_YAML }, { NEW_VALUE: 'planted' })
    const { code, stderr } = await place.run(args)
    expect(code).toBe(1)
    expect(stderr).toContain(`error: ${says}\n`)
    expect(stderr).not.toMatch(/ENO|EISDIR|EEXIST/)
  })
})
