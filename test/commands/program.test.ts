import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/commands/main.ts'
import { LEDGER_KEY, workplace } from '../support/octoform.ts'
import { printingWorld } from '../support/printing-world.ts'
import { SMALL_SEED, SMALL_VALUE, SMALL_YAML } from '../support/small-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NOWHERE = { url: 'http://127.0.0.1:9' }
const COMMANDS = ['validate', 'plan', 'apply', 'drift', 'show', 'import', 'sandbox']

describe('the command line', () => {
  it('--version prints the package’s', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    const place = await workplace(NOWHERE, {})
    expect(await place.run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('--help names every command and exit code, of each command its flags', async () => {
    const place = await workplace(NOWHERE, {})
    const { code, stdout } = await place.run(['--help'])
    expect(code).toBe(0)
    for (const command of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
      expect(await place.run([command, '--help'])).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/^Usage: /),
      })
    }
    expect(stdout).toMatch(/Exit codes:\n( {2}[0-5] {2}.*\n( {5}\S.*\n)?){6}/)
    const flags = [
      '--config',
      '--api-url',
      '--owner',
      '--target',
      '--rotate',
      '--parallelism',
      '--protect',
      '--allow',
      '--values',
      '--debug',
    ]
    for (const command of ['plan', 'apply', 'drift']) {
      const help = (await place.run([command, '--help'])).stdout
      for (const flag of flags) expect(help).toContain(` ${flag} `)
    }
  })

  it.each([
    [['pln'], /unknown command 'pln'[\s\S]*Did you mean plan\?/],
    [['plan', '--ouput', 'x'], /unknown option '--ouput'[\s\S]*Did you mean --out\?/],
    [['plan', '--format', 'yaml'], /--format.*'yaml'.*text, json/],
    [['show'], /missing required argument 'plan'/],
    [['plan', '--out'], /argument missing/],
    [[], /Usage: octoform/],
  ])('%j: exit 1, told on stderr', async (args, message) => {
    const place = await workplace(NOWHERE, {})
    expect(await place.run(args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) })
  })

  it.each(COMMANDS.filter((command) => command !== 'sandbox'))(
    '%s takes --no-color, before and after its name',
    async (command) => {
      const place = await workplace(NOWHERE, {})
      for (const args of [
        [command, '--no-color'],
        ['--no-color', command],
      ]) {
        expect((await place.run(args)).stderr).not.toContain('unknown option')
      }
    },
  )
})

describe('--debug', () => {
  it('prints each request on stderr: no token, no value, no header', async () => {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const token = 'planted-token-of-the-test'
    const env = { OCTOFORM_TOKEN: token, NEW_VALUE: SMALL_VALUE }
    const place = await workplace(sandbox, { 'octoform.yaml': SMALL_YAML }, env)
    const ran = await place.run(['apply', '--auto-approve', '--debug'])
    expect(ran.code).toBe(0)
    const lines = ran.stderr.split('\n').filter((line) => /^(GET|PUT|DELETE) \//.test(line))
    expect(lines).toHaveLength(sandbox.asked.length)
    expect(lines).toContainEqual(expect.stringMatching(/^PUT \/orgs\/acme\/actions\/secrets\/NEW 201( \S+)? \d+ms$/))
    const base64 = (text: string): string => Buffer.from(text).toString('base64').replaceAll('=', '')
    for (const secret of [token, SMALL_VALUE, base64(token), base64(SMALL_VALUE), LEDGER_KEY, 'Bearer']) {
      expect(ran.stdout + ran.stderr).not.toContain(secret)
    }
    expect(ran.stderr).not.toMatch(/authorization/i)
    expect(ran.stdout).not.toContain('GET /')
  })
})

describe('what is printed', () => {
  async function printed(colour: 'ansi' | 'plain', token: string): Promise<{ stdout: string; stderr: string }> {
    const sandbox = await watchedSandbox({ seed: SMALL_SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': SMALL_YAML })
    const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: token }
    const told = printingWorld({ env, cwd: place.folder, colour })
    await main(['plan'], told.world)
    const { stdout, stderr } = told.printed()
    return { stdout: stdout.replaceAll(sandbox.url, 'URL'), stderr }
  }

  it('has colours that a terminal understands, on stdout only', async () => {
    const { stdout, stderr } = await printed('ansi', 'token-of-an-owner')
    expect(stdout).toContain('\u001b[32m+\u001b[0m')
    expect(stdout.endsWith('\n\u001b[1mPlan: 1 to add, 1 to change, 1 to delete.\u001b[0m\n')).toBe(true)
    expect(stderr).not.toContain('\u001b')
    expect((await printed('plain', 'token-of-an-owner')).stdout).not.toContain('\u001b')
  })

  it('is not riddled by a short token, such as people give a sandbox', async () => {
    for (const token of ['a', 'x', 'token', 'secret']) {
      const { stdout } = await printed('plain', token)
      expect(stdout).not.toContain('***')
      expect(stdout).toMatch(/\nPlan: 1 to add, 1 to change, 1 to delete\.\n$/)
    }
  })
})
