import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { CLI } from '../support/cli.ts'

const run = promisify(execFile)

/** Prints at the end which packages and tables a process has loaded. */
const TELLS = `process.on('exit', () => {
  const loaded = Object.keys(require.cache).map((path) => /node_modules\\/([^/]+)|(endpoints\\.json)$/.exec(path)).filter(Boolean)
  console.error('loaded ' + JSON.stringify([...new Set(loaded.map(([, name, table]) => name ?? table))].sort()))
})\n`

const SECRETS = 'organizations:\n  acme:\n    secrets: { A: { visibility: all, value: { env: V } } }\n'

it.each([
  ['--help', '', []],
  ['validate', SECRETS, ['fastest-levenshtein']],
  ['validate of YAML of a rare form', `x-of: &of { env: V }\n${SECRETS}`, ['fastest-levenshtein', 'yaml']],
])('%s loads no more than it needs', async (words, text, packages) => {
  const cwd = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(cwd, { recursive: true, force: true }))
  await writeFile(join(cwd, 'tells.cjs'), TELLS)
  await writeFile(join(cwd, 'octoform.yaml'), `version: 1\n${text}`)
  const args = ['--require', join(cwd, 'tells.cjs'), CLI, words.split(' ')[0] ?? '']
  const { stderr } = await run(process.execPath, args, { cwd, env: { PATH: process.env.PATH } })
  const loaded: readonly string[] = JSON.parse(/^loaded (.*)$/m.exec(stderr)?.[1] ?? '[]')
  expect(loaded.filter((name) => name !== '@commander-js' && name !== 'commander')).toEqual(packages)
})
