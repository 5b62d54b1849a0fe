import { describe, expect, it } from 'vitest'
import { appKey } from '../../support/app-key.ts'
import { type TestSandbox, type TestSandboxOptions, withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const NOON = Date.parse('2026-11-21T12:00:00Z')
const IN_AN_HOUR = NOON / 1000 + 3600

interface Budget {
  readonly limit: number
  readonly used?: number
  readonly remaining: number
  readonly reset: number
}
type Overview = { readonly resources: Readonly<Record<string, Budget>>; readonly rate: Budget }

function limited(options: TestSandboxOptions): Promise<TestSandbox> {
  return withSandbox({ limits: 'github', clock: () => NOON, ...options })
}

async function overview({ call }: TestSandbox, token?: string): Promise<Overview> {
  const { status, body } = await call('GET', '/rate_limit', undefined, token)
  expect(status).toBe(200)
  return body as Overview
}

function repositories(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`r${index}`, {}]))
}

describe('an hour allows', () => {
  const { publicKey } = appKey('of the budgets')
  const installed = { acme: { id: 21, permissions: { metadata: 'read' } } }
  const apps = { robot: { id: 11, private_key_public: publicKey, installations: installed } }
  const world = (count: number, plan?: string): object => ({
    organizations: { acme: { ...(plan === undefined ? {} : { plan }), repositories: repositories(count) } },
    apps,
    tokens: {
      person: {},
      fine: { permissions: { metadata: 'read' } },
      app: { app: 'robot', owner: 'acme' },
      job: { workflow: 'acme/r0' },
    },
  })

  it.each<[string, string, number, string, number, number]>([
    ['a person', 'ghec', 1, 'person', 5000, 5000],
    ['a fine-grained token', 'ghec', 1, 'fine', 5000, 5000],
    ['no token', 'ghec', 1, '', 60, 0],
    ['an App on Enterprise Cloud', 'ghec', 1, 'app', 15_000, 10_000],
    ['an App elsewhere', 'dotcom', 20, 'app', 5000, 5000],
    ['an App with 21 repositories', 'dotcom', 21, 'app', 5050, 5050],
    ['an App with 170', 'dotcom', 170, 'app', 12_500, 12_500],
    ['an App with 300', 'dotcom', 300, 'app', 12_500, 12_500],
    ['a workflow', 'dotcom', 1, 'job', 1000, 1000],
    ['a workflow on Enterprise Cloud', 'ghec', 1, 'job', 15_000, 15_000],
    ['an App on a server', 'ghes-3.19', 1, 'app', 5000, 5000],
  ])('%s on %s with %i repositories', async (_, product, count, token, core, graphql) => {
    const sandbox = await limited({ product, seed: world(count) })
    const { resources, rate } = await overview(sandbox, token)
    expect(resources.core).toEqual({ limit: core, used: 0, remaining: core, reset: IN_AN_HOUR })
    expect(resources.graphql?.limit).toBe(graphql)
    expect(rate).toEqual(resources.core)
  })

  it('an installation for some repositories what these allow', async () => {
    const selected = { acme: { ...installed.acme, repositories: ['r0', 'r1'] } }
    const seed = { ...world(100), apps: { robot: { ...apps.robot, installations: selected } } }
    expect((await overview(await limited({ product: 'dotcom', seed }), 'app')).resources.core?.limit).toBe(5000)
  })

  it('the tokens of one user that much together', async () => {
    const tokens = { one: { user: 'mona' }, two: { user: 'mona', read_only: true }, other: {} }
    const sandbox = await limited({ seed: { organizations: { acme: {} }, tokens } })
    const used = async (token: string): Promise<string | undefined> =>
      (await sandbox.call('GET', '/orgs/acme', undefined, token)).headers['x-ratelimit-used']
    expect([await used('one'), await used('two'), await used('one'), await used('other')]).toEqual(['1', '2', '3', '1'])
    expect(sandbox.state()).toMatchObject({ tokens })
  })
})

describe('each resource has a budget of its own', () => {
  const seed = { organizations: { acme: {} } }

  it.each([
    ['GET', '/orgs/acme', 'core', 5000, 3600],
    ['GET', '/nothing', 'core', 5000, 3600],
    ['GET', '/search/issues', 'search', 30, 60],
    ['GET', '/search/code', 'code_search', 10, 60],
    ['POST', '/graphql', 'graphql', 5000, 3600],
    ['POST', '/app-manifests/x/conversions', 'integration_manifest', 5000, 3600],
    ['POST', '/orgs/acme/actions/runners/registration-token', 'actions_runner_registration', 10_000, 3600],
  ])('%s %s: %s', async (method, path, resource, limit, seconds) => {
    const sandbox = await limited({ seed })
    const { headers } = await sandbox.call(
      method,
      path,
      method === 'POST' ? { query: '{ viewer { login } }' } : undefined,
    )
    expect(headers).toMatchObject({
      'x-ratelimit-resource': resource,
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-used': '1',
      'x-ratelimit-remaining': String(limit - 1),
      'x-ratelimit-reset': String(NOON / 1000 + seconds),
    })
    const { resources } = await overview(sandbox)
    expect(Object.entries(resources).filter(([, { used }]) => used !== 0)).toMatchObject([[resource, { used: 1 }]])
  })

  it('and one that is used up says so until it begins anew, while others go on', async () => {
    const { call } = await limited({ seed })
    const search = async (): Promise<number> => (await call('GET', '/search/code')).status
    for (let asked = 0; asked < 10; asked += 1) expect(await search()).toBe(404)
    const refused = await call('GET', '/search/code')
    expect(refused).toMatchObject({ status: 403, headers: { 'x-ratelimit-remaining': '0' } })
    expect((await call('GET', '/orgs/acme')).status).toBe(200)
    await call('POST', '/_sandbox/clock', { advance_ms: 60_000 })
    expect(await search()).toBe(404)
  })

  it('GraphQL tells of its own by 200 with an error', async () => {
    const { call } = await limited({ seed })
    await call('POST', '/_sandbox/faults', { route: '/graphql', limit: 'primary' })
    for (const _ of [1, 2]) {
      expect(await call('POST', '/graphql', { query: '{ viewer { login } }' })).toMatchObject({
        status: 200,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-resource': 'graphql' },
        body: { errors: [{ type: 'RATE_LIMITED', message: expect.stringContaining('API rate limit exceeded') }] },
      })
    }
    expect((await call('GET', '/orgs/acme')).status).toBe(200)
  })

  it('asking for them counts as points alone, and is answered when the hour is used up', async () => {
    const sandbox = await limited({ seed: { ...seed, limits: { rules: 'github', used: 5000 } } })
    expect((await sandbox.call('GET', '/orgs/acme')).status).toBe(403)
    expect((await overview(sandbox)).resources.core).toMatchObject({ used: 5000, remaining: 0 })
    expect(await usage(sandbox)).toMatchObject({ requests: 1, points: 1 })
  })

  it('on GHES there is none unless it is told', async () => {
    const sandbox = await withSandbox({ product: 'ghes-3.19', seed })
    const { status, headers, body } = await sandbox.call('GET', '/rate_limit')
    expect({ status, body }).toMatchObject({ status: 404, body: { message: 'Rate limiting is not enabled.' } })
    expect(Object.keys(headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([])
  })

  it.each(SERVED_PRODUCTS)('%s describes them so', async (product) => {
    const sandbox = await limited({ product, seed })
    const { resources } = await overview(sandbox)
    const { headers } = await sandbox.call('GET', '/meta')
    expect(Object.keys(resources)).toContain('core')
    expect('used' in (resources.core ?? {})).toBe(product !== 'ghes-2.22')
    expect(headers['x-ratelimit-resource']).toBe(product === 'ghes-2.22' ? undefined : 'core')
  })
})

async function usage({ call }: TestSandbox): Promise<unknown> {
  const { accounts } = (await call('GET', '/_sandbox/limits')).body as { accounts: Record<string, unknown> }
  return Object.values(accounts)[0]
}
