import { describe, expect, it } from 'vitest'
import { RUNS, shop } from './runs-world.ts'

describe('runs list', () => {
  it('shows the newest first, as a table or as GitHub has them', async () => {
    const { run } = await shop()
    const table = await run('runs list acme/web')
    expect(table.stdout.split('\n')[0]).toMatch(/^ *ID +STATUS +TITLE +WORKFLOW +BRANCH +EVENT +AGE$/)
    expect(table.stdout).toMatch(/^104 +waiting +\S.* Deploy +main +push +30m$/m)
    expect(table.stdout).toMatch(/^101 +failure +Mend the build +CI +main +push +1d$/m)
    const json = await run('runs list acme/web --json')
    expect((JSON.parse(json.stdout) as { id: number }[]).map(({ id }) => id)).toEqual([104, 103, 102, 106, 105, 101])
  })

  it.each([
    ['--status failure', [101]],
    ['--branch dev', [106]],
    ['--event pull_request', [105]],
    ['--actor hubot', [102]],
    ["--created '>=2026-11-21'", [104, 103, 102]],
    ['--check-suite-id 103', [103]],
    ['--workflow deploy.yml', [104, 103]],
    ['--workflow .github/workflows/deploy.yml', [104, 103]],
    ['--workflow 22 --status queued', [103]],
    ['--workflow Deploy', [104, 103]],
    ['--limit 2', [104, 103]],
  ])('narrows by %s', async (flags, ids) => {
    const { run } = await shop()
    const { code, stdout } = await run(`runs list acme/web --json ${flags}`)
    expect((JSON.parse(stdout) as { id: number }[]).map(({ id }) => id)).toEqual(ids)
    expect(code).toBe(0)
  })

  it('says where GitHub ends a list that flags narrow', async () => {
    const entries = Array.from({ length: 1005 }, (_, index) => [index + 1, { status: 'completed', workflow: 'ci.yml' }])
    const { run } = await shop('ghec', { runs: Object.fromEntries(entries) })
    const narrowed = await run('runs list acme/web --status success --json')
    expect(JSON.parse(narrowed.stdout)).toHaveLength(1000)
    expect(narrowed.stderr).toContain('these are the first 1000 of 1005: GitHub ends a list that flags narrow there.')
    expect(narrowed.stderr).toContain('--created')
    const all = await run('runs list acme/web --json')
    expect(JSON.parse(all.stdout)).toHaveLength(1005)
    expect(all.stderr).not.toContain('these are the first')
  })

  it('of several repositories names the one that cannot be read', async () => {
    const { run, sandbox } = await shop()
    await sandbox.fault({
      method: 'GET',
      route: '/repos/acme/api/actions/runs',
      nth: 1,
      times: 1,
      status: 403,
      body: { message: 'Forbidden' },
    })
    const { code, stdout, stderr } = await run("runs list 'acme/*' --json")
    expect(code).toBe(5)
    expect(stderr).toContain('repos/acme/api: ')
    expect(JSON.parse(stdout)).toHaveLength(Object.keys(RUNS).length)
  })
})

describe('one run', () => {
  it('is shown as it is, or as an attempt was', async () => {
    const { run } = await shop()
    expect((await run('runs show acme/web 101')).stdout).toMatch(/^attempt +2$/m)
    const first = await run('runs show acme/web 101 --attempt 1 --json')
    expect(JSON.parse(first.stdout)).toMatchObject({ id: 101, run_attempt: 1, conclusion: 'cancelled' })
    const none = await run('runs show acme/web 101 --attempt 3')
    expect(none).toMatchObject({ code: 5, stderr: expect.stringContaining('It does not exist') })
  })

  it('has jobs, of its last attempt, of one, or of all', async () => {
    const { run } = await shop()
    const jobs = await run('runs jobs acme/web 101')
    expect(jobs.stdout).toMatch(/^501 +failure +test +2\/2 +2 .* 1m 20s$/m)
    const all = await run('runs jobs acme/web 101 --filter all --json')
    expect((JSON.parse(all.stdout) as { id: number }[]).map(({ id }) => id).sort()).toEqual([501, 502])
    const first = await run('runs jobs acme/web 101 --attempt 1 --json')
    expect((JSON.parse(first.stdout) as { id: number }[]).map(({ id }) => id)).toEqual([502])
    const both = await run('runs jobs acme/web 101 --attempt 1 --filter all')
    expect(both).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('runs jobs --attempt: ghec does not know --filter here'),
    })
  })

  it('has the time that it took, and that is billed', async () => {
    const { run } = await shop()
    expect((await run('runs usage acme/web 101')).stdout).toMatch(/took .*\n\nSYSTEM +BILLABLE +JOBS\nUBUNTU +\S+/)
  })

  it('is named by an id, in one repository', async () => {
    const { run, sandbox } = await shop()
    expect(await run('runs show acme/web ci')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('a whole number'),
    })
    const glob = await run("runs cancel 'acme/*' 101 --yes")
    expect(glob).toMatchObject({ code: 1, stderr: expect.stringContaining('runs cancel takes one repository') })
    expect(sandbox.writes()).toEqual([])
  })
})

describe('runs cancel', () => {
  it('waits until a run has ended', async () => {
    const { run, sandbox } = await shop()
    const cancelled = await run('runs cancel acme/web 102', { answer: 'yes' })
    expect(cancelled).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Cancelled run 102 of repos/acme/web.'),
    })
    expect(sandbox.writes()).toEqual(['POST /repos/acme/web/actions/runs/102/cancel'])
    expect((await run('runs show acme/web 102 --json')).stdout).toContain('"conclusion":"cancelled"')
  })

  it('says plainly of one that has ended', async () => {
    const { run } = await shop()
    const { code, stderr, stdout } = await run('runs cancel acme/web 101 102 --yes --json')
    expect(code).toBe(1)
    expect(stderr).toContain('Run 101 of repos/acme/web: it has ended, and there is nothing to cancel. GitHub says: ')
    expect(JSON.parse(stdout)).toMatchObject([
      { subject: '101', status: 409 },
      { subject: '102', status: 202 },
    ])
  })

  it('offers force-cancel at a terminal for one that does not end, and names the command elsewhere', async () => {
    const { run, sandbox } = await shop()
    const told = await run('runs cancel acme/web 103 --yes')
    expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('octoform runs force-cancel') })
    expect(told.stderr.match(/Waiting for 1 run to end\./g)).toHaveLength(1)
    expect(sandbox.writes()).toEqual(['POST /repos/acme/web/actions/runs/103/cancel'])
    const offered = await run('runs cancel acme/web 103', { answer: 'yes' })
    expect(offered).toMatchObject({ code: 0, stderr: expect.stringContaining('Cancelled run 103') })
    expect(sandbox.writes().at(-1)).toBe('POST /repos/acme/web/actions/runs/103/force-cancel')
  })

  it('offers no force-cancel where the product has none', async () => {
    const { run, sandbox } = await shop('ghes-3.8')
    const told = await run('runs cancel acme/web 103', { answer: 'yes' })
    expect(told).toMatchObject({ code: 1, stderr: expect.not.stringContaining('force-cancel') })
    expect(sandbox.writes()).toHaveLength(1)
  })
})

describe('runs rerun, delete and delete-logs', () => {
  it.each([
    ['runs rerun acme/web 101', 'POST /repos/acme/web/actions/runs/101/rerun', undefined],
    ['runs rerun acme/web 101 --failed', 'POST /repos/acme/web/actions/runs/101/rerun-failed-jobs', undefined],
    [
      'runs rerun acme/web 101 --debug-logging',
      'POST /repos/acme/web/actions/runs/101/rerun',
      { enable_debug_logging: true },
    ],
    ['runs delete acme/web 101', 'DELETE /repos/acme/web/actions/runs/101', undefined],
    ['runs delete-logs acme/web 101', 'DELETE /repos/acme/web/actions/runs/101/logs', undefined],
    ['runs force-cancel acme/web 103', 'POST /repos/acme/web/actions/runs/103/force-cancel', undefined],
    ['runs approve acme/web 105', 'POST /repos/acme/web/actions/runs/105/approve', undefined],
  ])('%s', async (line, write, body) => {
    const { run, sandbox } = await shop()
    expect(await run(`${line} --yes`)).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([write])
    expect(sandbox.asked.find(({ method }) => method !== 'GET')?.body).toEqual(body)
  })

  it.each([
    ['runs rerun acme/web 102', 'GitHub runs again only what has ended'],
    ['runs delete acme/web 102', 'cancel it first'],
    ['runs approve acme/web 101', "only a run of a fork's pull request"],
    ['runs delete acme/web 999', 'It does not exist'],
  ])('%s is refused in plain words', async (line, words) => {
    const { run } = await shop()
    expect(await run(`${line} --yes`)).toMatchObject({ code: 1, stderr: expect.stringContaining(words) })
  })
})

describe('what runs wait for', () => {
  it('are environments, which a person approves or rejects by name', async () => {
    const { run, sandbox } = await shop()
    expect((await run('runs pending acme/web 104')).stdout).toMatch(/^prod +yes$/m)
    const other = await run('runs review acme/web 104 --environment live --approve --yes')
    expect(other.stderr).toContain('run 104 does not wait for live: it waits for prod, stage. Nothing was sent.')
    const done = await run(
      "runs review acme/web 104 --environment Prod --environment stage --approve --comment 'go' --yes",
    )
    expect(done).toMatchObject({ code: 0, stdout: 'approved Prod, stage of run 104\n' })
    expect(sandbox.asked.at(-1)?.body).toEqual({ environment_ids: [8, 9], state: 'approved', comment: 'go' })
    const reviews = await run('runs reviews acme/web 104')
    expect(reviews.stdout).toMatch(/^approved +stage +octocat +fine$/m)
    expect(reviews.stdout).toMatch(/^approved +prod, stage +\S+ +go$/m)
  })

  it('are rules, which an App answers', async () => {
    const { run, sandbox } = await shop()
    const done = await run('runs review acme/web 104 --environment prod --reject --protection-rule --yes')
    expect(done.code).toBe(0)
    expect(sandbox.writes()).toEqual(['POST /repos/acme/web/actions/runs/104/deployment_protection_rule'])
  })

  it.each(['', '--approve --reject', '--approve'])('need a decision and an environment: %s', async (flags) => {
    const { run, sandbox } = await shop()
    expect(await run(`runs review acme/web 104 ${flags}`)).toMatchObject({ code: 1 })
    expect(sandbox.writes()).toEqual([])
  })

  it('are other runs of a concurrency group', async () => {
    const { run } = await shop()
    expect((await run('runs queue acme/web')).stdout).toMatch(/^deploy\/prod +\S+$/m)
    expect((await run('runs queue acme/web deploy/prod')).stdout).toMatch(/^103 +Deploy/m)
    expect((await run('runs queue acme/web --run 103')).stdout).toMatch(/^deploy\/prod +1$/m)
    const ahead = await run('runs queue acme/web deploy/prod --ahead-of-run 103 --json')
    expect(JSON.parse(ahead.stdout)).toEqual([])
    expect(await run('runs queue acme/web deploy/prod --run 103')).toMatchObject({ code: 1 })
  })
})
