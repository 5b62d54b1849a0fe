import { expect, it } from 'vitest'
import type { Client } from '../../src/github/client.ts'
import { remembering } from '../../src/github/remember.ts'

function counting(): { client: Client; asked: string[] } {
  const asked: string[] = []
  const client: Client = {
    request: (route, params) => {
      asked.push(`${route} ${JSON.stringify(params)}`)
      if ('fails' in params && asked.length === 1) return Promise.reject(new Error('later'))
      return Promise.resolve({ status: 200, headers: {}, body: asked.length, date: undefined })
    },
    paginate: <T>(route: string) => {
      asked.push(route)
      return Promise.resolve([asked.length] as readonly unknown[] as readonly T[])
    },
    locate: () => Promise.reject(new Error('none')),
    graphql: () => Promise.reject(new Error('none')),
  }
  return { client, asked }
}

it('asks the same thing once, in whatever order its parameters stand', async () => {
  const { client, asked } = counting()
  const once = remembering(client)
  const [first, second] = await Promise.all([
    once.request('GET /repos/{owner}/{repo}', { owner: 'a', repo: 'b' }),
    once.request('GET /repos/{owner}/{repo}', { repo: 'b', owner: 'a' }),
  ])
  await once.paginate('GET /orgs/{org}/repos', { org: 'a' }, null, 100)
  await once.paginate('GET /orgs/{org}/repos', { org: 'a' }, null, 100)
  expect(second).toBe(first)
  expect(asked).toHaveLength(2)
})

it('asks again for other parameters, and for what failed', async () => {
  const { client, asked } = counting()
  const once = remembering(client)
  await expect(once.request('GET /orgs/{org}', { org: 'a', fails: 1 })).rejects.toThrow('later')
  await once.request('GET /orgs/{org}', { org: 'a', fails: 1 })
  await once.request('GET /orgs/{org}', { org: 'b' })
  expect(asked).toHaveLength(3)
})

it('sends every write', async () => {
  const { client, asked } = counting()
  const once = remembering(client)
  await once.request('PUT /orgs/{org}/actions/permissions', { org: 'a' }, {})
  await once.request('PUT /orgs/{org}/actions/permissions', { org: 'a' }, {})
  expect(asked).toHaveLength(2)
})
