import { describe, expect, it, vi } from 'vitest'
import { createGet } from '../../src/engine/get.ts'
import { readRepositories } from '../../src/engine/repositories.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: {
        Web: { id: 101, visibility: 'public', topics: ['node'] },
        hub: { id: 102, visibility: 'internal', fork: true },
        'old-api': { id: 103, archived: true },
        api: { id: 104, former_names: ['service-api'] },
      },
    },
  },
}

const ACME = { name: 'acme', id: null }

describe('the repositories of an owner', () => {
  it('by listing, names folded', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const get = createGet(clientFor(sandbox.url, { mode: 'read-only' }))
    const { repositories, notRead } = await readRepositories(get, ACME, 'all', 'all')
    const rest = { fork: false, archived: false, topics: [] }
    expect([...repositories.all].sort((left, right) => left.id - right.id)).toEqual([
      { ...rest, id: 101, name: 'web', shown: 'Web', visibility: 'public', topics: ['node'] },
      { ...rest, id: 102, name: 'hub', visibility: 'internal', fork: true },
      { ...rest, id: 103, name: 'old-api', visibility: 'private', archived: true },
      { ...rest, id: 104, name: 'api', visibility: 'private' },
    ])
    expect(repositories.complete).toBe(true)
    expect(repositories.byName.get('web')?.id).toBe(101)
    expect(notRead).toEqual([])
  })

  it.each([
    [100, 1],
    [101, 2],
    [250, 3],
  ])('%i of them take %i requests', async (count, requests) => {
    const names = Array.from({ length: count }, (_, index) => `r${index}`)
    const seed = { organizations: { acme: { repositories: Object.fromEntries(names.map((name) => [name, {}])) } } }
    const sandbox = await watchedSandbox({ seed })
    const seen: string[] = []
    const trace = (text: string) => void seen.push(text)
    const { repositories } = await readRepositories(createGet(clientFor(sandbox.url, { trace })), ACME, 'all', 'all')
    expect(repositories.all.map(({ name }) => name).sort()).toEqual(names.sort())
    expect(seen).toHaveLength(requests)
  })

  it('a page that is missing is no shorter list', async () => {
    const names = Array.from({ length: 150 }, (_, index) => [`r${index}`, {}])
    const sandbox = await watchedSandbox({
      seed: { organizations: { acme: { repositories: Object.fromEntries(names) } } },
    })
    await sandbox.fault({ route: '/orgs/{org}/repos', nth: 2, times: 9, status: 502, body: { message: 'no' } })
    const error = await rejection(readRepositories(createGet(clientFor(sandbox.url)), ACME, 'all', 'all'))
    expect(error).toMatchObject({ kind: 'unavailable', status: 502 })
  })

  it('a credential that sees only some says so', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const listing = await readRepositories(createGet(clientFor(sandbox.url)), ACME, 'all', 'selected')
    expect(listing.repositories.complete).toBe(false)
  })

  it('one by one where only a few are named: what is not there and what was renamed is told', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const get = createGet(clientFor(sandbox.url))
    const names = ['web', 'missing', 'service-api']
    const { repositories, notRead, redirects } = await readRepositories(get, ACME, { names }, 'all')
    expect(repositories.all.map(({ id, name }) => [id, name]).sort()).toEqual([
      [101, 'web'],
      [104, 'api'],
    ])
    expect(notRead).toEqual([{ scope: 'repos/acme/missing', reason: expect.stringMatching(/404/) }])
    expect([...redirects]).toEqual([['service-api', { id: 104, fullName: 'acme/api' }]])
  })

  it('none where none is named, without a request', async () => {
    const seen: string[] = []
    const get = createGet(clientFor('http://127.0.0.1:9', { trace: (text) => void seen.push(text) }))
    const listing = await readRepositories(get, ACME, { names: [] }, 'all')
    expect(listing).toMatchObject({ repositories: { all: [], complete: true }, notRead: [] })
    expect(seen).toEqual([])
  })
})

it('GHES 2.22 shows whether a repository is private, and without its preview nothing more', async () => {
  const sandbox = await watchedSandbox({ seed: SEED, product: 'ghes-2.22' })
  const { repositories } = await readRepositories(createGet(clientFor(sandbox.url)), ACME, 'all', 'all')
  expect(repositories.all.map(({ name, visibility }) => `${name} ${visibility}`).sort()).toEqual([
    'api private',
    'hub private',
    'old-api private',
    'web public',
  ])
})

describe('of an account whose name another one took since its id was read', () => {
  const MOVED = /moved since it was read: acme\/web belongs to the account with the id 55, and acme had the id 7/i

  it('a listing is not read', async () => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { id: 55, repositories: { web: {} } } } } })
    const get = createGet(clientFor(sandbox.url))
    const error = await rejection(readRepositories(get, { name: 'acme', id: 7 }, 'all', 'all'))
    expect(error).toMatchObject({ kind: 'forbidden', message: expect.stringMatching(MOVED) })
    const own = await readRepositories(get, { name: 'acme', id: 55 }, 'all', 'all')
    expect(own.repositories.all).toHaveLength(1)
  })

  it('so that nothing of it is planned, exit 5', async () => {
    const sandbox = await watchedSandbox({
      seed: { organizations: { acme: { repositories: { web: {} } }, other: {} } },
      async onArrival({ path }) {
        if (path !== '/orgs/acme/repos') return
        // The account is asked for beside its listing.
        await vi.waitUntil(() => sandbox.asked.some((asked) => asked.path === '/orgs/acme'))
        await sandbox.call('POST', '/_sandbox/accounts', { owner: 'acme', id: 55 })
      },
    })
    const yaml =
      'version: 1\norganizations:\n  acme: { repository_sets: [{ match: { name: "*" }, secrets: {} }] }\n  other: { permissions: { enabled_repositories: none } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    const { code, stdout } = await place.run(['plan'])
    expect({ code, stdout }).toMatchObject({
      code: 5,
      stdout: expect.stringContaining('moved since it was read: acme/web'),
    })
    expect(stdout).toContain('orgs/other/permissions')
  })
})
