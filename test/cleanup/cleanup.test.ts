import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CleanupPlan } from '../../src/cleanup/cleanup-plan.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const DAY = 86_400_000
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString().replace(/\.\d+/, '')
const later = ago(-400)

/** One run a day, each with an artifact `build`, and every third with a `release-N`. */
function runs(count: number): object {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const day = index + 1
      const made = { created_at: ago(day), expires_at: later }
      const release = day % 3 === 0 ? { [`release-${day}`]: { id: 7000 + day, size: 500, ...made } } : {}
      return [
        String(day),
        {
          status: 'completed',
          conclusion: day % 2 === 0 ? 'failure' : 'success',
          head_branch: day % 5 === 0 ? 'main' : 'topic',
          created_at: ago(day),
          updated_at: ago(day),
          artifacts: { build: { id: 5000 + day, size: 1000, ...made }, ...release },
        },
      ]
    }),
  )
}

const YAML = `
version: 1
organizations:
  acme:
    repository_sets:
      - match: { name: "*" }
        cleanup:
          artifacts: { older_than: 30d, names: ["!release-*"], keep_latest: 5 }
`

async function shop(yaml = YAML, repositories: object = { web: { runs: runs(40) }, api: { runs: runs(10) } }) {
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

const plan = async (place: Awaited<ReturnType<typeof workplace>>, ...flags: string[]): Promise<CleanupPlan> => {
  const { stdout, stderr } = await place.run(['cleanup', '--out', 'c.json', '--format', 'json', ...flags])
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as CleanupPlan
}

describe('cleanup', () => {
  it('deletes what the rules choose, and nothing else', async () => {
    const { sandbox, place } = await shop()
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran.stdout.split('\n').slice(-3)).toEqual([
      'Cleanup: 11 objects in 1 repository, 11.0 KB.',
      'Cleaned up: 11 deleted.',
      '',
    ])
    expect(ran.code).toBe(0)
    const expected = Array.from(
      { length: 11 },
      (_, index) => `DELETE /repos/acme/web/actions/artifacts/${5030 + index}`,
    )
    expect([...sandbox.writes()].sort()).toEqual(expected)
    const again = await place.run(['cleanup', '--auto-approve'])
    expect(again).toMatchObject({ code: 0, stdout: 'Nothing to clean up.\n' })
  })

  it('takes one list a repository, where what it holds is old', async () => {
    const { sandbox, place } = await shop(YAML, { web: { runs: { 1: { ...Object.values(runs(70))[69] } } } })
    await plan(place)
    const reads = sandbox.asked.map(({ path }) => path).filter((path) => path.includes('/actions/'))
    expect(reads).toEqual(['/repos/acme/web/actions/artifacts'])
  })

  it('leaves alone what is of a run that goes on, younger than a week, or kept', async () => {
    const young = { older_than: '12h' }
    const yaml = YAML.replace('{ older_than: 30d, names: ["!release-*"], keep_latest: 5 }', JSON.stringify(young))
    const going = { status: 'in_progress', created_at: ago(20), updated_at: ago(20) }
    const artifact = { id: 1, size: 1, created_at: ago(20), expires_at: later }
    const { place } = await shop(yaml, {
      web: { runs: { ...runs(8), 99: { ...going, artifacts: { open: artifact } } } },
    })
    const made = await plan(place)
    expect(made.entries.flatMap(({ ids }) => ids)).toEqual([5008, 5007].filter((id) => id > 5006))
    const recent = await plan(place, '--allow', 'cleanup-recent')
    expect(recent.entries.flatMap(({ ids }) => ids)).not.toContain(1)
    expect(recent.entries.flatMap(({ ids }) => ids)).toContain(5001)
  })

  it('keeps to a saved plan: what came of age since waits, and what is gone is done', async () => {
    const { sandbox, place } = await shop()
    const made = await plan(place)
    await sandbox.call('DELETE', '/repos/acme/web/actions/artifacts/5040')
    const ran = await place.run(['cleanup', 'c.json', '--auto-approve'])
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('10 objects in 1 repository, 10.0 KB.\nCleaned up: 10 deleted.'),
    })
    expect(made.entries.flatMap(({ ids }) => ids)).toHaveLength(11)
  })

  it.each([
    [
      'an edited plan',
      async (place: Awaited<ReturnType<typeof workplace>>) => {
        const text = await place.read('c.json')
        await place.write('c.json', text.replace('5040', '5001'))
      },
    ],
    [
      'another rule',
      async (place: Awaited<ReturnType<typeof workplace>>) => {
        await place.write('octoform.yaml', YAML.replace('30d', '20d'))
      },
    ],
    [
      'no rule any more',
      async (place: Awaited<ReturnType<typeof workplace>>) => {
        await place.write(
          'octoform.yaml',
          YAML.replace('artifacts:', 'caches:').replace(', names: ["!release-*"], keep_latest: 5', ''),
        )
      },
    ],
  ])('refuses %s with exit 4', async (_, change) => {
    const { sandbox, place } = await shop()
    await plan(place)
    await change(place)
    expect(await place.run(['cleanup', 'c.json', '--auto-approve'])).toMatchObject({ code: 4 })
    expect(sandbox.writes()).toEqual([])
  })

  it('goes on after it was stopped half-way', async () => {
    const { sandbox, place } = await shop()
    await sandbox.fault({
      method: 'DELETE',
      route: '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}',
      nth: 4,
      times: 3,
      status: 500,
    })
    const first = await place.run(['cleanup', '--auto-approve', '--parallelism', '1'])
    expect(first).toMatchObject({ code: 1, stdout: expect.stringContaining('1 failed.') })
    const rest = await place.run(['cleanup', '--auto-approve'])
    expect(rest).toMatchObject({ code: 0, stdout: expect.stringContaining('Cleaned up: 1 deleted.') })
  })

  it('is held by its guards', async () => {
    const many = await shop(YAML.replace('version: 1', 'version: 1\nguards: { max_cleanup: 3 }'))
    const ran = await many.place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining('--allow cleanup=11') })
    expect((await many.place.run(['cleanup', '--auto-approve', '--allow', 'cleanup=11'])).code).toBe(0)

    const evidence = await shop(YAML.replace(/artifacts: .*/, 'runs: { older_than: 30d }'))
    const refused = await evidence.place.run(['cleanup', '--auto-approve'])
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('cleanup_logs: true') })
    expect(evidence.sandbox.writes()).toEqual([])

    const kept = await shop()
    const protectedOne = await kept.place.run(['cleanup', '--auto-approve', '--protect', 'repos/acme/web/cleanup/*'])
    expect(protectedOne).toMatchObject({ code: 3, stderr: expect.stringContaining('is protected') })
  })

  it('leaves out a repository whose list could not be read whole', async () => {
    const { sandbox, place } = await shop(YAML, { web: { runs: runs(40) }, api: { runs: runs(40) } })
    await sandbox.fault({
      method: 'GET',
      route: '/repos/{owner}/{repo}/actions/artifacts',
      nth: 1,
      times: 3,
      status: 500,
    })
    const ran = await place.run(['cleanup', '--auto-approve', '--parallelism', '1'])
    expect(ran).toMatchObject({ code: 5, stdout: expect.stringContaining('1 scope could not be read.') })
    expect(new Set(sandbox.writes().map((line) => line.split('/')[3])).size).toBe(1)
  })

  it.each([
    ['whose listing fails', '/orgs/beta/repos', 403],
    ['that may not be seen', '/orgs/beta', 404],
  ])('cleans the other owners up where there is one %s', async (_, route, status) => {
    const organizations = { acme: { repositories: { web: { runs: runs(40) } } }, beta: { repositories: { api: {} } } }
    const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations } })
    const both = `${YAML}  beta:\n    repository_sets: [{ match: {}, cleanup: { artifacts: { older_than: 30d } } }]\n`
    const place = await workplace(sandbox, { 'octoform.yaml': both })
    await sandbox.fault({ method: 'GET', route, times: 100, status })
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran).toMatchObject({ code: 5, stdout: expect.stringContaining('1 scope could not be read.') })
    expect(sandbox.writes()).toHaveLength(11)
    expect(sandbox.writes().every((line) => line.startsWith('DELETE /repos/acme/web/'))).toBe(true)
  })

  it('cancels runs that stay queued, and nothing that works', async () => {
    const yaml = YAML.replace(/artifacts: .*/, 'stuck: { queued_longer_than: 24h }')
    const run = (status: string, days: number) => ({ status, created_at: ago(days), updated_at: ago(days) })
    const { sandbox, place } = await shop(yaml, {
      web: { runs: { 1: run('queued', 3), 2: run('queued', 0.1), 3: run('in_progress', 9), 4: run('waiting', 9) } },
    })
    expect((await place.run(['cleanup', '--auto-approve'])).code).toBe(0)
    expect(sandbox.writes()).toEqual(['POST /repos/acme/web/actions/runs/1/cancel'])
  })

  it('moves no plan and no digest', async () => {
    const { sandbox, place } = await shop()
    const { stdout } = await place.run(['plan'])
    expect(stdout).toContain('No changes.')
    expect(sandbox.asked.filter(({ path }) => path.includes('/artifacts'))).toEqual([])
  })

  it('writes its outcome for auditors, and its summary', async () => {
    const { place } = await shop()
    await place.run(['cleanup', '--auto-approve', '--report', 'done.json'], {
      env: { GITHUB_STEP_SUMMARY: join(place.folder, 'summary.md') },
    })
    expect(JSON.parse(await place.read('done.json'))).toMatchObject({
      outcome: [{ address: 'repos/acme/web/cleanup/artifacts', deleted: 11, failed: [] }],
    })
    expect(await readFile(join(place.folder, 'summary.md'), 'utf8').catch(() => '')).toMatch(
      /^(|## octoform cleanup[\s\S]*)$/,
    )
  })
})
