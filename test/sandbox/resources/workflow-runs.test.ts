import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: {
          runs: { 4711: { attempt: 3, status: 'in_progress', event: 'schedule', path: '.github/workflows/a.yml' } },
        },
      },
    },
  },
}
const RUN = '/repos/acme/web/actions/runs/4711'
const HOLDER = { owner: 'acme', repository: 'web', id: 4711 }

it.each(SERVED_PRODUCTS)('%s tells of a run and its attempts as GitHub describes it', async (product) => {
  const { call } = await withSandbox({ seed: SEED, product })
  const { status, body } = await call('GET', RUN)
  const hasAttempts = !['ghes-2.22', 'ghes-3.4', 'ghae-2021'].includes(product)
  expect({ status, body }).toMatchObject({
    status: 200,
    body: {
      id: 4711,
      status: 'in_progress',
      conclusion: null,
      event: 'schedule',
      head_branch: 'main',
      head_sha: expect.stringMatching(/^[\da-f]{40}$/),
      ...(hasAttempts ? { run_attempt: 3, previous_attempt_url: expect.stringMatching(/\/attempts\/2$/) } : {}),
    },
  })
  expect('run_attempt' in (body as object)).toBe(hasAttempts)
  expect((await call('GET', `${RUN}/attempts/3`)).status).toBe(hasAttempts ? 200 : 404)
})

describe('the attempts of a run', () => {
  it('have ended but for the last', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const attempt = async (number: number) => (await call('GET', `${RUN}/attempts/${number}`)).body
    expect(await attempt(1)).toMatchObject({ run_attempt: 1, status: 'completed', previous_attempt_url: null })
    expect(await attempt(2)).toMatchObject({ run_attempt: 2, status: 'completed', conclusion: 'failure' })
    expect(await attempt(3)).toMatchObject({ run_attempt: 3, status: 'in_progress', conclusion: null })
  })

  it.each([`${RUN}/attempts/4`, `${RUN}/attempts/0`, '/repos/acme/web/actions/runs/4712'])(
    '%s is not there',
    async (path) => {
      const { call } = await withSandbox({ seed: SEED })
      expect((await call('GET', path)).status).toBe(404)
    },
  )
})

describe('a scripted run', () => {
  it('ends, and is run again', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const change = { ...HOLDER, status: 'completed', conclusion: 'cancelled' }
    expect((await call('POST', '/_sandbox/runs', change)).status).toBe(204)
    expect((await call('GET', RUN)).body).toMatchObject({
      status: 'completed',
      conclusion: 'cancelled',
      run_attempt: 3,
    })
    await call('POST', '/_sandbox/runs', { ...HOLDER, attempt: 4, status: 'queued' })
    expect((await call('GET', RUN)).body).toMatchObject({ status: 'queued', conclusion: null, run_attempt: 4 })
    expect((await call('GET', `${RUN}/attempts/3`)).body).toMatchObject({ status: 'completed' })
  })

  it('begins where there was none', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('POST', '/_sandbox/runs', { ...HOLDER, id: 5 })
    const { body } = await call('GET', '/repos/acme/web/actions/runs/5')
    expect(body).toMatchObject({ id: 5, run_attempt: 1, status: 'in_progress', event: 'push' })
  })

  it.each([
    [{ ...HOLDER, repository: 'none' }, 404, 'There is no repository acme/none.'],
    [{ owner: 'acme', repository: 'web' }, 422, '"id" must be a whole number from 1.'],
    [{ ...HOLDER, status: 'done' }, 422, 'done is not a member of ["queued",'],
  ])('%j is refused', async (body, status, message) => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('POST', '/_sandbox/runs', body)
    expect(reply).toMatchObject({ status, body: { message: expect.stringContaining(message) } })
  })
})

it('the runs of a seed stay what they are when the state is seeded again', async () => {
  const first = await withSandbox({ seed: SEED })
  await first.call('POST', '/_sandbox/runs', { ...HOLDER, id: 5, status: 'completed', conclusion: 'failure' })
  const state = first.state()
  const second = await withSandbox({ seed: state })
  expect(second.state()).toEqual(state)
  expect((await second.call('GET', RUN)).body).toEqual(
    JSON.parse(JSON.stringify((await first.call('GET', RUN)).body).replaceAll(first.origin, second.origin)),
  )
})

it.each([
  ['x: {}', 'web.runs.x must be named by its id, a whole number from 1.'],
  ['1: { status: done }', 'web.runs.1.status must be one of queued, in_progress,'],
])('runs: { %s } is refused', async (run, message) => {
  const seed = `organizations: { acme: { repositories: { web: { runs: { ${run} } } } } }`
  await expect(withSandbox({ seed })).rejects.toThrow(message)
})
