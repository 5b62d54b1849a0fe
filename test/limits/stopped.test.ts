import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, test } from 'vitest'
import { startCli } from '../support/cli.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const YAML = `version: 1
organizations:
  acme:
    secrets:
      A: { visibility: all, value: { env: VALUE } }
      B: { visibility: all, value: { env: VALUE } }
      C: { visibility: all, value: { env: VALUE } }
`

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends an apply that waits for a limit at once', async (signal) => {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: {} } } })
  const { folder } = await workplace(sandbox, { 'octoform.yaml': YAML })
  const put = { method: 'PUT', route: '/orgs/{org}/actions/secrets/{secret_name}' }
  await sandbox.fault({ ...put, nth: 2, status: 429, headers: { 'retry-after': '3000' } })
  const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner', VALUE: 'planted-value-of-the-stop' }
  const running = startCli(['apply', '--auto-approve', '--parallelism', '1'], { cwd: folder, env })
  while (!sandbox.asked.some(({ status }) => status === 429)) await sleep(20)
  await sleep(500)
  const asked = performance.now()
  running.kill(signal)
  const { code, stdout, stderr } = await running.ended
  expect(performance.now() - asked).toBeLessThan(10_000)
  expect(code, stdout + stderr).toBe(1)
  expect(stderr).toContain("for GitHub's rate limit of OCTOFORM_TOKEN.")
  expect(stdout).toContain('octoform was asked to stop while it waited for the rate limit of OCTOFORM_TOKEN')
  expect(stdout).toContain('Applied: 1 added, 0 changed, 0 deleted.')
})

describe('an apply in the middle of a write', () => {
  /** One that holds the answer to its second write back, asked to stop by the signals one after the other. */
  async function struck(signals: readonly NodeJS.Signals[]): Promise<Awaited<ReturnType<typeof startCli>['ended']>> {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: {} } } })
    const { folder } = await workplace(sandbox, { 'octoform.yaml': YAML })
    const put = { method: 'PUT', route: '/orgs/{org}/actions/secrets/{secret_name}' }
    await sandbox.fault({ ...put, nth: 2, delay_ms: signals.length === 1 ? 1_000 : 20_000 })
    const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner', VALUE: 'planted-value-of-the-stop' }
    const args = ['apply', '--auto-approve', '--parallelism', '1']
    const running = startCli(args, { cwd: folder, env })
    while (sandbox.writes().length < 1) await sleep(20)
    await sleep(300)
    for (const signal of signals) {
      running.kill(signal)
      await sleep(150)
    }
    return running.ended
  }

  it('brings it to its end on SIGHUP, and begins no other', async () => {
    const { code, stdout, stderr } = await struck(['SIGHUP'])
    expect(code, stdout + stderr).toBe(1)
    expect(stderr).toContain('Stopping: what has begun is brought to its end. A second signal ends it at once.\n')
    expect(stdout).toContain('Applied: 2 added, 0 changed, 0 deleted.')
  })

  it.each([
    ['SIGINT', 'SIGINT'],
    ['SIGINT', 'SIGTERM'],
  ] as const)('%s and %s: ends at once, by the second', async (first, second) => {
    const asked = performance.now()
    expect(await struck([first, second])).toMatchObject({ code: null, signal: second })
    expect(performance.now() - asked).toBeLessThan(15_000)
  })
})
