import { expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: {
          id: 101,
          collaborators: {
            hubot: { permission: 'maintain' },
            guest: { permission: 'pull', affiliation: 'outside' },
            staff: { permission: 'push', affiliation: 'member' },
          },
        },
      },
    },
  },
}
const PATH = '/repos/acme/web/collaborators'

it.each(SERVED_PRODUCTS)('%s lists the people of a repository as GitHub describes it', async (product) => {
  const { call, state } = await withSandbox({ seed: SEED, product })
  const { status, body } = await call('GET', PATH)
  expect(status).toBe(200)
  expect(body).toMatchObject([
    { permissions: { admin: true } },
    { login: 'hubot', permissions: { push: true, admin: false } },
    {},
    {},
  ])
  expect((await withSandbox({ seed: state() })).state()).toEqual(state())
})

it.each([
  ['', ['monalisa', 'hubot', 'guest', 'staff']],
  ['?affiliation=outside', ['guest']],
  ['?affiliation=direct', ['hubot', 'guest']],
  ['?permission=push', ['monalisa', 'hubot', 'staff']],
  ['?permission=admin', ['monalisa']],
  ['?per_page=2&page=2', ['guest', 'staff']],
])('the list%s', async (query, logins) => {
  const { call } = await withSandbox({ seed: SEED })
  const { body } = await call('GET', PATH + query)
  expect((body as { login: string }[]).map(({ login }) => login)).toEqual(logins)
})
