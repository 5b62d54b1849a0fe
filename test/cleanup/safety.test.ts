import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const DAY = 86_400_000
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString().replace(/\.\d+/, '')

const ended = (day: number, more: object = {}): object => ({
  status: 'completed',
  conclusion: 'success',
  created_at: ago(day),
  updated_at: ago(day),
  artifacts: { build: { id: 5000 + day, size: 1000, created_at: ago(day), expires_at: ago(-400) } },
  ...more,
})
const RUNS = Object.fromEntries([40, 50, 60].map((day) => [String(day), ended(day)]))

const yamlOf = (rules: string): string => `
version: 1
guards: { cleanup_logs: true }
organizations:
  acme:
    repositories:
      web:
        cleanup: { ${rules} }
`

async function shop(yaml: string, web: object = { runs: RUNS }, product = 'ghec') {
  const sandbox = await watchedSandbox({ seed: { product, organizations: { acme: { repositories: { web } } } } })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

describe('cleanup by a rule with a mistake', () => {
  it.each([
    ['artifacts: {}', 'artifacts need `older_than`'],
    ['artifacts: { names: [build] }', 'artifacts need `older_than`'],
    ['artifacts: { older_than: 30 days }', '`older_than` must be an age'],
    ['artifacts: { older_than: 30d, larger_than: 1 GB }', '`larger_than` must be a size'],
    ['runs: { conclusion: [success] }', 'runs need `older_than`'],
    ['logs: { older_than: 30d, larger_than: 1GB }', '`larger_than` is no condition of logs'],
    ['stuck: {}', 'stuck need `queued_longer_than`'],
  ])('deletes nothing: %s', async (rules, message) => {
    const { sandbox, place } = await shop(yamlOf(rules))
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    expect(sandbox.writes()).toEqual([])
  })

  it('says which product has no list of caches, without a request for it', async () => {
    const { sandbox, place } = await shop(yamlOf('caches: { older_than: 30d }'), { runs: RUNS }, 'ghes-3.6')
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('caches cannot be listed on this product') })
    expect(sandbox.asked.filter(({ path }) => path.includes('/caches'))).toEqual([])
  })
})

describe('cleanup of a repository', () => {
  it('leaves an archived one alone, and names it', async () => {
    const { sandbox, place } = await shop(yamlOf('artifacts: { older_than: 30d }'), { archived: true, runs: RUNS })
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({
      code: 0,
      stdout: 'Nothing to clean up.\n',
      stderr: expect.stringContaining('archived: 1 left alone: repos/acme/web/cleanup/artifacts'),
    })
    expect(sandbox.asked.filter(({ path }) => path.includes('/artifacts'))).toEqual([])
  })

  it('leaves alone one that has another id than is known', async () => {
    const yaml = `${yamlOf('artifacts: { older_than: 30d }')}accept: [acme/web=77]\n`
    const { sandbox, place } = await shop(yaml, { id: 78, runs: RUNS })
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran.stdout).toBe('Nothing to clean up.\n')
    expect(ran.stderr).toContain('held back: repos/acme/web')
    expect(sandbox.writes()).toEqual([])
  })

  it('deletes nothing of one that took the name since the lists were read', async () => {
    const { sandbox, place } = await shop(yamlOf('artifacts: { older_than: 30d }'), { id: 77, runs: RUNS })
    await sandbox.fault({
      method: 'GET',
      route: '/repos/{owner}/{repo}',
      nth: 1,
      times: 1,
      status: 200,
      body: { id: 78, full_name: 'acme/web' },
    })
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('0 deleted. 3 failed.'),
      stderr: expect.stringContaining('acme/web is another repository since its lists were read.'),
    })
    expect(sandbox.writes()).toEqual([])
  })
})

describe('cleanup of stuck runs', () => {
  const stuck = yamlOf('stuck: { queued_longer_than: 24h }')
  it('counts from the latest attempt', async () => {
    const queued = { status: 'queued', attempt: 2, run_started_at: ago(0.1), updated_at: ago(9), created_at: ago(20) }
    const { sandbox, place } = await shop(stuck, { runs: { 1: queued } })
    expect(await place.run(['cleanup', '--auto-approve'])).toMatchObject({ code: 0, stdout: 'Nothing to clean up.\n' })
    expect(sandbox.writes()).toEqual([])
  })

  it('cancels none that a runner took since the list was read', async () => {
    const { sandbox, place } = await shop(stuck, {
      runs: { 1: { status: 'queued', created_at: ago(3), updated_at: ago(3) } },
    })
    const route = '/repos/{owner}/{repo}/actions/runs/{run_id}'
    await sandbox.fault({ method: 'GET', route, nth: 1, times: 1, status: 200, body: { id: 1, status: 'in_progress' } })
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('0 deleted. 1 were gone already.') })
    expect(sandbox.writes()).toEqual([])
  })
})

it('keeps the artifacts of an old run that goes on again', async () => {
  const again = { status: 'in_progress', conclusion: undefined, attempt: 2, run_started_at: ago(20) }
  const { sandbox, place } = await shop(yamlOf('artifacts: { older_than: 30d }'), { runs: { 50: ended(50, again) } })
  expect(await place.run(['cleanup', '--auto-approve'])).toMatchObject({ code: 0, stdout: 'Nothing to clean up.\n' })
  expect(sandbox.writes()).toEqual([])
})

describe('a saved plan of cleanup', () => {
  it('does not bring the flag that it was made with', async () => {
    const { sandbox, place } = await shop(yamlOf('artifacts: { older_than: 1d }'), { runs: { 2: ended(2) } })
    await place.run(['cleanup', '--out', 'c.json', '--allow', 'cleanup-recent'])
    const ran = await place.run(['cleanup', 'c.json', '--auto-approve'])
    expect(ran).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('c.json was made with --allow cleanup-recent'),
    })
    expect(sandbox.writes()).toEqual([])
    await place.run(['cleanup', 'c.json', '--auto-approve', '--allow', 'cleanup-recent'])
    expect(sandbox.writes()).toEqual(['DELETE /repos/acme/web/actions/artifacts/5002'])
  })

  it('says no more than which objects, even with a digest that fits', async () => {
    const { sandbox, place } = await shop(yamlOf('artifacts: { older_than: 30d }'))
    await place.run(['cleanup', '--out', 'c.json'])
    const { digest: _, ...plan } = JSON.parse(await place.read('c.json')) as {
      digest: string
      entries: { kind: string; repo: string }[]
    }
    for (const entry of plan.entries) Object.assign(entry, { kind: 'runs', repo: 'other' })
    const digest = createHash('sha256')
      .update(canonicalize(plan) ?? '')
      .digest('hex')
    await place.write('c.json', JSON.stringify({ ...plan, digest }))
    expect((await place.run(['cleanup', 'c.json', '--auto-approve'])).code).toBe(0)
    expect([...sandbox.writes()].sort()).toEqual(
      [40, 50, 60].map((day) => `DELETE /repos/acme/web/actions/artifacts/50${day}`),
    )
  })

  it('leaves alone what is of a repository that was deleted, and names a flag that leaves one out', async () => {
    const yaml = yamlOf('artifacts: { older_than: 30d }').replace(
      /repositories:\n {6}web:/,
      'repository_sets:\n      - match: {}',
    )
    const { sandbox, place } = await shop(yaml)
    await sandbox.call('POST', '/orgs/acme/repos', { name: 'api' })
    await place.run(['cleanup', '--out', 'c.json'])
    const narrow = await place.run(['cleanup', 'c.json', '--auto-approve', '--target', 'repos/acme/api/**'])
    expect(narrow).toMatchObject({ code: 4, stderr: expect.stringContaining('--target of this run leaves out') })
    await sandbox.call('DELETE', '/repos/acme/web')
    const ran = await place.run(['cleanup', 'c.json', '--auto-approve'])
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('is not there any more') })
  })
})

it('stops at a limit, and tells what it did', async () => {
  const { sandbox, place } = await shop(yamlOf('artifacts: { older_than: 30d }'))
  const route = '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}'
  const limit = {
    status: 403,
    headers: { 'retry-after': '7200' },
    body: { message: 'You have exceeded a secondary rate limit.' },
  }
  await sandbox.fault({ method: 'DELETE', route, nth: 2, times: 9, ...limit })
  const ran = await place.run(['cleanup', '--auto-approve', '--max-wait', '1m', '--report', 'done.json'])
  expect(ran).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Cleaned up: 1 deleted. 2 left: run it again.'),
  })
  expect(ran.stderr).toContain('The rate limit is reached; GitHub asks to wait 7200 s.')
  expect(JSON.parse(await place.read('done.json'))).toMatchObject({ outcome: [{ deleted: 1, left: 2 }] })
})

it('deletes logs once, and asks no more of runs that have none', async () => {
  const logs = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [
      String(index + 1),
      ended(index + 40, { artifacts: {}, logs: 'expired' }),
    ]),
  )
  const { sandbox, place } = await shop(yamlOf('logs: { older_than: 30d }'), {
    runs: { ...logs, 1001: ended(35, { logs: 'one\n' }), 1002: ended(36, { logs: 'two\n' }) },
  })
  const first = await place.run(['cleanup', '--auto-approve'])
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('Cleaned up: 2 deleted.') })
  const before = sandbox.asked.length
  const again = await place.run(['cleanup', '--auto-approve'])
  expect(again).toMatchObject({ code: 0, stdout: 'Nothing to clean up.\n' })
  expect(sandbox.asked.slice(before).filter(({ path }) => path.endsWith('/logs'))).toHaveLength(100)
})
