import { describe, expect, it } from 'vitest'
import { NetworkError } from '../../../src/github/network-failure.ts'
import type { Exchange } from '../../../src/sandbox/server.ts'
import { sealed, withSandbox } from '../../support/sandbox.ts'

const SEED = {
  organizations: { acme: { secrets: { A: { visibility: 'all', value: 'a' }, B: { visibility: 'all' } } } },
}
const SECRETS = '/orgs/acme/actions/secrets'
const SECRET = '/orgs/{org}/actions/secrets/{secret_name}'

describe('a scripted fault', () => {
  it('strikes the nth matching request, so many times', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('POST', '/_sandbox/faults', { method: 'GET', route: SECRET, nth: 2, times: 2, status: 502 })
    const statuses: number[] = []
    for (const path of ['/A', '', '/B', '/A', '/A']) statuses.push((await call('GET', SECRETS + path)).status)
    expect(statuses).toEqual([200, 200, 502, 502, 200])
  })

  it.each([
    [{ message: 'Server Error' }, 'application/json; charset=utf-8'],
    ['<html>Unicorn!</html>', 'text/html; charset=utf-8'],
  ])('answers %j as %s', async (body, type) => {
    const { call } = await withSandbox({ seed: SEED })
    await call('POST', '/_sandbox/faults', { route: '/orgs/acme', status: 503, headers: { 'Retry-After': '7' }, body })
    const reply = await call('GET', '/orgs/acme')
    expect(reply).toMatchObject({ status: 503, body, headers: { 'content-type': type, 'retry-after': '7' } })
    expect(reply.headers['x-sandbox-fault']).toBe('scripted')
    expect((await call('GET', '/orgs/acme')).status).toBe(200)
  })

  it('closes the connection without an answer, before or after the effect', async () => {
    const exchanges: Exchange[] = []
    const sandbox = await withSandbox({ seed: SEED, onExchange: (exchange) => exchanges.push(exchange) })
    const { call } = sandbox
    await call('POST', '/_sandbox/faults', { method: 'DELETE', route: SECRET, drop: true })
    await expect(call('DELETE', `${SECRETS}/A`)).rejects.toThrow(NetworkError)
    expect((await call('GET', `${SECRETS}/A`)).status).toBe(200)
    await call('POST', '/_sandbox/faults', { method: 'DELETE', drop: true, after: true })
    await expect(call('DELETE', `${SECRETS}/A`)).rejects.toThrow(NetworkError)
    expect((await call('GET', `${SECRETS}/A`)).status).toBe(404)
    expect(exchanges.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
      `DELETE ${SECRET} 0`,
      `GET ${SECRET} 200`,
      `DELETE ${SECRET} 0`,
      `GET ${SECRET} 404`,
    ])
  })

  it('answers something else after the effect', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('POST', '/_sandbox/faults', { method: 'DELETE', status: 504, after: true })
    expect((await call('DELETE', `${SECRETS}/A`)).status).toBe(504)
    expect((await call('GET', `${SECRETS}/A`)).status).toBe(404)
  })

  it('delays the true answer', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('POST', '/_sandbox/faults', { delay_ms: 120 })
    const started = performance.now()
    expect((await call('GET', '/orgs/acme')).status).toBe(200)
    expect(performance.now() - started).toBeGreaterThan(110)
  })

  it('changes the keys between the read and the write', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await sandbox.call('POST', '/_sandbox/faults', {
      route: '/orgs/{org}/actions/secrets/public-key',
      rotate_keys: true,
    })
    const stale = { ...(await sealed(sandbox, SECRETS, 'x')), visibility: 'all' }
    expect((await sandbox.call('PUT', `${SECRETS}/A`, stale)).status).toBe(422)
    const fresh = { ...(await sealed(sandbox, SECRETS, 'x')), visibility: 'all' }
    expect((await sandbox.call('PUT', `${SECRETS}/A`, fresh)).status).toBe(204)
  })

  it("of headers alone leaves the answer GitHub's own", async () => {
    const { call } = await withSandbox({ seed: SEED, limits: 'github' })
    const usual = await call('GET', `${SECRETS}/A`)
    await call('POST', '/_sandbox/faults', {
      route: SECRET,
      headers: { 'X-RateLimit-Remaining': '0', 'x-ratelimit-reset': null },
    })
    const { status, body, headers } = await call('GET', `${SECRETS}/A`)
    expect({ status, body }).toEqual({ status: 200, body: usual.body })
    expect(headers).toMatchObject({ 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '5000' })
    expect(headers['x-ratelimit-reset']).toBeUndefined()
    expect(headers['x-sandbox-fault']).toBeUndefined()
    expect((await call('GET', `${SECRETS}/A`)).headers['x-ratelimit-remaining']).toBe('4997')
  })

  it('is taken back by DELETE', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('POST', '/_sandbox/faults', { status: 500, times: 9 })
    expect((await call('GET', '/orgs/acme')).status).toBe(500)
    expect((await call('DELETE', '/_sandbox/faults')).status).toBe(204)
    expect((await call('GET', '/orgs/acme')).status).toBe(200)
  })

  it.each([
    [{}, 'A fault needs one of status, drop, drop_after, delay_ms, headers, limit, rotate_keys.'],
    [{ body: 'x', delay_ms: 1 }, 'The "body" of a fault needs a "status".'],
    [{ headers: { 'x-ratelimit-remaining': 0 } }, 'The header x-ratelimit-remaining of a fault must be text or null.'],
    [{ limit: 'secondary' }, 'No limits hold here: start the sandbox with --limits github.'],
    [{ limit: 'other' }, 'The "limit" of a fault must be primary or secondary.'],
    [{ status: 429, wait_ms: 5 }, '"wait_ms" and "retry_after" of a fault need a "limit".'],
    [{ status: 429, retry_after: false }, '"wait_ms" and "retry_after" of a fault need a "limit".'],
    [{ status: '500' }, 'The "status" of a fault must be a number.'],
    [{ status: 500, path: '/x' }, 'A fault has no "path". It takes: method, route,'],
  ])('%j is refused', async (fault, message) => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('POST', '/_sandbox/faults', fault)
    expect(reply).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } })
  })

  it.each([
    ['POST', '/_sandbox/faults', '{', 400],
    ['POST', '/_sandbox/faults', '[]', 422],
    ['POST', '/_sandbox/state', undefined, 404],
    ['GET', '/_sandbox/nothing', undefined, 404],
  ])('%s %s %s answers %i', async (method, path, body, status) => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call(method, path, body)).status).toBe(status)
  })
})
