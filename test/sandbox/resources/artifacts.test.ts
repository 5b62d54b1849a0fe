import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  repositories: {
    'mona/web': {
      id: 101,
      runs: {
        1: {
          status: 'completed',
          artifacts: {
            site: { id: 11, text: 'hello', created_at: '2026-01-01T00:00:00Z', expires_at: '2099-01-01T00:00:00Z' },
            old: { id: 12, created_at: '2024-01-01T00:00:00Z' },
          },
        },
        2: {
          status: 'completed',
          artifacts: {
            big: { id: 13, name: 'site', size: 2_000_000_000, expires_at: '2099-01-01T00:00:00Z', ranges: false },
          },
        },
      },
    },
  },
}
const ALL = '/repos/mona/web/actions/artifacts'
const STEPS = [
  ['GET', ALL, 200],
  ['GET', '/repos/mona/web/actions/runs/1/artifacts', 200],
  ['GET', '/repos/mona/web/actions/runs/9/artifacts', 404],
  ['GET', `${ALL}/11`, 200],
  ['GET', `${ALL}/11/zip`, 302],
  ['GET', `${ALL}/11/tar`, 404],
  ['GET', `${ALL}/12/zip`, 410],
  ['DELETE', `${ALL}/12`, 204],
  ['DELETE', `${ALL}/12`, 404],
  ['GET', `${ALL}/12`, 404],
] as const

it.each(SERVED_PRODUCTS)('%s has artifacts as GitHub describes it', async (product) => {
  const { call, state } = await withSandbox({ seed: SEED, product })
  const lines: string[] = []
  for (const [method, path] of STEPS) lines.push(`${method} ${path}: ${(await call(method, path)).status}`)
  const gone = product === 'ghes-2.22' ? 404 : 410
  expect(lines).toEqual(STEPS.map(([method, path, status]) => `${method} ${path}: ${status === 410 ? gone : status}`))
  expect((await withSandbox({ seed: state() })).state()).toEqual(state())
})

describe('artifacts', () => {
  it.each([
    [ALL, [11, 13, 12]],
    [`${ALL}?name=site`, [11, 13]],
    ['/repos/mona/web/actions/runs/1/artifacts', [11, 12]],
    ['/repos/mona/web/actions/runs/1/artifacts?direction=asc', [12, 11]],
    [`${ALL}?per_page=1&page=2`, [13]],
  ])('%s', async (path, ids) => {
    const { call } = await withSandbox({ seed: SEED })
    const { body } = await call('GET', path)
    expect((body as { artifacts: { id: number }[] }).artifacts.map(({ id }) => id)).toEqual(ids)
  })

  it('have the size and the digest of what is downloaded', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${ALL}/11`)).body).toMatchObject({
      size_in_bytes: 5,
      expired: false,
      digest: 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    })
    const { headers } = await call('GET', `${ALL}/11/zip`)
    expect((await call('GET', headers.location ?? '', undefined, '')).body).toBe('hello')
  })

  it('may be of a store without ranges', async () => {
    const { call } = await withSandbox({ seed: SEED, reached: 'by the network' })
    const { headers } = await call('GET', `${ALL}/13/zip`)
    const stop = new AbortController()
    const whole = await fetch(headers.location ?? '', { headers: { range: 'bytes=10-' }, signal: stop.signal })
    expect(whole.status).toBe(200)
    expect(whole.headers.get('content-length')).toBe('2000000000')
    stop.abort()
  })

  it('expire by the clock, and go with their run', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('POST', '/_sandbox/clock', { advance_ms: 100 * 365 * 86_400_000 })
    expect((await call('GET', `${ALL}/11`)).body).toMatchObject({ expired: true })
    expect((await call('GET', `${ALL}/11/zip`)).status).toBe(410)
    await call('DELETE', '/repos/mona/web/actions/runs/1')
    expect((await call('GET', ALL)).body).toMatchObject({ total_count: 1, artifacts: [{ id: 13 }] })
  })
})
