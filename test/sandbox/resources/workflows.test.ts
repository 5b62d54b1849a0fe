import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const WORKFLOWS = '/repos/acme/web/actions/workflows'
const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: {
          workflows: {
            'ci.yml': { id: 11, name: 'CI' },
            'a b#.yaml': { id: 12, state: 'disabled_inactivity' },
            'fork.yml': { id: 13, state: 'disabled_fork' },
            old: { id: 14, path: '.github/workflows/old.yml', state: 'deleted' },
            'old.yml': { id: 16 },
            pages: { id: 15, path: 'dynamic/pages/pages-build-deployment' },
          },
        },
        attic: { archived: true, workflows: { 'ci.yml': {} } },
      },
    },
  },
}

async function statesOf(call: (method: string, path: string) => Promise<{ body: unknown }>): Promise<string[]> {
  const { body } = await call('GET', WORKFLOWS)
  return (body as { workflows: { state: string }[] }).workflows.map(({ state }) => state)
}

describe.each(['ghec', 'ghes-3.19', 'ghes-3.4'])('workflows, %s', (product) => {
  it('are listed, deleted and dynamic ones too, and read by id or file name', async () => {
    const { call, url } = await withSandbox({ seed: SEED, product })
    expect(await statesOf(call)).toEqual([
      ...['active', 'disabled_inactivity', 'disabled_fork'],
      ...['deleted', 'active', 'active'],
    ])
    const named = await call('GET', `${WORKFLOWS}/ci.yml`)
    expect(named.body).toMatchObject({
      id: 11,
      name: 'CI',
      path: '.github/workflows/ci.yml',
      url: `${url}${WORKFLOWS}/11`,
    })
    expect((await call('GET', `${WORKFLOWS}/11`)).body).toEqual(named.body)
    expect((await call('GET', `${WORKFLOWS}/pages-build-deployment`)).status).toBe(404)
    expect((await call('GET', `${WORKFLOWS}/15`)).body).toMatchObject({ path: 'dynamic/pages/pages-build-deployment' })
  })

  it('are enabled from any disabled state, and disabled by hand', async () => {
    const { call } = await withSandbox({ seed: SEED, product })
    const done = [
      await call('PUT', `${WORKFLOWS}/${encodeURIComponent('a b#.yaml')}/enable`),
      await call('PUT', `${WORKFLOWS}/13/enable`),
      await call('PUT', `${WORKFLOWS}/ci.yml/disable`),
      await call('PUT', `${WORKFLOWS}/old.yml/disable`),
      await call('PUT', `${WORKFLOWS}/14/enable`),
      await call('PUT', `${WORKFLOWS}/none.yml/enable`),
      await call('PUT', '/repos/acme/attic/actions/workflows/ci.yml/disable'),
    ]
    expect(done.map(({ status }) => status)).toEqual([204, 204, 204, 204, 422, 404, 403])
    expect(await statesOf(call)).toEqual([
      ...['disabled_manually', 'active', 'active'],
      ...['deleted', 'active', 'disabled_manually'],
    ])
  })
})

it('the workflows of GHES 2.22 have no switch', async () => {
  const { call } = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
  expect((await call('GET', `${WORKFLOWS}/ci.yml`)).status).toBe(200)
  expect((await call('PUT', `${WORKFLOWS}/ci.yml/disable`)).status).toBe(404)
})

it('workflows can be seeded again, and their names are those of files', async () => {
  const { call } = await withSandbox({ seed: SEED })
  const state = (await call('GET', '/_sandbox/state')).body as object
  const again = await withSandbox({ seed: state })
  expect((await again.call('GET', '/_sandbox/state')).body).toEqual(state)
  const wrong = { repositories: { 'octocat/web': { workflows: { ci: {} } } } }
  await expect(withSandbox({ seed: wrong })).rejects.toThrow('must be called like its file, such as ci.yml')
})
