import { expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const PATH = '/enterprises/inc/actions/oidc/customization/issuer'

it('the issuer is written, and shown by the state alone', async () => {
  const { call, state } = await withSandbox({ seed: { enterprises: { inc: {} } } })
  expect(await call('PUT', PATH, { include_enterprise_slug: true })).toMatchObject({ status: 204, body: undefined })
  expect(state()).toMatchObject({ enterprises: { inc: { oidc_issuer: { include_enterprise_slug: true } } } })
  expect((await call('GET', PATH)).status).toBe(404)
  expect((await call('PUT', PATH, {})).status).toBe(204)
  expect(state()).toMatchObject({ enterprises: { inc: { oidc_issuer: { include_enterprise_slug: true } } } })
})

it('a text in place of the boolean is refused', async () => {
  const { call } = await withSandbox({ seed: { enterprises: { inc: {} } } })
  expect((await call('PUT', PATH, { include_enterprise_slug: 'yes' })).status).toBe(422)
})
