import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const PATH = 'actions/oidc/customization/properties/repo'
const ENTERPRISE = `/enterprises/inc/${PATH}`
const ORGANIZATION = `/orgs/acme/${PATH}`

const seedOf = (enterprise: object, organization: object) => ({
  enterprises: { inc: { organizations: { acme: {} }, oidc_custom_properties: enterprise } },
  organizations: { acme: { oidc_custom_properties: organization } },
})

const of = (inclusion_source: string, custom_property_name: string) => ({ custom_property_name, inclusion_source })

describe('custom properties in OIDC tokens', () => {
  it('of an organization are its own and those of the enterprise', async () => {
    const { call } = await withSandbox({ seed: seedOf({ team: {} }, { environment: {} }) })
    expect((await call('GET', ENTERPRISE)).body).toEqual([of('enterprise', 'team')])
    expect((await call('GET', ORGANIZATION)).body).toEqual([
      of('enterprise', 'team'),
      of('organization', 'environment'),
    ])
  })

  it.each([ENTERPRISE, ORGANIZATION])('%s: one is included once, and taken out once', async (path) => {
    const { call, state } = await withSandbox({ seed: seedOf({}, {}) })
    const source = path === ENTERPRISE ? 'enterprise' : 'organization'
    const added = await call('POST', path, { custom_property_name: 'Team' })
    expect(added).toMatchObject({ status: 201, body: of(source, 'Team') })
    expect((await call('POST', path, { custom_property_name: 'team' })).status).toBe(422)
    const both = state() as Record<string, Record<string, object>>
    expect(both[path === ENTERPRISE ? 'enterprises' : 'organizations']).toMatchObject({
      [path === ENTERPRISE ? 'inc' : 'acme']: { oidc_custom_properties: { Team: {} } },
    })
    expect((await call('DELETE', `${path}/TEAM`)).status).toBe(204)
    expect((await call('DELETE', `${path}/TEAM`)).status).toBe(404)
    expect((await call('GET', path)).body).toEqual([])
  })

  it('of the enterprise are not for the organization to include or take out', async () => {
    const { call } = await withSandbox({ seed: seedOf({ team: {} }, {}) })
    expect((await call('POST', ORGANIZATION, { custom_property_name: 'team' })).status).toBe(422)
    expect((await call('DELETE', `${ORGANIZATION}/team`)).status).toBe(404)
  })

  it.each([{}, { custom_property_name: 'a b' }])('%j is refused', async (body) => {
    const { call } = await withSandbox({ seed: seedOf({}, {}) })
    expect((await call('POST', ORGANIZATION, body)).status).toBe(400)
  })
})
