import { expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  repositories: {
    'mona/web': {
      id: 101,
      runs: {
        1: {
          status: 'completed',
          conclusion: 'failure',
          attempt: 2,
          jobs: {
            build: { id: 31, attempt: 1, conclusion: 'success' },
            'test 1': { id: 32, name: 'test', attempt: 1 },
            test: { id: 33, logs: { text: 'failed here\n' }, labels: ['self-hosted', 'gpu'], runner: 'gpu-01' },
          },
        },
        2: { status: 'waiting', jobs: { deploy: { id: 34 } } },
      },
    },
  },
}
const RUN = '/repos/mona/web/actions/runs/1'
const JOB = '/repos/mona/web/actions/jobs'
const NO_ATTEMPTS = ['ghes-2.22', 'ghae-2021', 'ghes-3.4']
const STEPS: readonly (readonly [method: string, path: string, status: number, lackedBy?: readonly string[]])[] = [
  ['GET', `${RUN}/jobs`, 200],
  ['GET', '/repos/mona/web/actions/runs/2/jobs', 200],
  ['GET', `${RUN}/attempts/1/jobs`, 200, NO_ATTEMPTS],
  ['GET', `${RUN}/attempts/3/jobs`, 404],
  ['GET', `${JOB}/33`, 200],
  ['GET', `${JOB}/35`, 404],
  ['GET', `${JOB}/33/logs`, 302],
  ['GET', `${JOB}/34/logs`, 404],
  ['POST', `${JOB}/34/rerun`, 403, [...NO_ATTEMPTS, 'ghae']],
  ['POST', `${JOB}/32/rerun`, 403, [...NO_ATTEMPTS, 'ghae']],
  ['POST', `${JOB}/33/rerun`, 201, [...NO_ATTEMPTS, 'ghae']],
]

it.each(SERVED_PRODUCTS)('%s has jobs as GitHub describes it', async (product) => {
  const { call, state } = await withSandbox({ seed: SEED, product })
  const lines: string[] = []
  for (const [method, path] of STEPS) lines.push(`${method} ${path}: ${(await call(method, path)).status}`)
  const wanted = STEPS.map(([method, path, status, lackedBy = []]) => {
    return `${method} ${path}: ${lackedBy.includes(product) ? 404 : status}`
  })
  expect(lines).toEqual(wanted)
  expect((await withSandbox({ seed: state() })).state()).toEqual(state())
})

it.each([
  [`${RUN}/jobs`, [31, 33]],
  [`${RUN}/jobs?filter=latest`, [31, 33]],
  [`${RUN}/jobs?filter=all`, [31, 32, 33]],
  [`${RUN}/attempts/1/jobs`, [31, 32]],
  [`${RUN}/attempts/2/jobs`, [31, 33]],
])('%s', async (path, ids) => {
  const { call } = await withSandbox({ seed: SEED })
  const { body } = await call('GET', path)
  expect((body as { jobs: { id: number }[] }).jobs.map(({ id }) => id)).toEqual(ids)
})

it('a job has its own log, and a new attempt has its own job', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const { headers } = await call('GET', `${JOB}/33/logs`)
  const log = await call('GET', headers.location ?? '', undefined, '')
  expect(log).toMatchObject({ status: 200, body: 'failed here\n' })
  await call('POST', `${JOB}/33/rerun`)
  expect((await call('GET', `${RUN}/jobs`)).body).toMatchObject({
    jobs: [{ id: 31 }, { id: 9001, name: 'test', run_attempt: 3, status: 'queued', runner_name: null }],
  })
  await call('POST', `${RUN}/cancel`)
  expect((await call('GET', `${JOB}/9001`)).body).toMatchObject({ status: 'completed', conclusion: 'cancelled' })
  await call('DELETE', `${RUN}/logs`)
  expect((await call('GET', `${JOB}/33/logs`)).status).toBe(404)
})
