import { describe, expect, it } from 'vitest'
import { attemptState } from '../../src/github/run-attempt.ts'
import { serverTime } from '../../src/github/server-clock.ts'
import { repositoryAnswer } from '../support/answers.ts'
import { clientFor } from '../support/client-for.ts'
import { serve } from '../support/scripted-server.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const RUN = { repository: 'acme/admin', run_id: '4711', run_attempt: 2 }

async function stateWith(run: object | undefined, product: string, asked = RUN) {
  const admin = run === undefined ? {} : { runs: { 4711: run } }
  const sandbox = await watchedSandbox({
    seed: { product, organizations: { acme: { repositories: { admin } } } },
  })
  const state = await attemptState(() => clientFor(sandbox.url, { mode: 'read-only' }), asked)
  return { state, requests: sandbox.asked.length }
}

describe.each(['ghes-2.22', 'ghae-2021', 'ghae', 'ghes-3.19', 'ghec'])(
  'whether an attempt has ended, on %s',
  (product) => {
    it.each([
      ['it runs', { status: 'in_progress', attempt: 2 }, 'running'],
      ['it waits for a runner', { status: 'queued', attempt: 2 }, 'running'],
      ['it has ended', { status: 'completed', conclusion: 'cancelled', attempt: 2 }, 'ended'],
      ['nobody knows of the run', undefined, 'unknown'],
    ])('%s', async (_what, run, state) => {
      expect(await stateWith(run, product)).toEqual({ state, requests: 1 })
    })
  },
)

it.each([
  ['a later attempt runs', { status: 'in_progress', attempt: 3 }, 'ended'],
  ['there was no such attempt yet', { status: 'completed', attempt: 1 }, 'unknown'],
])('%s', async (_what, run, state) => {
  expect((await stateWith(run, 'ghec')).state).toBe(state)
})

it.each([
  { ...RUN, run_id: '' },
  { ...RUN, run_id: '1/../2' },
  { ...RUN, repository: 'acme' },
  { ...RUN, repository: 'acme/..' },
  { ...RUN, repository: 'acme/admin/x' },
])('of what names no run, nothing is asked: %j', async (asked) => {
  expect(await stateWith({ status: 'completed', attempt: 2 }, 'ghec', asked)).toEqual({ state: 'unknown', requests: 0 })
})

it.each([500, 403, 401, 429])('an error of %i says nothing', async (status) => {
  const server = await serve((_request, response) => response.writeHead(status).end('{}'))
  expect(await attemptState(() => clientFor(server.url), RUN)).toBe('unknown')
})

it('an answer that is no run says nothing', async () => {
  const server = await serve((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  )
  expect(await attemptState(() => clientFor(server.url), RUN)).toBe('unknown')
})

describe("the server's clock", () => {
  const at = async (date: string) => {
    const server = await serve((_request, response) => {
      response.sendDate = false
      response
        .writeHead(200, { 'content-type': 'application/json', date })
        .end(JSON.stringify(repositoryAnswer('acme/admin')))
    })
    return serverTime(clientFor(server.url), 'acme/admin')
  }

  it('is the Date of its answer', async () => {
    expect(await at('Thu, 01 Oct 2026 10:00:00 GMT')).toEqual(new Date('2026-10-01T10:00:00Z'))
  })

  it('is not guessed', async () => {
    await expect(at('soon')).rejects.toThrow('without a valid Date')
  })
})
