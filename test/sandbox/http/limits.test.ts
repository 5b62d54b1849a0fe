import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SandboxOptions } from '../../../src/sandbox/server.ts'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const SEED = { organizations: { acme: { repositories: { web: {} } } } }
const NOON = Date.parse('2026-11-21T12:00:00Z')
const ISSUES = '/repos/acme/web/issues'

/** A sandbox whose clock stands still until it is put forward. */
async function limited(options: SandboxOptions = {}): Promise<TestSandbox & { forward(ms: number): Promise<unknown> }> {
  const sandbox = await withSandbox({ seed: SEED, limits: 'github', clock: () => NOON, ...options })
  const forward = async (ms: number) => (await sandbox.call('POST', '/_sandbox/clock', { advance_ms: ms })).body
  return { ...sandbox, forward }
}

async function times(count: number, ask: () => Promise<{ readonly status: number }>): Promise<number[]> {
  const statuses: number[] = []
  for (let asked = 0; asked < count; asked += 1) statuses.push((await ask()).status)
  return statuses
}

function seen(sandbox: TestSandbox): unknown {
  return (sandbox.state() as { limits?: unknown }).limits
}

describe('the limits', () => {
  it('are off unless asked for, and no header speaks of them then', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { headers } = await sandbox.call('GET', '/orgs/acme')
    expect(Object.keys(headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([])
    expect(seen(sandbox)).toBeUndefined()
  })

  it('stand in the headers of every answer, refusals too', async () => {
    const { call } = await limited()
    const reset = String(NOON / 1000 + 3600)
    for (const [path, used] of [
      ['/orgs/acme', '1'],
      ['/nothing', '2'],
    ] as const) {
      expect((await call('GET', path)).headers).toMatchObject({
        'x-ratelimit-limit': '5000',
        'x-ratelimit-used': used,
        'x-ratelimit-remaining': String(5000 - Number(used)),
        'x-ratelimit-reset': reset,
        'x-ratelimit-resource': 'core',
      })
    }
  })

  it('allow 900 points a minute, a write being 5 and a read 1; another token has its own', async () => {
    const { call, forward } = await limited()
    const write = () => call('PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'all' })
    const read = () => call('GET', '/orgs/acme')
    expect(new Set(await times(179, write))).toEqual(new Set([204]))
    expect(await times(5, read)).not.toContain(429)
    expect(await read()).toMatchObject({
      status: 429,
      headers: { 'retry-after': '60', 'x-ratelimit-remaining': '4816' },
      body: { message: expect.stringContaining('You have exceeded a secondary rate limit') },
    })
    expect(await times(2, () => call('GET', '/orgs/acme', undefined, 'another'))).toEqual([200, 200])
    await forward(59_000)
    expect((await read()).headers['retry-after']).toBe('1')
    await forward(1000)
    expect((await read()).status).toBe(200)
  })

  it('allow a workflow 1,000 requests an hour', async () => {
    const seed = { ...SEED, tokens: { robot: { workflow: 'acme/web' } } }
    const { call, forward } = await limited({ product: 'dotcom', seed })
    const read = () => call('GET', '/meta', undefined, 'robot')
    expect(await times(600, read)).not.toContain(429)
    await forward(60_000)
    expect(await times(400, read)).not.toContain(403)
    const refused = await read()
    expect(refused).toMatchObject({
      status: 403,
      headers: {
        'x-ratelimit-limit': '1000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': `${NOON / 1000 + 3600}`,
      },
      body: { message: expect.stringContaining('API rate limit exceeded for installation ID') },
    })
    expect(refused.headers['retry-after']).toBeUndefined()
    await forward(59 * 60_000)
    expect((await read()).status).toBe(200)
  })

  it('allow 80 issues and comments a minute and 500 an hour, and count no secret among them', async () => {
    const { call, forward } = await limited()
    const open = () => call('POST', ISSUES, { title: 'x' })
    expect(await times(80, open)).not.toContain(429)
    expect(await open()).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
    for (let minute = 0; minute < 5; minute += 1) {
      await forward(60_000)
      expect(await times(80, open)).not.toContain(429)
    }
    await forward(60_000)
    expect(await times(20, open)).not.toContain(429)
    expect(await open()).toMatchObject({ status: 429, headers: { 'retry-after': String(3600 - 360) } })
  })

  it('allow a hundred requests at once', async () => {
    const { call } = await limited({ latency: 1500 })
    const statuses = await Promise.all(Array.from({ length: 101 }, () => call('GET', '/orgs/acme')))
    expect(statuses.filter(({ status }) => status === 429)).toHaveLength(1)
  })

  it('count what is sent by one who was told to wait, in the state and in the log', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'octoform-limits-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const sandbox = await limited({ log: join(folder, 'log') })
    await times(181, () => sandbox.call('PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'all' }))
    expect(seen(sandbox)).toEqual({ rules: 'github', refused: 1, sent_while_told_to_wait: 0 })
    // A request that was on its way at the time of the answer does not count as sent during the wait.
    await sandbox.call('GET', '/orgs/acme')
    expect(seen(sandbox)).toMatchObject({ refused: 2, sent_while_told_to_wait: 0 })
    await sleep(300)
    await sandbox.call('GET', '/orgs/acme')
    expect(seen(sandbox)).toMatchObject({ refused: 3, sent_while_told_to_wait: 1 })
    const lines = readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n').slice(-2)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.not.objectContaining({ told_to_wait: true }),
      expect.objectContaining({ status: 429, limited: true, told_to_wait: true }),
    ])
    await sandbox.call('POST', '/_sandbox/reset')
    expect(seen(sandbox)).toMatchObject({ refused: 0, sent_while_told_to_wait: 0 })
    expect((await sandbox.call('GET', '/orgs/acme')).status).toBe(200)
  })

  it('can be given by the seed, and a state with them is a seed again', async () => {
    const sandbox = await withSandbox({ seed: { ...SEED, limits: 'github' } })
    expect((await sandbox.call('GET', '/orgs/acme')).headers['x-ratelimit-used']).toBe('1')
    const again = await withSandbox({ seed: sandbox.state() })
    expect(again.state()).toEqual(sandbox.state())
    await expect(withSandbox({ seed: { limits: 'gitlab' } })).rejects.toThrow('limits must be github')
  })
})

describe('the clock', () => {
  it('can be put forward: `Date` and `updated_at` follow', async () => {
    const { call, forward } = await limited()
    expect(await forward(90_000)).toEqual({ now: '2026-11-21T12:01:30.000Z' })
    const { body, headers } = await call('POST', ISSUES, { title: 'x' })
    expect(headers.date).toBe('Sat, 21 Nov 2026 12:01:30 GMT')
    expect(body).toMatchObject({ updated_at: '2026-11-21T12:01:30Z' })
  })

  it.each([[{ advance_ms: -1 }], [{}], [{ advance_ms: 'x' }]])('refuses %j', async (body) => {
    const { call } = await limited()
    expect((await call('POST', '/_sandbox/clock', body)).status).toBe(400)
  })
})
