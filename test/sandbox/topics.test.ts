import { expect, it } from 'vitest'
import { withSandbox } from '../support/sandbox.ts'

const SEED = { organizations: { acme: { repositories: { web: { topics: ['node', 'site'] } } } } }
const TOPICS = '/repos/acme/web/topics'

it('are read, replaced as a whole, and taken away', async () => {
  const { call } = await withSandbox({ seed: SEED })
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
  const { call } = await withSandbox({ seed: SEED })
  expect((await call('PUT', TOPICS, body)).body).toEqual({ names: ['node', 'site'] })
  const older = await withSandbox({ seed: SEED, product: 'ghes-3.7' })
  expect((await older.call('PUT', TOPICS, body)).status).toBe(422)
})

const RULE = (longest: number) =>
  `Topics must start with a lowercase letter or number, consist of ${longest} characters or less, and can include hyphens.`

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
  const { call, state } = await withSandbox({ seed: SEED, product })
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
  const { call } = await withSandbox({ seed: SEED })
  expect(await call('PUT', TOPICS, body)).toMatchObject({
    status: 422,
    body: { message: `Invalid request.\n\n${problem}` },
  })
})

it('are as many as twenty, of fifty characters', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const names = Array.from({ length: 20 }, (_, index) => `${'t'.repeat(48)}${String(index).padStart(2, '0')}`)
  expect((await call('PUT', TOPICS, { names })).status).toBe(200)
})
