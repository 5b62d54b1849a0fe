import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const SHA = 'c'.repeat(40)
const BLOB = createHash('sha1').update('blob 6\0hello\n').digest('hex')
const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: { id: 101, branches: { main: SHA }, files: { main: { 'README.md': 'hello\n' } } },
        empty: { id: 102, branches: {} },
        old: { id: 103, archived: true },
      },
    },
  },
  repositories: { 'octocat/hello': { id: 201 } },
  tokens: { owner: {}, reader: { read_only: true }, guest: { permissions: { contents: 'read' } } },
}
const PREVIEWS = {
  accept: ['mercy', 'dorian', 'baptiste', 'nebula']
    .map((name) => `application/vnd.github.${name}-preview+json`)
    .join(', '),
}
const WRITES: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['POST', '/orgs/acme/repos', { name: 'new' }],
  ['POST', '/user/repos', { name: 'new' }],
  ['PATCH', '/repos/acme/web', { has_wiki: false }],
  ['PATCH', '/repos/acme/old', { archived: false }],
  ['DELETE', '/repos/acme/web'],
  ['PUT', '/repos/acme/web/topics', { names: ['node'] }],
  ['PUT', '/repos/acme/web/vulnerability-alerts'],
  ['DELETE', '/repos/acme/web/vulnerability-alerts'],
  ['PUT', '/repos/acme/web/contents/new', { message: 'm', content: '' }],
  ['DELETE', '/repos/acme/web/contents/README.md', { message: 'm', sha: BLOB }],
]

it.each(['ghes-2.22', 'ghes-3.19', 'ghec'])('%s lets a token that may only read write none of it', async (product) => {
  const { call, state } = await withSandbox({ seed: SEED, product })
  const before = state()
  for (const [method, path, body] of WRITES) {
    expect(await call(method, path, body, 'reader', PREVIEWS), `${method} ${path}`).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by personal access token' },
    })
  }
  expect(state()).toEqual(before)
})

it.each(['ghes-2.22', 'ghes-3.19', 'ghec'])('%s tells a stranger of no private repository', async (product) => {
  const { call, state } = await withSandbox({ seed: SEED, product })
  const before = state()
  const reads = ['', '/topics', '/commits/main', `/git/commits/${SHA}`, '/contents/README.md'].map(
    (path) => ['GET', `/repos/acme/web${path}`] as const,
  )
  for (const [method, path, body] of [...reads, ...WRITES.filter(([, path]) => path.startsWith('/repos'))]) {
    expect(await call(method, path, body, 'guest', PREVIEWS), `${method} ${path}`).toMatchObject({
      status: 404,
      body: { message: 'Not Found' },
    })
  }
  expect(state()).toEqual(before)
})

it.each([
  ['PATCH', '', { has_wiki: false }],
  ['PATCH', '', { archived: true, has_wiki: false }],
  ['PUT', '/topics', { names: ['node'] }],
  ['PUT', '/vulnerability-alerts', undefined],
  ['DELETE', '/vulnerability-alerts', undefined],
  ['PUT', '/contents/new', { message: 'm', content: '' }],
  ['DELETE', '/contents/README.md', { message: 'm', sha: BLOB }],
])('an archived repository refuses %s %s', async (method, path, body) => {
  const { call, state } = await withSandbox({ seed: SEED })
  const before = state()
  expect(await call(method, `/repos/acme/old${path}`, body)).toMatchObject({
    status: 403,
    body: { message: 'Repository was archived so is read-only.' },
  })
  expect(state()).toEqual(before)
})

it('an archived repository is brought back, changed with that, and archived again', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const back = await call('PATCH', '/repos/acme/old', { archived: false, has_wiki: false })
  expect(back).toMatchObject({ status: 200, body: { archived: false, has_wiki: false } })
  expect((await call('PATCH', '/repos/acme/old', { archived: true })).body).toMatchObject({ archived: true })
  expect((await call('DELETE', '/repos/acme/old')).status).toBe(204)
})

it('an archived repository has no vulnerability alerts to read', async () => {
  const { call } = await withSandbox({ seed: SEED })
  await call('PUT', '/repos/acme/web/vulnerability-alerts')
  expect((await call('GET', '/repos/acme/web/vulnerability-alerts')).status).toBe(204)
  await call('PATCH', '/repos/acme/web', { archived: true })
  expect(await call('GET', '/repos/acme/web/vulnerability-alerts')).toMatchObject({
    status: 404,
    body: { message: 'Vulnerability alerts are disabled.' },
  })
  await call('PATCH', '/repos/acme/web', { archived: false })
  expect((await call('GET', '/repos/acme/web/vulnerability-alerts')).status).toBe(204)
})

it.each([
  ['GET', '/repos/acme/web/topics', 'mercy'],
  ['PUT', '/repos/acme/web/topics', 'mercy'],
  ['PUT', '/repos/acme/web/vulnerability-alerts', 'dorian'],
  ['DELETE', '/repos/acme/web/vulnerability-alerts', 'dorian'],
])('%s %s is a preview on GHES 2.22', async (method, path, preview) => {
  const { call } = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
  const body = path.endsWith('topics') && method === 'PUT' ? { names: [] } : undefined
  expect(await call(method, path, body)).toMatchObject({
    status: 415,
    body: { message: expect.stringContaining(`application/vnd.github.${preview}-preview+json`) },
  })
})

const TOPICS_SEED = { organizations: { acme: { repositories: { web: { topics: ['node', 'site'] } } } } }
const TOPICS = '/repos/acme/web/topics'
const RULE = (longest: number) =>
  `Topics must start with a lowercase letter or number, consist of ${longest} characters or less, and can include hyphens.`

describe('topics', () => {
  it('are read, replaced as a whole, and taken away', async () => {
    const { call } = await withSandbox({ seed: TOPICS_SEED })
    expect((await call('GET', TOPICS)).body).toEqual({ names: ['node', 'site'] })
    const names = ['octocat', 'atom', 'a-2', '7']
    expect(await call('PUT', TOPICS, { names })).toMatchObject({ status: 200, body: { names } })
    expect((await call('GET', '/repos/acme/web')).body).toMatchObject({ topics: names })
    expect((await call('GET', '/orgs/acme/repos')).body).toMatchObject([{ topics: names }])
    expect((await call('GET', `${TOPICS}?per_page=3&page=2`)).body).toEqual({ names: ['7'] })
    expect((await call('PUT', TOPICS, { names: [] })).body).toEqual({ names: [] })
    expect((await call('GET', '/repos/acme/web')).body).toMatchObject({ topics: [] })
  })

  it('are saved in lower case, once each, where the release does so', async () => {
    const body = { names: ['Node', 'node', 'SITE'] }
    const { call } = await withSandbox({ seed: TOPICS_SEED })
    expect((await call('PUT', TOPICS, body)).body).toEqual({ names: ['node', 'site'] })
    const older = await withSandbox({ seed: TOPICS_SEED, product: 'ghes-3.7' })
    expect((await older.call('PUT', TOPICS, body)).status).toBe(422)
  })

  it.each([
    ['ghec', ['a b'], RULE(50)],
    ['ghec', ['-a'], RULE(50)],
    ['ghec', ['ä'], RULE(50)],
    ['ghec', ['a_b'], RULE(50)],
    ['ghec', [''], RULE(50)],
    ['ghec', ['a'.repeat(51)], RULE(50)],
    ['ghes-3.4', ['a'.repeat(36)], RULE(35)],
    ['ghec', Array.from({ length: 21 }, (_, index) => `t${index}`), 'A repository cannot have more than 20 topics.'],
  ])('of %s cannot be %j', async (product, names, error) => {
    const { call, state } = await withSandbox({ seed: TOPICS_SEED, product })
    const before = state()
    expect(await call('PUT', TOPICS, { names })).toMatchObject({
      status: 422,
      body: { message: 'Validation Failed', errors: [error] },
    })
    expect(state()).toEqual(before)
  })

  it.each([
    [{}, `"names" wasn't supplied.`],
    [{ names: 'node' }, `For 'properties/names', "node" is not an array.`],
    [{ names: [7] }, `For 'items', 7 is not a string.`],
  ])('cannot be set by %j', async (body, problem) => {
    const { call } = await withSandbox({ seed: TOPICS_SEED })
    expect(await call('PUT', TOPICS, body)).toMatchObject({
      status: 422,
      body: { message: `Invalid request.\n\n${problem}` },
    })
  })

  it('are as many as twenty, of fifty characters', async () => {
    const { call } = await withSandbox({ seed: TOPICS_SEED })
    const names = Array.from({ length: 20 }, (_, index) => `${'t'.repeat(48)}${String(index).padStart(2, '0')}`)
    expect((await call('PUT', TOPICS, { names })).status).toBe(200)
  })
})
