import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const SEED = {
  repositories: {
    'mona/web': {
      id: 101,
      runs: {
        1: { status: 'completed', logs: { text: 'one\ntwo\n' } },
        2: { status: 'completed', logs: 1_000_000, jobs: { build: { id: 9, logs: 'built\n' } } },
        3: { status: 'completed', logs: 'expired' },
        4: { status: 'completed', logs: { size: 300_000_000 } },
      },
    },
  },
}
const logs = (id: number) => `/repos/mona/web/actions/runs/${id}/logs`

async function located(sandbox: TestSandbox, path: string): Promise<string> {
  const { status, headers } = await sandbox.call('GET', path)
  expect(status).toBe(302)
  return headers.location ?? ''
}

describe('the store', () => {
  it('is on another origin, and gives what the redirect leads to', async () => {
    const sandbox = await withSandbox({ seed: SEED, product: 'ghes-3.19' })
    const location = await located(sandbox, logs(1))
    expect(new URL(location).origin).toBe(sandbox.origin.replace('127.0.0.1', 'localhost'))
    expect(new URL(location).pathname).toBe('/_store/run-logs/101/1/1')
    const { status, body, headers } = await sandbox.call('GET', location, undefined, '')
    expect({ status, body }).toEqual({ status: 200, body: 'one\ntwo\n' })
    expect(headers).toMatchObject({
      'content-length': '8',
      'content-type': 'application/zip',
      'accept-ranges': 'bytes',
    })
  })

  it('refuses a credential, a signature that is not its own, and one that is a minute old', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const location = await located(sandbox, logs(1))
    expect((await sandbox.call('GET', location)).status).toBe(400)
    expect((await sandbox.call('GET', location.replace('/1/1?', '/2/1?'), undefined, '')).status).toBe(403)
    expect((await sandbox.call('POST', location, undefined, '')).status).toBe(405)
    await sandbox.call('POST', '/_sandbox/clock', { advance_ms: 61_000 })
    expect((await sandbox.call('GET', location, undefined, '')).status).toBe(403)
  })

  it.each([
    ['bytes=0-2', 206, 'one', 'bytes 0-2/8'],
    ['bytes=4-', 206, 'two\n', 'bytes 4-7/8'],
    ['bytes=-2', 206, 'o\n', 'bytes 6-7/8'],
    ['bytes=4-99', 206, 'two\n', 'bytes 4-7/8'],
    ['lines=1-2', 200, 'one\ntwo\n', undefined],
  ])('gives the range %s', async (range, status, body, contentRange) => {
    const sandbox = await withSandbox({ seed: SEED })
    const answer = await sandbox.call('GET', await located(sandbox, logs(1)), undefined, '', { range })
    expect(answer).toMatchObject({ status, body })
    expect(answer.headers['content-range']).toBe(contentRange)
  })

  it('has no range behind the end, and gives all where the blob is another one', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const location = await located(sandbox, logs(1))
    expect((await sandbox.call('GET', location, undefined, '', { range: 'bytes=8-' })).status).toBe(416)
    const other = { range: 'bytes=4-', 'if-range': '"other"' }
    expect((await sandbox.call('GET', location, undefined, '', other)).status).toBe(200)
  })

  it('gives the same bytes in parts as at once', async () => {
    const sandbox = await withSandbox({ seed: SEED, reached: 'by the network' })
    const location = await located(sandbox, logs(2))
    const bytes = async (range?: string) =>
      Buffer.from(await (await fetch(location, range === undefined ? {} : { headers: { range } })).arrayBuffer())
    const whole = await bytes()
    expect(whole).toHaveLength(1_000_000)
    const parts = [await bytes('bytes=0-299999'), await bytes('bytes=300000-')]
    expect(Buffer.concat(parts).equals(whole)).toBe(true)
    expect(whole.subarray(0, 300_000).equals(whole.subarray(1, 300_001))).toBe(false)
  })

  it('does not hold what it sends in memory', async () => {
    const sandbox = await withSandbox({ seed: SEED, reached: 'by the network' })
    const response = await fetch(await located(sandbox, logs(4)))
    const before = process.memoryUsage().rss
    let [length, most] = [0, 0]
    for await (const chunk of response.body ?? []) {
      length += chunk.length
      most = Math.max(most, process.memoryUsage().rss - before)
    }
    expect(length).toBe(300_000_000)
    expect(most).toBeLessThan(100_000_000)
  })

  it.each(['by the network', undefined] as const)('breaks off where a fault says so, reached %s', async (reached) => {
    const sandbox = await withSandbox({ seed: SEED, ...(reached ? { reached } : {}) })
    const location = await located(sandbox, logs(2))
    await sandbox.call('POST', '/_sandbox/faults', { route: new URL(location).pathname, drop_after: 300_000 })
    await expect(sandbox.call('GET', location, undefined, '')).rejects.toThrow()
    const { body } = await sandbox.call('GET', location, undefined, '', { range: 'bytes=999990-' })
    expect(Buffer.byteLength(body as string)).toBeGreaterThan(0)
  })

  it('has other faults too', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const location = await located(sandbox, logs(1))
    const route = '/_store/run-logs/{repository_id}/{run_id}/{attempt_number}'
    await sandbox.call('POST', '/_sandbox/faults', { route, status: 503 })
    expect((await sandbox.call('GET', location, undefined, '')).status).toBe(503)
    expect((await sandbox.call('GET', location, undefined, '')).status).toBe(200)
    await sandbox.call('POST', '/_sandbox/faults', { route, drop: true })
    await expect(sandbox.call('GET', location, undefined, '')).rejects.toThrow()
    const wrong = await sandbox.call('POST', '/_sandbox/faults', { route: '/user', drop_after: 1 })
    expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringContaining('/_store/') } })
  })

  it('is logged without the query, with whether a credential came', async () => {
    const log = join(mkdtempSync(join(tmpdir(), 'store-')), 'log')
    const sandbox = await withSandbox({ seed: SEED, log })
    const location = await located(sandbox, logs(1))
    await sandbox.call('GET', location, undefined, '')
    await sandbox.call('GET', location)
    const lines = readFileSync(log, 'utf8').trim().split('\n').slice(1)
    const path = '/_store/run-logs/101/1/1'
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { method: 'GET', path, status: 200, authorized: false },
      { method: 'GET', path, status: 400, authorized: true },
    ])
    expect(lines.join('')).not.toContain('sig')
  })
})

it('a job has a log of its own', async () => {
  const sandbox = await withSandbox({ seed: SEED })
  const location = await located(sandbox, '/repos/mona/web/actions/jobs/9/logs')
  expect(await sandbox.call('GET', location, undefined, '')).toMatchObject({
    body: 'built\n',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
})

it('logs that have expired are gone', async () => {
  const { call } = await withSandbox({ seed: SEED })
  expect((await call('GET', logs(3))).status).toBe(410)
})
