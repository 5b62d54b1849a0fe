import { describe, expect, it } from 'vitest'
import { appKey } from '../../support/app-key.ts'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const HEAD = 'a'.repeat(40)
const TIP = 'c'.repeat(40)
const RUNS = '/repos/acme/config/check-runs'
const SEED = {
  organizations: {
    acme: {
      repositories: {
        config: {
          branches: { main: TIP },
          pull_requests: { 7: { head: { sha: HEAD } }, 8: { head: { sha: HEAD, repository: 'octocat/fork' } } },
          check_runs: [
            { id: 7001, name: 'octoform plan', head_sha: HEAD, external_id: 'one', app: 'imitator' },
            { id: 7002, name: 'octoform plan', head_sha: HEAD, external_id: 'two' },
            { id: 7003, name: 'octoform plan', head_sha: HEAD, external_id: 'three' },
            { id: 7004, name: 'lint', head_sha: HEAD, status: 'in_progress' },
            { id: 7005, name: 'octoform plan' },
          ],
        },
      },
    },
  },
  apps: {
    linter: {
      id: 11,
      private_key_public: appKey('linter').publicKey,
      installations: { acme: { id: 1, repositories: 'all', permissions: { checks: 'write', metadata: 'read' } } },
    },
  },
  tokens: {
    owner: {},
    workflow: { workflow: true },
    linter: { app: 'linter', owner: 'acme' },
    reading: { workflow: true, permissions: { checks: 'read' } },
  },
}
const RUN = { name: 'octoform plan', head_sha: HEAD }

async function idsOf({ call }: TestSandbox, path: string, headers = {}): Promise<number[]> {
  const { body } = await call('GET', `/repos/acme/config/commits/${path}`, undefined, 'owner', headers)
  return (body as { check_runs: { id: number }[] }).check_runs.map(({ id }) => id)
}

describe('check runs of a commit', () => {
  it.each([
    ['', [7004, 7003, 7001]],
    ['?filter=all', [7004, 7003, 7002, 7001]],
    ['?check_name=octoform%20plan', [7003, 7001]],
    ['?status=in_progress', [7004]],
    ['?app_id=15368', [7004, 7003]],
    ['?check_name=octoform%20plan&filter=all&app_id=15368', [7003, 7002]],
    ['?app_id=99', []],
    ['?filter=all&per_page=1&page=2', [7003]],
  ])('"%s" lists %j', async (query, expected) => {
    expect(await idsOf(await withSandbox({ seed: SEED }), `${HEAD}/check-runs${query}`)).toEqual(expected)
  })

  it('are those of the tip where a branch is named', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    expect(await idsOf(sandbox, 'main/check-runs')).toEqual([7005])
    expect(await idsOf(sandbox, 'heads%2Fmain/check-runs')).toEqual([7005])
    expect(await sandbox.call('GET', `/repos/acme/config/commits/${'d'.repeat(40)}/check-runs`)).toMatchObject({
      status: 422,
      body: { message: `No commit found for SHA: ${'d'.repeat(40)}` },
    })
  })

  it('are not filtered by App on GHES 2.22, and need a preview there', async () => {
    const sandbox = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
    const headers = { accept: 'application/vnd.github.antiope-preview+json' }
    expect(await idsOf(sandbox, `${HEAD}/check-runs?app_id=99`, headers)).toEqual([7004, 7003, 7001])
    for (const path of [`${RUNS}/7001`, `/repos/acme/config/commits/${HEAD}/check-runs`]) {
      expect(await sandbox.call('GET', path)).toMatchObject({ status: 415 })
    }
    expect((await sandbox.call('POST', RUNS, RUN, 'workflow')).status).toBe(415)
    expect((await sandbox.call('PATCH', `${RUNS}/7003`, {}, 'workflow')).status).toBe(415)
  })
})

describe('a check run', () => {
  it('says who made it, for which commit, and in which pull requests of this repository that is', async () => {
    const { call, url } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${RUNS}/7002`)).body).toMatchObject({
      id: 7002,
      head_sha: HEAD,
      external_id: 'two',
      status: 'completed',
      conclusion: 'success',
      app: { id: 15368, slug: 'github-actions' },
      html_url: `${url}/acme/config/runs/7002`,
      details_url: `${url}/acme/config/runs/7002`,
      pull_requests: [{ number: 7 }],
    })
    const { body } = await call('GET', `${RUNS}/7001`)
    expect(body).toMatchObject({ app: { slug: 'imitator', id: expect.not.toSatisfy((id) => id === 15368) } })
  })

  it('is a new one each time, also under a name that is taken', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const made = await sandbox.call('POST', RUNS, { ...RUN, external_id: 'four' }, 'workflow')
    expect(made).toMatchObject({
      status: 201,
      body: { id: 7006, status: 'queued', conclusion: null, external_id: 'four', completed_at: null },
    })
    expect(await idsOf(sandbox, `${HEAD}/check-runs?check_name=octoform%20plan`)).toEqual([7006, 7001])
    const byLinter = await sandbox.call('POST', RUNS, RUN, 'linter')
    expect(byLinter.body).toMatchObject({ id: 7007, app: { id: 11, slug: 'linter' } })
    expect(await idsOf(sandbox, `${HEAD}/check-runs?check_name=octoform%20plan`)).toEqual([7007, 7006, 7001])
  })

  it('is changed by the App that made it', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const annotation = { path: 'a.yaml', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'Here' }
    const output = { title: 'Plan', summary: 'Running', annotations: [annotation] }
    await call('PATCH', `${RUNS}/7004`, { output }, 'workflow')
    const update = { conclusion: 'failure', external_id: 'x', output: { summary: 'Over', annotations: [annotation] } }
    expect((await call('PATCH', `${RUNS}/7004`, update, 'workflow')).body).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      external_id: 'x',
      completed_at: expect.any(String),
      output: { title: 'Plan', summary: 'Over', text: null, annotations_count: 2 },
    })
  })

  it('is nobody else’s to change', async () => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    expect(await call('PATCH', `${RUNS}/7001`, { name: 'mine' }, 'workflow')).toMatchObject({
      status: 403,
      body: {
        message: 'Invalid app_id `15368` - check run can only be modified by the GitHub App that created it.',
      },
    })
    const person = { status: 403, body: { message: 'You must authenticate via a GitHub App.' } }
    expect(await call('POST', RUNS, RUN)).toMatchObject(person)
    expect(await call('PATCH', `${RUNS}/7003`, { name: 'mine' })).toMatchObject(person)
    expect(await call('POST', RUNS, RUN, 'reading')).toMatchObject({
      status: 403,
      headers: { 'x-accepted-github-permissions': 'checks=write' },
    })
    expect(state()).toEqual(before)
  })

  it.each([
    [{ head_sha: HEAD }, `"name" wasn't supplied.`],
    [{ name: 'x' }, `"head_sha" wasn't supplied.`],
    [{ name: 'x', head_sha: 'd'.repeat(40) }, `No commit found for SHA: ${'d'.repeat(40)}`],
    [{ ...RUN, status: 'completed' }, `"conclusion" wasn't supplied.`],
    [{ ...RUN, conclusion: 'stale' }, 'stale is not a member of'],
    [{ ...RUN, started_at: 'now' }, 'is not a date-time.'],
    [{ ...RUN, output: { summary: 's' } }, `"title" wasn't supplied.`],
    [{ ...RUN, output: { title: 't' } }, `"summary" wasn't supplied.`],
    [
      { ...RUN, output: { title: 't', summary: 'x'.repeat(65536) } },
      'Only 65535 characters are allowed; 65536 were supplied.',
    ],
    [
      { ...RUN, output: { title: 't', summary: 's', text: 'x'.repeat(65536) } },
      'Only 65535 characters are allowed; 65536 were supplied.',
    ],
    [
      { ...RUN, output: { title: 't', summary: 's', annotations: Array(51).fill({}) } },
      'No more than 50 items are allowed; 51 were supplied.',
    ],
    [{ ...RUN, output: { title: 't', summary: 's', annotations: [{ path: 'a' }] } }, `"message" wasn't supplied.`],
  ])('%# is refused', async (body, message) => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    const reply = await call('POST', RUNS, body, 'workflow')
    expect(reply).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) } })
    expect(state()).toEqual(before)
  })
})
