import { describe, expect, it } from 'vitest'
import { main } from '../../src/commands/main.ts'
import { actionsEnv, type RunOfActions } from '../support/github-actions.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { COMMANDS, RUNS, SEED, VALUES, YAML } from './event-runs.ts'

describe('values and the ledger key', () => {
  /** Both secrets are on GitHub and in the ledger; NPM_TOKEN has another value at its source since. */
  async function changedAtSource(): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, VALUES)
    expect((await place.run(['apply', '--auto-approve', '--rotate', '**'])).code).toBe(0)
    return { sandbox, place }
  }

  /** Runs a command with an environment that tells which of its variables were asked for. */
  async function watchingEnv(
    { sandbox, place }: { sandbox: WatchedSandbox; place: Workplace },
    run: RunOfActions,
    args: readonly string[],
  ): Promise<{ code: number; text: string; read: ReadonlySet<string> }> {
    const read = new Set<string>()
    const given: Record<string, string> = {
      GITHUB_API_URL: sandbox.url,
      OCTOFORM_TOKEN: 'token-of-an-owner',
      GITHUB_TOKEN: 'token-of-the-workflow',
      OCTOFORM_LEDGER_KEY: LEDGER_KEY,
      NPM_TOKEN: 'planted-changed',
      KNOWN: VALUES.KNOWN,
      ...(await actionsEnv(run)),
    }
    const env = new Proxy(given, {
      get(target, name) {
        read.add(String(name))
        return target[String(name)]
      },
    })
    let text = ''
    const print = (more: string): void => {
      text += more
    }
    const code = await main(args, {
      env,
      cwd: place.folder,
      stdout: print,
      stderr: print,
      stdin: () => Promise.resolve(Buffer.from('planted-sealed')),
      ask: undefined,
      colour: 'plain',
      stopped: () => new Promise(() => {}),
    })
    return { code, text, read }
  }

  const SECRET = ['NPM_TOKEN', 'KNOWN', 'OCTOFORM_LEDGER_KEY']
  const own = RUNS.pull_request
  const target: RunOfActions = { ...own, event: 'pull_request_target', env: {} }
  const pulls: readonly (readonly [string, RunOfActions, readonly string[]])[] = [
    ['pull_request', own, []],
    ['pull_request_target', target, []],
    ['workflow_run of an own pull', RUNS['workflow_run of an own pull'], []],
    ['pull_request of a fork', RUNS['pull_request of a fork'], ['--allow', 'fork']],
  ]

  it('are used by plan where no pull request is about', async () => {
    const world = await changedAtSource()
    const { text, read } = await watchingEnv(world, RUNS.push, ['plan'])
    expect([...read]).toEqual(expect.arrayContaining(SECRET))
    expect(text).toMatch(/! orgs\/acme\/secrets\/NPM_TOKEN/)
    expect(text).toContain('Plan: 0 to add, 1 to change, 0 to delete.')
  })

  it.each(pulls)('are not looked at on %s, whatever the command', async (_, run, flags) => {
    const world = await changedAtSource()
    for (const [command, args] of Object.entries(COMMANDS)) {
      if (command === 'validate' && flags.length > 0) continue
      const { code, text, read } = await watchingEnv(world, run, [...args, ...flags])
      expect(
        SECRET.filter((name) => read.has(name)),
        command,
      ).toEqual([])
      expect(code, command).toBe(['apply', 'ledger adopt'].includes(command) ? 3 : 0)
      if (['plan', 'plan --comment', 'drift', 'drift --issue'].includes(command)) {
        expect(text, command).toContain('no value is read, and the ledger key is not used')
      }
      if (command === 'plan') expect(text).toContain('No changes.')
      if (command === 'drift') expect(text).toContain('No drift.')
    }
  })

  it('leave an over-long value to a run that may read it', async () => {
    const world = await changedAtSource()
    await world.place.write('long.txt', 'x'.repeat(60_000))
    await world.place.write('octoform.yaml', YAML.replace('{ env: KNOWN }', '{ file: long.txt }'))
    expect((await watchingEnv(world, RUNS.push, ['validate'])).code).toBe(1)
    expect((await watchingEnv(world, own, ['validate'])).code).toBe(0)
  })
})
