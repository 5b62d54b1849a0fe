import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type TestSandbox, type TestSandboxOptions, withSandbox } from '../../support/sandbox.ts'

const SEED = { organizations: { acme: { repositories: { web: { issues: { 1: { title: 'x' } } } } } } }
const NOON = Date.parse('2026-11-21T12:00:00Z')
const WEB = '/repos/acme/web'
const QUERY = { query: '{ viewer { login } }' }
const MUTATION = { query: '\n mutation($input: X!) { y(input: $input) { z } }', variables: {} }

interface Limited extends TestSandbox {
  forward(ms: number): Promise<unknown>
  usage(): Promise<unknown>
}

async function limited(options: TestSandboxOptions = {}): Promise<Limited> {
  const sandbox = await withSandbox({ seed: SEED, limits: 'github', clock: () => NOON, ...options })
  return {
    ...sandbox,
    forward: (ms) => sandbox.call('POST', '/_sandbox/clock', { advance_ms: ms }),
    async usage() {
      const { accounts } = (await sandbox.call('GET', '/_sandbox/limits')).body as { accounts: Record<string, unknown> }
      return Object.values(accounts)[0]
    },
  }
}

async function allowed(ask: () => Promise<{ readonly status: number }>, most: number): Promise<number> {
  for (let asked = 0; asked <= most; asked += 1) {
    const { status } = await ask()
    if (status === 429 || status === 403) return asked
  }
  return Number.POSITIVE_INFINITY
}

describe('the points of a minute', () => {
  it.each([
    ['GET', '/orgs/acme', undefined, 1],
    ['HEAD', '/orgs/acme', undefined, 1],
    ['POST', `${WEB}/nothing`, {}, 5],
    ['PATCH', `${WEB}/nothing`, {}, 5],
    ['PUT', '/orgs/acme/actions/secrets/X', {}, 5],
    ['DELETE', '/orgs/acme/actions/secrets/X', undefined, 5],
  ])('%s %s', async (method, path, body, points) => {
    const { call, usage } = await limited()
    await call(method, path, body)
    expect(await usage()).toMatchObject({ requests: 1, points, most: { points_a_minute: points } })
  })

  it('of GraphQL are 2,000 of its own, a mutation being 5', async () => {
    const { call, usage } = await limited()
    await call('POST', '/graphql', QUERY)
    expect(await usage()).toMatchObject({ points: 1, most: { points_a_minute: 0, graphql_points_a_minute: 1 } })
    expect(await allowed(() => call('POST', '/graphql', MUTATION), 400)).toBe(399)
    expect(await usage()).toMatchObject({ most: { points_a_minute: 0, graphql_points_a_minute: 1996 } })
  })

  it('slide', async () => {
    const { call, forward } = await limited()
    const read = (): Promise<{ readonly status: number }> => call('GET', '/orgs/acme')
    expect(await allowed(read, 449)).toBe(Number.POSITIVE_INFINITY)
    await forward(30_000)
    expect(await allowed(read, 448)).toBe(Number.POSITIVE_INFINITY)
    await forward(30_000)
    // The first 450 count no more, the others still do.
    expect(await allowed(read, 900)).toBe(451)
  })
})

describe('what creates content', () => {
  it.each([
    ['POST', `${WEB}/issues`, { title: 'x' }],
    ['POST', `${WEB}/issues/1/comments`, { body: 'x' }],
    ['POST', `${WEB}/pulls`, {}],
    ['POST', `${WEB}/pulls/1/comments`, {}],
    ['POST', `${WEB}/pulls/1/reviews`, {}],
    ['POST', `${WEB}/commits/main/comments`, {}],
    ['POST', `${WEB}/check-runs`, {}],
    ['POST', `${WEB}/git/commits`, {}],
    ['POST', '/repositories/1001/issues', { title: 'x' }],
  ])('%s %s', async (method, path, body) => {
    const { call, usage } = await limited()
    await call(method, path, body)
    expect(await usage()).toMatchObject({ most: { created_a_minute: 1, created_an_hour: 1 } })
  })

  it.each([
    ['PUT', '/orgs/acme/actions/secrets/X', {}],
    ['PUT', `${WEB}/contents/x`, {}],
    ['PATCH', `${WEB}/issues/1`, { title: 'y' }],
    ['GET', `${WEB}/issues`, undefined],
    ['POST', `${WEB}/git/refs`, {}],
    ['POST', '/orgs/acme/actions/runner-groups', { name: 'x' }],
  ])('is not %s %s', async (method, path, body) => {
    const { call, usage } = await limited()
    await call(method, path, body)
    expect(await usage()).toMatchObject({ most: { created_a_minute: 0, created_an_hour: 0 } })
  })
})

describe('a secondary limit is told', () => {
  it.each([
    [429, true],
    [429, false],
    [403, true],
    [403, false],
  ])('by %i, with retry-after: %s', async (status, told) => {
    const seed = { ...SEED, limits: { rules: 'github', secondary: { status, retry_after: told } } }
    const { call, forward, state } = await limited({ seed })
    const read = (): ReturnType<TestSandbox['call']> => call('GET', '/orgs/acme')
    expect(await allowed(read, 900)).toBe(900)
    await forward(1000)
    const refused = await read()
    expect(refused).toMatchObject({
      status,
      headers: { 'x-ratelimit-remaining': '4100' },
      body: { message: expect.stringContaining('secondary rate limit') },
    })
    expect(refused.headers['retry-after']).toBe(told ? '59' : undefined)
    await forward(59_000)
    expect((await read()).status).toBe(200)
    expect((await withSandbox({ seed: state() })).state()).toMatchObject({
      limits: { secondary: { status, retry_after: told } },
    })
  })

  it.each([
    [{ limits: { rules: 'github', secondary: { status: 500 } } }, 'limits.secondary.status must be 403 or 429.'],
    [{ limits: { rules: 'github', secondary: { retry: true } } }, 'limits.secondary has the unknown key "retry".'],
    [{ tokens: { x: { workflow: true, user: 'mona' } } }, 'tokens.x.user is for a token of a person.'],
  ])('and %j is no seed', async (seed, message) => {
    await expect(withSandbox({ seed })).rejects.toThrow(message)
  })
})

describe('a scripted limit', () => {
  it('begins at its request and holds for all that the account sends', async () => {
    const { call, forward, state } = await limited()
    await call('POST', '/_sandbox/faults', { route: '/orgs/acme', nth: 2, limit: 'secondary', wait_ms: 120_000 })
    const statuses = async (): Promise<number[]> => [
      (await call('GET', '/orgs/acme')).status,
      (await call('GET', WEB)).status,
      (await call('GET', WEB, undefined, 'another')).status,
    ]
    expect(await statuses()).toEqual([200, 200, 200])
    expect(await statuses()).toEqual([429, 429, 200])
    expect((await call('GET', WEB)).headers['retry-after']).toBe('120')
    await sleep(60)
    await forward(119_999)
    expect(await statuses()).toEqual([429, 429, 200])
    await forward(1)
    expect(await statuses()).toEqual([200, 200, 200])
    expect(state()).toMatchObject({ limits: { refused: 5, sent_while_told_to_wait: 2 } })
  })

  it('is told as the script wants it', async () => {
    const { call } = await limited()
    await call('POST', '/_sandbox/faults', { limit: 'secondary', status: 403, retry_after: false })
    const { status, headers } = await call('GET', '/orgs/acme')
    expect([status, headers['retry-after'], headers['x-sandbox-fault']]).toEqual([403, undefined, undefined])
  })

  it('of the hour holds to its end', async () => {
    const { call, forward } = await limited()
    await call('GET', '/orgs/acme')
    await forward(60_000)
    await call('POST', '/_sandbox/faults', { limit: 'primary' })
    for (const _ of [1, 2]) {
      expect(await call('GET', '/orgs/acme')).toMatchObject({
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOON / 1000 + 3600) },
      })
    }
    await forward(59 * 60_000)
    expect((await call('GET', '/orgs/acme')).status).toBe(200)
  })

  it('counts what comes while the clock was put forward as sent by one who knew', async () => {
    const { call, forward, state } = await limited()
    await call('POST', '/_sandbox/faults', { limit: 'secondary' })
    await call('GET', '/orgs/acme')
    await call('GET', '/orgs/acme')
    expect(state()).toMatchObject({ limits: { refused: 2, sent_while_told_to_wait: 0 } })
    await forward(1000)
    await call('GET', '/orgs/acme')
    expect(state()).toMatchObject({ limits: { refused: 3, sent_while_told_to_wait: 1 } })
  })
})
