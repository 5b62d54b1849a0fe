import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const ORGANIZATION = '/orgs/acme/actions/oidc/customization/sub'
const REPOSITORY = '/repos/acme/web/actions/oidc/customization/sub'

function seedOf(organization: object, repository: object = {}): object {
  const given = (own: object) => (Object.keys(own).length === 0 ? {} : { oidc_subject_claim: own })
  return {
    organizations: {
      acme: { id: 7, ...given(organization), repositories: { web: { id: 101, ...given(repository) } } },
    },
  }
}

describe('the template of the subject claim', () => {
  it.each([
    ['ghec', {}, { include_claim_keys: ['repo', 'context'] }],
    ['ghes-3.19', {}, { include_claim_keys: ['repo', 'context'] }],
    [
      'ghec',
      { include_claim_keys: ['b', 'a'], use_immutable_subject: true },
      { include_claim_keys: ['b', 'a'], use_immutable_subject: true },
    ],
  ])('of an organization on %s with %j', async (product, own, expected) => {
    const { call } = await withSandbox({ seed: seedOf(own), product })
    expect((await call('GET', ORGANIZATION)).body).toEqual(expected)
  })

  it.each([
    ["GitHub's default", { include_claim_keys: ['actor'] }, {}, { use_default: true }],
    [
      'of the organization',
      { include_claim_keys: ['actor'] },
      { use_default: false },
      { use_default: false, include_claim_keys: ['actor'] },
    ],
    [
      'of its own',
      { include_claim_keys: ['actor'] },
      { use_default: false, include_claim_keys: ['ref'] },
      { use_default: false, include_claim_keys: ['ref'] },
    ],
  ])('%s is shown by a repository', async (_, above, own, expected) => {
    const { call } = await withSandbox({ seed: seedOf(above, own), product: 'ghes-3.19' })
    expect((await call('GET', REPOSITORY)).body).toEqual(expected)
  })

  it.each([
    [{}, {}, false, 'repo:acme/web'],
    [{ use_immutable_subject: true }, {}, true, 'repo:acme@7/web@101'],
    [{ use_immutable_subject: true }, { use_immutable_subject: false }, false, 'repo:acme/web'],
  ])('a subject with ids: %j at the organization, %j at the repository', async (above, own, immutable, prefix) => {
    const { call } = await withSandbox({ seed: seedOf(above, own) })
    expect((await call('GET', REPOSITORY)).body).toEqual({
      use_default: true,
      use_immutable_subject: immutable,
      sub_claim_prefix: prefix,
    })
  })

  it('is set with 201, and a repository loses keys that a request leaves out', async () => {
    const { call, state } = await withSandbox({ seed: seedOf({}) })
    const own = { use_default: false, include_claim_keys: ['ref'], use_immutable_subject: true }
    expect(await call('PUT', ORGANIZATION, { include_claim_keys: ['actor'] })).toMatchObject({ status: 201, body: {} })
    expect(await call('PUT', REPOSITORY, own)).toMatchObject({ status: 201, body: {} })
    expect(state()).toMatchObject(seedOf({ include_claim_keys: ['actor'] }, own))
    await call('PUT', REPOSITORY, { use_default: false })
    expect((await call('GET', REPOSITORY)).body).toMatchObject({
      include_claim_keys: ['actor'],
      use_immutable_subject: true,
    })
    await call('PUT', REPOSITORY, { use_default: true, include_claim_keys: ['ref'] })
    expect((await call('GET', REPOSITORY)).body).not.toHaveProperty('include_claim_keys')
  })

  it.each([
    ['ghes-3.16', ORGANIZATION, {}],
    ['ghec', ORGANIZATION, { include_claim_keys: ['a b'] }],
    ['ghec', ORGANIZATION, { include_claim_keys: 'a' }],
    ['ghec', REPOSITORY, { include_claim_keys: ['a'] }],
    ['ghec', REPOSITORY, { use_default: false, include_claim_keys: ['a', 'a'] }],
  ])('%s PUT %s %j is refused', async (product, path, body) => {
    const { call } = await withSandbox({ seed: seedOf({}), product })
    expect((await call('PUT', path, body)).status).toBe(422)
  })

  it('of 3.17 may be written without keys', async () => {
    const { call } = await withSandbox({ seed: seedOf({ include_claim_keys: ['ref'] }), product: 'ghes-3.17' })
    expect((await call('PUT', ORGANIZATION, {})).status).toBe(201)
    expect((await call('GET', ORGANIZATION)).body).toEqual({ include_claim_keys: ['ref'] })
  })
})
