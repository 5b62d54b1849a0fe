import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { CLI } from '../support/cli.ts'

const run = promisify(execFile)

/** Prints each module that a process loads, and each file that it requires. */
const LOADER = `import { writeSync } from 'node:fs'
export async function load(url, context, next) {
  writeSync(2, 'loaded ' + url + '\\n')
  return next(url, context)
}\n`
const TELLS = `require('node:module').register('./loader.mjs', require('node:url').pathToFileURL(__filename))
process.on('exit', () => Object.keys(require.cache).forEach((path) => console.error('loaded ' + path)))\n`

const SECRETS = 'organizations:\n  acme:\n    secrets: { A: { visibility: all, value: { env: V } } }\n'

/** Files of dist/ by the names of scripts/chunks.mjs, and what the bundler puts between them. */
const START = ['cli', 'rolldown-runtime', 'run-process', 'start']
const VALIDATE = ['families', 'policy', 'validate']

it.each([
  ['--help', '', []],
  ['validate', SECRETS, VALIDATE],
  ['validate of YAML of a rare form', `x-of: &of { env: V }\n${SECRETS}`, [...VALIDATE, 'parse-wholly', 'yaml']],
])('%s loads no more than it needs', async (words, text, parts) => {
  const cwd = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(cwd, { recursive: true, force: true }))
  await writeFile(join(cwd, 'loader.mjs'), LOADER)
  await writeFile(join(cwd, 'tells.cjs'), TELLS)
  await writeFile(join(cwd, 'octoform.yaml'), `version: 1\n${text}`)
  const args = ['--require', join(cwd, 'tells.cjs'), CLI, words.split(' ')[0] ?? '']
  const { stderr } = await run(process.execPath, args, { cwd, env: { PATH: process.env.PATH } })
  const files = [...stderr.matchAll(/^loaded .*\/(?:dist|node_modules)\/(.*)$/gm)].map(([, file = '']) => file)
  const loaded = [...new Set(files.map((file) => file.replace(/(-[\w-]{8})?\.js$/, '')))].sort()
  expect(loaded).toEqual([...START, ...parts].sort())
})
