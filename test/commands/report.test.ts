import { expect, it } from 'vitest'
import { actionsEnv, REPOSITORY, TIP } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: { admin: { branches: { main: TIP } }, web: {} },
      secrets: { GONE: { visibility: 'all', value: 'x' } },
    },
  },
}
const YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    secrets: { GONE: absent, NEW: { visibility: all, value: { env: NEW } } }
`

it('apply --report tells auditors what was done, by whom, and under which request', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const run = await actionsEnv({ event: 'push', payload: REPOSITORY })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { ...run, NEW: 'planted-value' })
  const { code } = await place.run(['apply', '--auto-approve', '--allow', 'self', '--report', 'report.json'])
  expect(code).toBe(0)
  const text = await place.read('report.json')
  expect(text).not.toContain('planted')
  const report = JSON.parse(text)
  expect(report).toMatchObject({
    format_version: '1.0',
    complete: true,
    commit: TIP,
    actor: 'mona',
    run: {
      repository: 'acme/admin',
      id: '4711',
      attempt: 1,
      url: expect.stringContaining('/actions/runs/4711/attempts/1'),
    },
    allow: ['self'],
    counts: { added: 1, changed: 1, deleted: 1 },
  })
  expect(report.digest).toMatch(/^[0-9a-f]{64}$/)
  for (const change of report.changes) {
    expect(change).toMatchObject({ outcome: 'applied', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) })
    expect(change.request_ids.length).toBeGreaterThan(0)
  }
})

it('apply --report tells of what failed, too', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { NEW: 'planted-value' })
  await sandbox.fault({
    method: 'PUT',
    route: '/orgs/{org}/actions/permissions',
    status: 409,
    body: { message: 'planted-value' },
  })
  expect(await place.run(['apply', '--auto-approve', '--report', 'report.json'])).toMatchObject({ code: 1 })
  const text = await place.read('report.json')
  expect(text).not.toContain('planted')
  const report = JSON.parse(text)
  expect(report).toMatchObject({ complete: false, run: null, actor: null })
  const failed = report.changes.find(({ outcome }: { outcome: string }) => outcome === 'failed')
  expect(failed).toMatchObject({ address: 'orgs/acme/permissions', error: { status: 409 } })
})
