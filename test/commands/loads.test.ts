import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { CLI } from '../support/cli.ts'
import { withSandbox } from '../support/sandbox.ts'

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

/** The files that a command line loads, without their hashes. */
async function loadedBy(args: readonly string[], text: string, env: Readonly<Record<string, string>> = {}) {
  const cwd = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(cwd, { recursive: true, force: true }))
  await writeFile(join(cwd, 'loader.mjs'), LOADER)
  await writeFile(join(cwd, 'tells.cjs'), TELLS)
  await writeFile(join(cwd, 'octoform.yaml'), `version: 1\n${text}`)
  const words = ['--require', join(cwd, 'tells.cjs'), CLI, ...args]
  const { stderr } = await run(process.execPath, words, { cwd, env: { PATH: process.env.PATH, ...env } })
  const files = [...stderr.matchAll(/^loaded .*\/(?:dist|node_modules)\/(.*)$/gm)].map(([, file = '']) => file)
  return [...new Set(files.map((file) => file.replace(/(-[\w-]{8})?\.js$/, '')))].sort()
}

it.each([
  ['--help', '', []],
  ['validate', SECRETS, VALIDATE],
  ['validate of YAML of a rare form', `x-of: &of { env: V }\n${SECRETS}`, [...VALIDATE, 'parse-wholly', 'yaml']],
])('%s loads no more than it needs', async (words, text, parts) => {
  const loaded = await loadedBy(words.split(' ').slice(0, 1), text)
  expect(loaded).toEqual([...START, ...parts].sort())
})

it('plan loads nothing that questions and a line of progress need', async () => {
  const { url } = await withSandbox({ seed: { organizations: { acme: {} } } })
  const variables = 'organizations: { acme: { variables: {} } }\n'
  const loaded = await loadedBy(['plan'], variables, { GITHUB_API_URL: url, OCTOFORM_TOKEN: 'token-of-an-owner' })
  expect(loaded).toContain('plan')
  expect(loaded.filter((file) => /^(?:ask-|turning-)/.test(file))).toEqual([])
})

it.each([
  ['without a key of the ledger', {}, []],
  ['with one', { OCTOFORM_LEDGER_KEY: Buffer.alloc(32, 7).toString('base64') }, ['ledger-keys', 'libsodium-wrappers']],
])('plan %s loads as much of libsodium as it needs', async (_, key, parts) => {
  const { url } = await withSandbox({ seed: { organizations: { acme: {} } } })
  const env = { GITHUB_API_URL: url, OCTOFORM_TOKEN: 'token-of-an-owner', ...key }
  const loaded = await loadedBy(['plan'], 'organizations: { acme: { secrets: {} } }\n', env)
  expect(loaded).toContain('plan')
  expect(loaded.filter((file) => /sodium|ledger-keys/.test(file))).toEqual(parts)
})
