import { describe, expect, it } from 'vitest'
// @ts-expect-error: a script without types
import { asOf2021, PAGE } from '../../../scripts/descriptions/ae-2021.mjs'
import { ROUTES } from '../../../src/sandbox/resources/table.ts'
import { differsOnAe } from '../../../src/sandbox/world/github-ae.ts'
import { withSandbox } from '../../support/sandbox.ts'

const ACTIONS = /\/(actions|agents|dependabot|codespaces|environments)(\/|$)/

it('of Actions, GitHub AE has in 2021 what its reference names', () => {
  const served = ROUTES.filter(({ method, template }) => differsOnAe('2021', method, template) !== 'lacks')
  const names = served.flatMap(({ method, template }) => (ACTIONS.test(template) ? [`${method} ${template}`] : []))
  expect(names.filter((name) => !(PAGE as Set<string>).has(name))).toEqual([])
  // Runs, jobs and artifacts are events, which the sandbox does not have.
  const lacked = [...(PAGE as Set<string>)].filter((route) => !names.includes(route))
  expect(lacked.filter((route) => !/\/(runs|jobs|artifacts|dispatches|timing)(\/|$)/.test(route))).toEqual([])
})

describe('runner groups of an organization', () => {
  const SEED = {
    organizations: {
      acme: { repositories: { web: { id: 101 } }, runner_groups: { gpu: { id: 7, visibility: 'selected' } } },
    },
  }
  const GROUPS = '/orgs/acme/actions/runner-groups'

  it('in 2021 they are made, changed and deleted, and never shown', async () => {
    const { call, state } = await withSandbox({ seed: SEED, product: 'ghae-2021' })
    const body = { name: 'new', visibility: 'selected', selected_repository_ids: [101] }
    expect(await call('POST', GROUPS, body)).toMatchObject({ status: 201, body: { name: 'new', default: false } })
    for (const path of ['', '/7', '/7/repositories', '/7/runners']) {
      expect(await call('GET', GROUPS + path)).toMatchObject({ status: 404 })
    }
    expect(await call('PUT', `${GROUPS}/7/repositories`, { selected_repository_ids: [101] })).toMatchObject({
      status: 404,
    })
    expect(await call('PATCH', `${GROUPS}/7`, { name: 'GPU', visibility: 'all' })).toMatchObject({ status: 200 })
    expect(state()).toMatchObject({
      organizations: {
        acme: { runner_groups: { GPU: { visibility: 'all' }, new: { visibility: 'selected', repositories: ['web'] } } },
      },
    })
    expect(await call('DELETE', `${GROUPS}/7`)).toMatchObject({ status: 204 })
  })

  it('in 2022 they are shown, without what they hold', async () => {
    const { call } = await withSandbox({ seed: SEED, product: 'ghae' })
    expect(await call('GET', `${GROUPS}/7`)).toMatchObject({ status: 200, body: { name: 'gpu' } })
    for (const path of ['/7/repositories', '/7/runners']) {
      expect(await call('GET', GROUPS + path)).toMatchObject({ status: 404 })
    }
  })
})

it.each([
  ['ghae-2021', false],
  ['ghae', true],
])('%s takes allows_public_repositories: %s; and verified_allowed', async (product, isTaken) => {
  const { call } = await withSandbox({ seed: { organizations: { acme: {} } }, product })
  const body = { name: 'new', allows_public_repositories: true }
  expect((await call('POST', '/orgs/acme/actions/runner-groups', body)).body).toMatchObject({
    allows_public_repositories: isTaken,
  })
  const permissions = '/orgs/acme/actions/permissions'
  await call('PUT', permissions, { enabled_repositories: 'all', allowed_actions: 'selected' })
  await call('PUT', `${permissions}/selected-actions`, { verified_allowed: true })
  expect((await call('GET', `${permissions}/selected-actions`)).body).toMatchObject({ verified_allowed: true })
})

describe('the description of 2021', () => {
  const operation = (properties: object = {}): object => ({
    'x-github': {},
    requestBody: { content: { 'application/json': { schema: { properties } } } },
  })
  const OF_2022: Record<string, Record<string, object>> = {
    '/meta': { get: operation() },
    '/orgs/{org}/actions/runners': { get: operation() },
    '/repos/{owner}/{repo}/environments': { get: operation() },
  }
  for (const route of PAGE as Set<string>) {
    const [method = '', path = ''] = route.split(' ')
    const taken = operation({ name: {}, allows_public_repositories: {} })
    OF_2022[path] = { ...OF_2022[path], [method.toLowerCase()]: taken }
  }

  it('is that of 2022, and of Actions what the page names, without the later fields', () => {
    const { paths } = asOf2021({ paths: OF_2022 })
    const had = Object.entries<object>(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(had.sort()).toEqual([...(PAGE as Set<string>), 'GET /meta'].sort())
    const { requestBody } = paths['/orgs/{org}/actions/runner-groups'].post
    expect(requestBody.content['application/json'].schema.properties).toEqual({ name: {} })
  })

  it('cannot be made where the page names what is not described', () => {
    const { '/repos/{owner}/{repo}/actions/runners': _, ...paths } = OF_2022
    expect(() => asOf2021({ paths })).toThrow('GET /repos/{owner}/{repo}/actions/runners: no description has it')
    const stub = { ...OF_2022, '/repos/{owner}/{repo}/actions/runners': { get: {} } }
    expect(() => asOf2021({ paths: stub })).toThrow('GitHub AE of 2022 does not have it')
  })
})
