import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
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
  const running = startCli(['apply', '--auto-approve'], { cwd: folder, env })
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
