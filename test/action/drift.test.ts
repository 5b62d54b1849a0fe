import { expect, it } from 'vitest'
import { atNightElse, sampled } from '../support/by-night.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { inProcess } from './in-process.ts'
import { runner } from './runner.ts'
import { acmeIn, administers, DRIFT_JOB, HOME, type Issue, ofPullRequest, ofSchedule, SEED, VALUE } from './world.ts'

const YAML = `version: 1
organizations:
  acme:
    secrets:
      SHARED: { visibility: selected, repositories: [api] }
`

async function setShared(sandbox: WatchedSandbox, names: readonly string[]): Promise<void> {
  const ids = names.map(async (name) => {
    const { body } = await sandbox.call('GET', `/repos/acme/${name}`)
    return (body as { id: number }).id
  })
  const body = { selected_repository_ids: await Promise.all(ids) }
  const { status } = await sandbox.call('PUT', '/orgs/acme/actions/secrets/SHARED/repositories', body)
  expect(status).toBe(204)
}

function issuesIn(sandbox: WatchedSandbox): Readonly<Record<string, Issue>> {
  return acmeIn(sandbox).repositories.admin.issues ?? {}
}

/** By day the sources in this process; of the bundle one product. */
const start = atNightElse(runner, inProcess)

it.each(sampled(['ghec', 'ghes-3.19', 'ghes-2.22'], 2))('%s: an issue comes and goes with drift', async (product) => {
  const sandbox = await watchedSandbox({ product, seed: SEED })
  const job = await (product === 'ghec' ? runner : start)(sandbox, { 'octoform.yaml': YAML })
  const drift = () => job.run({ event: ofSchedule, with: { command: 'drift', issue: HOME }, env: DRIFT_JOB })

  expect(await drift()).toMatchObject({ code: 0, outputs: { changes: 'false', failure_reason: '', plan_path: '' } })
  expect(issuesIn(sandbox)).toEqual({})

  await setShared(sandbox, ['api', 'web'])
  const found = await drift()
  expect(found).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/\nDrift: 0 to add, 1 to change, 0 to delete\.\n$/),
    outputs: { changes: 'true', to_add: '0', to_change: '1', to_delete: '0', failure_reason: 'drift' },
    summary: expect.stringMatching(/\n\nDrift: 0 to add, 1 to change, 0 to delete\.\n+$/),
  })
  const [[number = '', opened] = []] = Object.entries(issuesIn(sandbox))
  expect(opened).toMatchObject({ state: 'open', user: 'github-actions[bot]', body: expect.stringContaining('web') })

  await setShared(sandbox, ['api', 'admin'])
  await drift()
  expect(Object.keys(issuesIn(sandbox))).toEqual([number])
  expect(issuesIn(sandbox)[number]).toMatchObject({ state: 'open', body: expect.stringContaining('admin') })
  expect(issuesIn(sandbox)[number]?.body).not.toContain('web')

  const hidden = { method: 'GET', route: '/orgs/{org}/actions/secrets', status: 403, body: { message: 'No.' } }
  await sandbox.fault(hidden)
  expect(await drift()).toMatchObject({ code: 5, outputs: { changes: '', failure_reason: 'unread' } })
  const [unread = ''] = Object.keys(issuesIn(sandbox)).filter((each) => each !== number)
  expect(issuesIn(sandbox)).toMatchObject({ [number]: { state: 'open' }, [unread]: { state: 'open' } })

  await setShared(sandbox, ['api'])
  expect(await drift()).toMatchObject({ code: 0, outputs: { changes: 'false', failure_reason: '' } })
  expect(issuesIn(sandbox)).toMatchObject({ [number]: { state: 'closed' }, [unread]: { state: 'closed' } })

  await setShared(sandbox, ['api', 'web'])
  expect(await drift()).toMatchObject({ code: 2 })
  expect(issuesIn(sandbox)).toMatchObject({ [number]: { state: 'open' }, [unread]: { state: 'closed' } })
  expect(Object.keys(issuesIn(sandbox))).toHaveLength(2)
  expect(administers(sandbox)).toEqual([])
})

it('validates offline, without any credential', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const job = await runner(sandbox, { 'teams/a b.yaml': YAML })
  const step = { event: ofPullRequest('opened'), with: { command: 'validate', config: '"teams/a b.yaml"' } }
  const ran = await job.run({ ...step, env: { NEW_VALUE: VALUE } })
  expect(ran).toMatchObject({ code: 0, stdout: 'The configuration is valid.\n' })
  expect(ran.outputs).toEqual({
    changes: '',
    to_add: '',
    to_change: '',
    to_delete: '',
    plan_path: '',
    html_path: '',
    findings: '',
    plan_digest: '',
    failure_reason: '',
  })
  expect(sandbox.asked).toEqual([])
})
