import { expect, it } from 'vitest'
import type { Route } from '../../src/core/routes.ts'
import { createGet, createGets, supportOf } from '../../src/engine/get.ts'
import type { Client } from '../../src/github/client.ts'
import { GitHubError } from '../../src/github/errors.ts'

const LIST: Route = 'GET /orgs/{org}/actions/secrets'
const BARE: Route = 'GET /orgs/{org}/repos'
const ONE: Route = 'GET /orgs/{org}/actions/permissions'

/** A client that records its requests, and answers all alike. */
function scripted(answer: () => unknown = () => ['an answer']): { client: Client; asked: unknown[][] } {
  const asked: unknown[][] = []
  return {
    asked,
    client: {
      request: async (...request) => {
        asked.push(['one', ...request])
        return { status: 200, headers: {}, body: answer(), date: undefined }
      },
      paginate: async (...request) => {
        asked.push(['list', ...request])
        return answer() as never
      },
      locate: () => Promise.reject(new Error('nobody asks for it')),
      graphql: () => Promise.reject(new Error('nobody asks for it')),
    },
  }
}

it('the same list asked for twice is one request, also while the first is on its way', async () => {
  const { client, asked } = scripted()
  const get = createGet(client)
  const [first, second] = await Promise.all([get.list(LIST, { org: 'acme' }), get.list(LIST, { org: 'acme' })])
  expect(await get.list(LIST, { org: 'acme' })).toBe(first)
  expect(second).toBe(first)
  expect(asked).toEqual([['list', LIST, { org: 'acme' }, 'secrets', 100, { id: undefined }]])
})

it('what the names in the parameters are known by goes with the request', async () => {
  const { client, asked } = scripted()
  const get = createGet(client, ({ repo }) => (repo === undefined ? 9 : 101))
  await get.one(ONE, { org: 'acme' })
  await get.one('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'web' })
  expect(asked.map((request) => request.at(-1))).toEqual([{ id: 9 }, { id: 101, names: 'compared by the caller' }])
})

it('a list is asked for with its envelope and its greatest page', async () => {
  const { client, asked } = scripted()
  await createGet(client).list(BARE, { org: 'acme' })
  expect(asked).toEqual([['list', BARE, { org: 'acme' }, null, 100, { id: undefined }]])
})

it.each<[string, (get: ReturnType<typeof createGet>) => Promise<unknown>[], number]>([
  ['another owner', (get) => [get.one(ONE, { org: 'acme' }), get.one(ONE, { org: 'beta' })], 2],
  ['another route', (get) => [get.one(ONE, { org: 'acme' }), get.one(LIST, { org: 'acme' })], 2],
  ['parameters in another order', (get) => [get.one(ONE, { a: 1, b: 2 }), get.one(ONE, { b: 2, a: 1 })], 1],
  ['a number and its text', (get) => [get.one(ONE, { a: 1 }), get.one(ONE, { a: '1' })], 2],
])('%s', async (_, ask, requests) => {
  const { client, asked } = scripted()
  await Promise.all(ask(createGet(client)))
  expect(asked).toHaveLength(requests)
})

it('a refusal is one for all who ask, and is not asked for again', async () => {
  const { client, asked } = scripted(() => {
    throw new GitHubError('403', { kind: 'forbidden', route: LIST })
  })
  const get = createGet(client)
  await expect(get.list(LIST, { org: 'acme' })).rejects.toThrow('403')
  await expect(get.list(LIST, { org: 'acme' })).rejects.toThrow('403')
  expect(asked).toHaveLength(1)
})

it.each<[number, boolean]>([
  [422, true],
  [404, false],
  [403, false],
])('a setting that a repository may lack: %i says that there is none: %j', async (status, isNone) => {
  const { client } = scripted(() => {
    throw new GitHubError(`${status}`, { kind: 'unavailable', route: ONE, status })
  })
  const asked = createGet(client).oneIfAny(ONE, { org: 'acme' })
  if (isNone) expect(await asked).toBeUndefined()
  else await expect(asked).rejects.toThrow(`${status}`)
})

it.each<[number, boolean, boolean]>([
  [403, false, true],
  [404, false, true],
  [403, true, false],
  [401, false, false],
  [500, false, false],
])(
  'a list that the credential may not be shown: %i, a limit: %j, decides nothing: %j',
  async (status, limited, isNone) => {
    const { client } = scripted(() => {
      throw new GitHubError(`${status}`, { kind: 'forbidden', route: LIST, status, limited })
    })
    const asked = createGet(client).listIfShown(LIST, { org: 'acme' })
    if (isNone) expect(await asked).toBeUndefined()
    else await expect(asked).rejects.toThrow(`${status}`)
  },
)

it('what a product has is asked of the endpoint table', () => {
  const [old, now] = [supportOf('ghes-3.7'), supportOf('ghec')]
  const runners: Route = 'GET /orgs/{org}/actions/runners'
  const put: Route = 'PUT /orgs/{org}/actions/permissions'
  expect([old.has(put), supportOf('ghes-2.22').has(put)]).toEqual([true, false])
  expect([old, now].map((support) => support.accepts(put, 'sha_pinning_required'))).toEqual([false, true])
  expect([old, now].map((support) => support.returns(runners, 'runner_group_id'))).toEqual([false, true])
})

it('readers of repositories share the answers about the owner, and no others', async () => {
  const { client, asked } = scripted()
  const { get, ofRepository } = createGets(client)
  const [web, api] = [ofRepository(), ofRepository()]
  for (const each of [get, web, api, web]) await each.one(ONE, { org: 'acme' })
  expect(asked).toHaveLength(1)
  for (const each of [web, web, api]) await each.one('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'web' })
  expect(asked).toHaveLength(3)
  for (const each of [web, web, api]) await each.list(LIST, { repository_id: 7 })
  expect(asked).toHaveLength(5)
})
