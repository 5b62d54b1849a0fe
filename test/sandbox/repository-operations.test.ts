import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { withSandbox } from '../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../support/served-products.ts'

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
const NO_ALERTS = ['ghes-3.4', 'ghes-3.5', 'ghes-3.6', 'ghes-3.7']
const NO_ALERTS_READ = ['ghes-2.22', ...NO_ALERTS]
const TEMPLATES = { gitignore_template: 'Node', license_template: 'mit' }

/** Method, path, status, body, and the products that lack the operation. In this order: each finds what the one before left. */
type Step = readonly [
  method: string,
  path: string,
  status: number,
  body?: object | undefined,
  lackedBy?: readonly string[],
]

const STEPS: readonly Step[] = [
  ['POST', '/orgs/acme/repos', 201, { name: 'new', private: true, has_wiki: false, auto_init: true, ...TEMPLATES }],
  ['POST', '/user/repos', 201, { name: 'mine', private: true, auto_init: true }],
  ['PATCH', '/repos/octocat/mine', 200, { has_issues: false, homepage: 'https://example.com', default_branch: 'main' }],
  ['GET', '/repos/acme/new', 200],
  ['GET', '/orgs/acme/repos', 200],
  ['GET', '/repos/acme/new/commits/main', 200],
  ['GET', '/repos/acme/web/topics', 200],
  ['PUT', '/repos/acme/web/topics', 200, { names: ['node', 'web-site'] }],
  ['PUT', '/repos/acme/web/topics', 422, { names: ['a b'] }],
  ['GET', '/repos/acme/web/vulnerability-alerts', 404, undefined, NO_ALERTS_READ],
  ['PUT', '/repos/acme/web/vulnerability-alerts', 204, undefined, NO_ALERTS],
  ['GET', '/repos/acme/web/vulnerability-alerts', 204, undefined, NO_ALERTS_READ],
  ['DELETE', '/repos/acme/web/vulnerability-alerts', 204, undefined, NO_ALERTS],
  ['GET', `/repos/acme/web/commits/${SHA}`, 200],
  ['GET', '/repos/acme/web/commits/heads/main', 200],
  ['GET', '/repos/acme/web/commits/none', 422],
  ['GET', '/repos/acme/empty/commits/main', 409],
  ['GET', `/repos/acme/web/git/commits/${SHA}`, 200],
  ['GET', `/repos/acme/web/git/commits/${'d'.repeat(40)}`, 404],
  ['GET', '/repos/acme/web/git/commits/main', 422],
  ['GET', `/repos/acme/empty/git/commits/${SHA}`, 409],
  ['DELETE', '/repos/acme/web/contents/README.md', 422, { message: 'Gone' }],
  ['DELETE', '/repos/acme/web/contents/README.md', 409, { message: 'Gone', sha: SHA }],
  ['DELETE', '/repos/acme/web/contents/README.md', 200, { message: 'Gone', sha: BLOB }],
  ['DELETE', '/repos/acme/web/contents/README.md', 404, { message: 'Gone', sha: BLOB }],
  ['GET', '/repositories/101', 200],
  ['DELETE', '/repos/acme/web', 204],
]

it.each(SERVED_PRODUCTS)('%s answers what repositories are made of as GitHub describes it', async (product) => {
  const { call } = await withSandbox({ seed: SEED, product })
  const lines: string[] = []
  for (const [method, path, , body] of STEPS) {
    const { status } = await call(method, path, body, 'owner', PREVIEWS)
    lines.push(`${method} ${path}: ${status}`)
  }
  const expected = STEPS.map(([method, path, status, , lackedBy = []]) => {
    return `${method} ${path}: ${lackedBy.includes(product) ? 404 : status}`
  })
  expect(lines).toEqual(expected)
})

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
