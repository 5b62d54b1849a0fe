import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const RUNS = {
  1: {
    workflow: 'ci.yml',
    status: 'completed',
    created_at: '2024-03-01T10:00:00Z',
    actor: 'hubot',
    head_branch: 'dev',
  },
  2: { workflow: 'ci.yml', status: 'in_progress', created_at: '2024-03-02T10:00:00Z', concurrency: 'deploy' },
  3: {
    workflow: 'ci.yml',
    status: 'completed',
    conclusion: 'failure',
    created_at: '2024-03-03T10:00:00Z',
    updated_at: '2024-03-03T10:02:30Z',
    pull_requests: [7],
    jobs: {
      test: { conclusion: 'failure', started_at: '2024-03-03T10:00:00Z', completed_at: '2024-03-03T10:01:30Z' },
      lint: { labels: ['self-hosted'], conclusion: 'success' },
    },
    artifacts: { site: { text: 'x' } },
  },
  4: {
    workflow: 'x.yml',
    status: 'queued',
    created_at: '2024-03-04T10:00:00Z',
    cancel: 'ignored',
    concurrency: 'deploy',
  },
  5: { workflow: 'x.yml', status: 'waiting', created_at: '2024-03-05T10:00:00Z', waiting_for: ['prod', 'eu'] },
  6: {
    workflow: 'x.yml',
    status: 'completed',
    conclusion: 'action_required',
    created_at: '2024-03-06T10:00:00Z',
    fork: 'mona/web',
    event: 'pull_request',
  },
}
const SEED = {
  organizations: {
    acme: {
      plan: 'enterprise',
      teams: { ops: { id: 12 } },
      repositories: {
        web: {
          id: 101,
          environments: { prod: { id: 8, wait_timer: 5, reviewers: [{ team: 'ops' }] }, eu: { id: 9 } },
          workflows: { 'ci.yml': { id: 21, name: 'CI' }, 'x.yml': { id: 22 } },
          runs: RUNS,
        },
      },
    },
  },
  repositories: { 'mona/web': { id: 102, fork: true, visibility: 'public' } },
}
const ALL = '/repos/acme/web/actions/runs'
const OLD = ['ghes-2.22', 'ghae-2021']
const BEFORE = (minor: number) => SERVED_PRODUCTS.filter((one) => /^ghes-3/.test(one) && Number(one.slice(7)) < minor)
const NO_CLOUD = SERVED_PRODUCTS.filter((one) => one.startsWith('gh') && one !== 'ghec')
const NO_ATTEMPTS = [...OLD, 'ghes-3.4']
const SERVERS = SERVED_PRODUCTS.filter((one) => one.startsWith('ghes'))

type Step = readonly [method: string, path: string, status: number, lackedBy?: readonly string[], body?: object]
const DEPLOYMENTS = { environment_ids: [8], state: 'approved', comment: 'Go' }
const STEPS: readonly Step[] = [
  ['GET', ALL, 200],
  ['GET', '/repos/acme/web/actions/workflows/ci.yml/runs', 200],
  ['GET', '/repos/acme/web/actions/workflows/none.yml/runs', 404],
  ['GET', `${ALL}/3`, 200],
  ['GET', `${ALL}/3/timing`, 200, SERVERS],
  ['GET', '/repos/acme/web/actions/workflows/21/timing', 200, SERVERS],
  ['GET', `${ALL}/3/logs`, 302],
  ['GET', `${ALL}/2/logs`, 404],
  ['GET', `${ALL}/3/attempts/1/logs`, 302, NO_ATTEMPTS],
  ['GET', '/repos/acme/web/actions/concurrency_groups', 200, NO_CLOUD],
  ['GET', '/repos/acme/web/actions/concurrency_groups/deploy', 200, NO_CLOUD],
  ['GET', '/repos/acme/web/actions/concurrency_groups/none', 404, NO_CLOUD],
  ['GET', `${ALL}/4/concurrency_groups`, 200, NO_CLOUD],
  ['GET', `${ALL}/5/pending_deployments`, 200, [...OLD, 'ghae']],
  ['POST', `${ALL}/5/pending_deployments`, 422, [...OLD, 'ghae'], { ...DEPLOYMENTS, environment_ids: [7] }],
  ['POST', `${ALL}/5/pending_deployments`, 200, [...OLD, 'ghae'], DEPLOYMENTS],
  [
    ...(['POST', `${ALL}/5/deployment_protection_rule`, 204, [...OLD, 'ghae', ...BEFORE(10)]] as const),
    { environment_name: 'eu', state: 'approved' },
  ],
  ['GET', `${ALL}/5/approvals`, 200, [...OLD, 'ghae']],
  ['POST', `${ALL}/6/approve`, 201, NO_CLOUD],
  ['POST', `${ALL}/3/approve`, 403, NO_CLOUD],
  ['POST', `${ALL}/3/cancel`, 409],
  ['DELETE', `${ALL}/2`, 403],
  ['DELETE', `${ALL}/2/logs`, 403],
  ['POST', `${ALL}/2/cancel`, 202],
  ['GET', `${ALL}/2`, 200],
  ['POST', `${ALL}/4/force-cancel`, 202, [...OLD, 'ghae', ...BEFORE(12)]],
  ['POST', `${ALL}/1/rerun`, 201],
  ['POST', `${ALL}/1/rerun`, 403],
  ['POST', `${ALL}/3/rerun-failed-jobs`, 201, [...NO_ATTEMPTS, 'ghae']],
  ['DELETE', `${ALL}/2/logs`, 204],
  ['GET', `${ALL}/2/logs`, 404],
  ['DELETE', `${ALL}/2`, 204],
  ['GET', `${ALL}/2`, 404],
]

it.each(SERVED_PRODUCTS)('%s operates on runs as GitHub describes it', async (product) => {
  const { call, state } = await withSandbox({ seed: SEED, product })
  const lines: string[] = []
  for (const [method, path, , , body] of STEPS)
    lines.push(`${method} ${path}: ${(await call(method, path, body)).status}`)
  const wanted = STEPS.map(([method, path, status, lackedBy = []]) => {
    return `${method} ${path}: ${lackedBy.includes(product) ? 404 : status}`
  })
  expect(lines).toEqual(wanted)
  const again = await withSandbox({ seed: state() })
  expect(again.state()).toEqual(state())
})

describe('the list of runs', () => {
  it.each([
    ['', [6, 5, 4, 3, 2, 1]],
    ['?actor=HuBot', [1]],
    ['?branch=dev', [1]],
    ['?event=pull_request', [6]],
    ['?status=completed', [6, 3, 1]],
    ['?status=failure', [3]],
    ['?status=action_required', [6]],
    ['?created=2024-03-02', [2]],
    ['?created=%3E%3D2024-03-03', [6, 5, 4, 3]],
    ['?created=%3E2024-03-03', [6, 5, 4]],
    ['?created=%3C2024-03-02T10:00:00Z', [1]],
    ['?created=2024-03-02..2024-03-04', [4, 3, 2]],
    ['?created=*..2024-03-02', [2, 1]],
    ['?check_suite_id=4', [4]],
    ['?per_page=2&page=2', [4, 3]],
  ])('%s', async (query, ids) => {
    const { call } = await withSandbox({ seed: SEED })
    const { body } = await call('GET', `${ALL}${query}`)
    expect((body as { workflow_runs: { id: number }[] }).workflow_runs.map(({ id }) => id)).toEqual(ids)
  })

  it('is refused for what is no date', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${ALL}?created=yesterday`)).status).toBe(422)
  })

  it('ends after 1,000 where it is filtered, and counts all', async () => {
    const runs = Object.fromEntries(Array.from({ length: 1100 }, (_, index) => [index + 1, { status: 'completed' }]))
    const { call } = await withSandbox({ seed: { repositories: { 'mona/web': { runs } } } })
    const path = '/repos/mona/web/actions/runs?per_page=100'
    const last = await call('GET', `${path}&status=completed&page=10`)
    expect(last.body).toMatchObject({ total_count: 1100, workflow_runs: { length: 100 } })
    expect(last.headers.link).not.toContain('rel="next"')
    expect((await call('GET', `${path}&page=10`)).headers.link).toContain('rel="next"')
  })

  it('leaves pull requests out when asked to', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${ALL}/3`)).body).toMatchObject({ pull_requests: [{ number: 7 }] })
    expect((await call('GET', `${ALL}/3?exclude_pull_requests=true`)).body).toMatchObject({ pull_requests: [] })
  })
})

describe('a run that is cancelled', () => {
  it('goes on until it has stopped', async () => {
    const runs = { 1: { cancel_takes_ms: 5000, jobs: { build: {} } } }
    const { call } = await withSandbox({ seed: { repositories: { 'mona/web': { runs } } } })
    const one = '/repos/mona/web/actions/runs/1'
    expect((await call('POST', `${one}/cancel`)).status).toBe(202)
    expect((await call('GET', one)).body).toMatchObject({ status: 'in_progress', conclusion: null })
    expect((await call('POST', `${one}/cancel`)).status).toBe(202)
    await call('POST', '/_sandbox/clock', { advance_ms: 5000 })
    expect((await call('GET', one)).body).toMatchObject({ status: 'completed', conclusion: 'cancelled' })
    expect(await call('POST', `${one}/cancel`)).toMatchObject({
      status: 409,
      body: { message: 'Cannot cancel a workflow run that is completed.' },
    })
  })

  it('does not stop where it is stuck, but by force', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('POST', `${ALL}/4/cancel`)).status).toBe(202)
    await call('POST', '/_sandbox/clock', { advance_ms: 3_600_000 })
    expect((await call('GET', `${ALL}/4`)).body).toMatchObject({ status: 'queued' })
    await call('POST', `${ALL}/4/force-cancel`)
    expect((await call('GET', `${ALL}/4`)).body).toMatchObject({ status: 'completed', conclusion: 'cancelled' })
  })
})

it('a run that is run again has another attempt, and what was before', async () => {
  const { call } = await withSandbox({ seed: SEED })
  await call('POST', `${ALL}/3/rerun-failed-jobs`)
  expect((await call('GET', `${ALL}/3`)).body).toMatchObject({ run_attempt: 2, status: 'queued', conclusion: null })
  expect((await call('GET', `${ALL}/3/attempts/1`)).body).toMatchObject({ run_attempt: 1, conclusion: 'failure' })
})

it('a run waits until all its environments are approved, and fails when one is rejected', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const review = (ids: readonly number[], state: string) =>
    call('POST', `${ALL}/5/pending_deployments`, { environment_ids: ids, state, comment: state })
  expect((await call('GET', `${ALL}/5/pending_deployments`)).body).toMatchObject([
    { environment: { id: 8 }, wait_timer: 5, reviewers: [{ type: 'Team', reviewer: { slug: 'ops' } }] },
    { environment: { id: 9 }, reviewers: [] },
  ])
  expect((await review([8], 'approved')).body).toMatchObject([{ environment: 'prod' }])
  expect((await call('GET', `${ALL}/5`)).body).toMatchObject({ status: 'waiting' })
  await review([9], 'rejected')
  expect((await call('GET', `${ALL}/5`)).body).toMatchObject({ status: 'completed', conclusion: 'failure' })
  expect((await call('GET', `${ALL}/5/approvals`)).body).toMatchObject([
    { state: 'approved', environments: [{ name: 'prod' }] },
    { state: 'rejected', environments: [{ name: 'eu' }] },
  ])
})

it('a fork’s run goes into the queue once it is approved', async () => {
  const { call } = await withSandbox({ seed: SEED })
  expect((await call('GET', `${ALL}/6`)).body).toMatchObject({ head_repository: { full_name: 'mona/web' } })
  await call('POST', `${ALL}/6/approve`)
  expect((await call('GET', `${ALL}/6`)).body).toMatchObject({ status: 'queued', conclusion: null })
})

it('the oldest of a concurrency group has it', async () => {
  const { call } = await withSandbox({ seed: SEED })
  expect((await call('GET', '/repos/acme/web/actions/concurrency_groups/deploy')).body).toMatchObject({
    group_members: [
      { run_id: 2, status: 'in_progress' },
      { run_id: 4, status: 'pending' },
    ],
  })
  expect((await call('GET', `${ALL}/4/concurrency_groups`)).body).toMatchObject({
    concurrency_groups: [{ group_members: [{ run_id: 4, position: 2 }] }],
  })
})

it('minutes are billed for hosted runners, rounded up', async () => {
  const { call } = await withSandbox({ seed: SEED })
  expect((await call('GET', `${ALL}/3/timing`)).body).toEqual({
    billable: { UBUNTU: { total_ms: 120_000, jobs: 1, job_runs: [{ job_id: 9001, duration_ms: 120_000 }] } },
    run_duration_ms: 150_000,
  })
  expect((await call('GET', '/repos/acme/web/actions/workflows/ci.yml/timing')).body).toEqual({
    billable: { UBUNTU: { total_ms: 120_000 } },
  })
})
