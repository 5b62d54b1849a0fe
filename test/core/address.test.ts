import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Address, byText, formatAddress, formatScope, parseAddress } from '../../src/core/address.ts'
import type { Scope } from '../../src/core/scope.ts'

const organization: Scope = { type: 'organization', org: 'acme' }
const web: Scope = { type: 'repository', owner: 'acme', repo: 'web' }
const enterprise: Scope = { type: 'enterprise', enterprise: 'acme-inc' }
const environment = (environment_name: string): Scope => {
  return { type: 'environment', owner: 'acme', repo: 'web', environment_name }
}

const ADDRESSES: readonly [string, Address][] = [
  ['orgs/acme/permissions', { scope: organization, family: 'permissions', key: '' }],
  ['orgs/acme/secrets/NPM_TOKEN', { scope: organization, family: 'secrets', key: 'NPM_TOKEN' }],
  ['orgs/acme/runner_groups/gpu', { scope: organization, family: 'runner_groups', key: 'gpu' }],
  ['repos/acme/web/permissions', { scope: web, family: 'permissions', key: '' }],
  ['repos/acme/web/dependabot_secrets/X', { scope: web, family: 'dependabot_secrets', key: 'X' }],
  ['repos/acme/web/environments/prod/secrets/DB_URL', { scope: environment('prod'), family: 'secrets', key: 'DB_URL' }],
  ['repos/acme/web/environments/prod', { scope: web, family: 'environments', key: 'prod' }],
  ['enterprises/acme-inc/runner_groups/shared', { scope: enterprise, family: 'runner_groups', key: 'shared' }],
  ['orgs/acme/runner_groups/a%2Fb', { scope: organization, family: 'runner_groups', key: 'a/b' }],
  ['orgs/acme/runner_groups/100%25%20GPU', { scope: organization, family: 'runner_groups', key: '100% GPU' }],
  ['orgs/acme/runner_groups/%F0%9F%9A%80', { scope: organization, family: 'runner_groups', key: '🚀' }],
  ['orgs/acme/runner_groups/__proto__', { scope: organization, family: 'runner_groups', key: '__proto__' }],
  [
    'repos/acme/web/environments/eu%2Fwest%201/secrets/X',
    { scope: environment('eu/west 1'), family: 'secrets', key: 'X' },
  ],
]

test.each(ADDRESSES)('%s', (text, address) => {
  expect(parseAddress(text)).toEqual(address)
  expect(formatAddress(address.scope, address.family, address.key)).toBe(text)
})

describe('parseAddress', () => {
  it.each([
    ['orgs/ACME/secrets/Npm_Token', { scope: organization, family: 'secrets', key: 'Npm_Token' }],
    ['repos/Acme/WEB/permissions', { scope: web, family: 'permissions', key: '' }],
    ['repos/Acme/WEB/environments/Prod/secrets/X', { scope: environment('prod'), family: 'secrets', key: 'X' }],
    ['enterprises/Acme-Inc/permissions', { scope: enterprise, family: 'permissions', key: '' }],
    ['orgs/acme/runner_groups/100%', { scope: organization, family: 'runner_groups', key: '100%' }],
  ])('folds owners, repositories and environments and nothing else: %s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected)
  })

  it.each([
    '',
    '/',
    'acme',
    'orgs',
    'orgs/acme',
    'orgs//secrets/X',
    'orgs/acme/secrets/X/Y',
    'repos/acme/web',
    'repos/acme//secrets',
    'repos/acme/web/environments//secrets',
    'repos/acme/web/environments//secrets/X',
    'users/acme/secrets/X',
    'Orgs/acme/secrets/X',
    '/orgs/acme/secrets/X',
  ])('%j is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined()
  })
})

describe('formatAddress', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 })
  const folded = name.map((text) => text.toLowerCase())
  const scope: fc.Arbitrary<Scope> = fc.oneof(
    fc.record({ type: fc.constant('enterprise' as const), enterprise: folded }),
    fc.record({ type: fc.constant('organization' as const), org: folded }),
    fc.record({ type: fc.constant('repository' as const), owner: folded, repo: folded }),
    fc.record({ type: fc.constant('environment' as const), owner: folded, repo: folded, environment_name: folded }),
  )
  const family = fc.constantFrom('permissions', 'secrets', 'runner_groups')

  it('is what parseAddress reads, whatever the names are', () => {
    fc.assert(
      fc.property(scope, family, fc.string({ unit: 'grapheme' }), (place, of, key) => {
        const text = formatAddress(place, of, key)
        expect(parseAddress(text)).toEqual({ scope: place, family: of, key })
        expect(text.startsWith(`${formatScope(place)}/${of}`)).toBe(true)
        expect(text).toMatch(/^[\w./%!'()*~-]+$/)
      }),
    )
  })

  it('does not stumble over half a character', () => {
    expect(formatAddress(organization, 'runner_groups', 'a\ud83d')).toBe('orgs/acme/runner_groups/a%EF%BF%BD')
  })
})

it('byText sorts by code units, so that no locale decides', () => {
  expect(['b', 'a', 'B', 'ä', 'a', '_'].sort(byText)).toEqual(['B', '_', 'a', 'a', 'b', 'ä'])
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      expect(byText(left, right) + byText(right, left)).toBe(0)
      expect(byText(left, right) === 0).toBe(left === right)
    }),
  )
})
