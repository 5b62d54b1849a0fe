import { expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  enterprises: { inc: { organizations: { acme: {} }, runner_groups: { gpu: { id: 7 } } } },
  organizations: {
    acme: { runner_groups: { gpu: { id: 7 } }, runners: { 'gpu-01': {} }, repositories: { web: { id: 101 } } },
  },
}
const PLACES = [
  { at: '/enterprises/inc', lackedBy: ['dotcom', 'ghae-2021'] },
  { at: '/orgs/acme', lackedBy: ['ghae-2021'] },
  { at: '/repos/acme/web', lackedBy: ['ghae-2021'] },
]
const BEFORE_3_10 = SERVED_PRODUCTS.filter((product) => /^ghes-(2|3[.][4-9]$)|^ghae/.test(product))
const NOT_GHEC = SERVED_PRODUCTS.filter((product) => product !== 'ghec')
const JIT = { name: 'once', runner_group_id: 7, labels: ['self-hosted', 'gpu'], work_folder: '_work' }

it.each(SERVED_PRODUCTS)('%s registers runners as GitHub describes it', async (product) => {
  const seed = product === 'dotcom' ? { organizations: SEED.organizations } : SEED
  const { call } = await withSandbox({ seed, product })
  for (const { at, lackedBy } of PLACES) {
    const path = `${at}/actions/runners`
    const steps: readonly (readonly [
      method: string,
      below: string,
      status: number,
      lackedBy: readonly string[],
      body?: object,
    ])[] = [
      ['POST', 'registration-token', 201, lackedBy],
      ['POST', 'remove-token', 201, lackedBy],
      ['GET', 'downloads', 200, lackedBy],
      ['GET', 'deprecations/2.300.0', 200, NOT_GHEC],
      ['GET', 'deprecations/latest', 404, NOT_GHEC],
      ['POST', 'generate-jitconfig', 201, [...lackedBy, ...BEFORE_3_10], JIT],
      ['POST', 'generate-jitconfig', 409, [...lackedBy, ...BEFORE_3_10], JIT],
      ['POST', 'generate-jitconfig', 422, [...lackedBy, ...BEFORE_3_10], { ...JIT, labels: [] }],
      ['POST', 'generate-jitconfig', 422, [...lackedBy, ...BEFORE_3_10], { name: 'x', labels: ['a'] }],
    ]
    for (const [method, below, status, without, body] of steps) {
      const answer = await call(method, `${path}/${below}`, body)
      expect(`${method} ${path}/${below}: ${answer.status}`).toBe(
        `${method} ${path}/${below}: ${without.includes(product) ? 404 : status}`,
      )
    }
  }
})

it('a token lasts an hour, and is kept nowhere', async () => {
  const { call, state } = await withSandbox({ seed: SEED, clock: () => Date.parse('2026-01-01T00:00:00Z') })
  const { body } = await call('POST', '/orgs/acme/actions/runners/registration-token')
  const { token, expires_at: end } = body as { token: string; expires_at: string }
  expect(end).toBe('2026-01-01T01:00:00Z')
  expect(JSON.stringify(state())).not.toContain(token)
  expect((await call('POST', '/orgs/acme/actions/runners/remove-token')).body).not.toMatchObject({ token })
})

it('a runner for one job is offline, ephemeral and in its group', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const { body } = await call('POST', '/orgs/acme/actions/runners/generate-jitconfig', JIT)
  expect(body).toMatchObject({
    runner: { id: 2, name: 'once', status: 'offline', ephemeral: true, runner_group_id: 7 },
    encoded_jit_config: expect.stringMatching(/^[\w+/]+=*$/),
  })
  expect((await call('GET', '/orgs/acme/actions/runner-groups/7/runners')).body).toMatchObject({ total_count: 1 })
  const missing = await call('POST', '/orgs/acme/actions/runners/generate-jitconfig', { ...JIT, runner_group_id: 99 })
  expect(missing.status).toBe(404)
})

it('the newest runner has no end, an older one has', async () => {
  const { call } = await withSandbox({ seed: SEED, product: 'ghec' })
  const newest = ((await call('GET', '/repos/acme/web/actions/runners/downloads')).body as { filename: string }[])[0]
  const [, version = ''] = /-(\d+\.\d+\.\d+)\./.exec(newest?.filename ?? '') ?? []
  const path = '/repos/acme/web/actions/runners/deprecations'
  expect((await call('GET', `${path}/${version}`)).body).toMatchObject({ runtime_deprecates_at: null })
  expect((await call('GET', `${path}/2.300.0`)).body).toMatchObject({ runtime_deprecates_at: expect.any(String) })
})
