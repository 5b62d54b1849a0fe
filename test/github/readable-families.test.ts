import { expect, it } from 'vitest'
import type { Family } from '../../src/core/family.ts'
import { families } from '../../src/families/index.ts'
import { admitsApps } from '../../src/github/endpoints.ts'
import type { Permissions } from '../../src/github/permissions.ts'
import { readableFamilies } from '../../src/github/readable-families.ts'

const some = families.filter(({ name }) => ['permissions', 'secrets'].includes(name))
const installed = (permissions: Permissions) =>
  ({ id: 1, app: 'reader', permissions, repositories: 'all', state: 'active', page: '' }) as const

function readable(of: readonly Family[], address: string, permissions?: Permissions) {
  const found = readableFamilies(of, address, permissions && installed(permissions))
  return { names: found.families.map(({ name }) => name), leftOut: found.leftOut }
}

it('a token shows what it may not read by being refused', () => {
  expect(readable(some, 'orgs/acme')).toEqual({ names: ['permissions', 'secrets'], leftOut: [] })
})

it.each<[string, Permissions, readonly string[], readonly string[]]>([
  ['orgs/acme', { organization_administration: 'read', organization_secrets: 'write' }, ['permissions', 'secrets'], []],
  [
    'orgs/acme',
    { organization_administration: 'read', secrets: 'read' },
    ['permissions'],
    ['secrets is left out: the App reader lacks organization_secrets: read'],
  ],
  [
    'repos/acme/*',
    { secrets: 'read' },
    ['secrets'],
    ['permissions is left out: the App reader lacks administration: read'],
  ],
])('of %s an App with %j reads %j', (address, permissions, names, leftOut) => {
  expect(readable(some, address, permissions)).toEqual({ names, leftOut })
})

it('a route that admits Apps on no product is left out in any case', () => {
  expect(admitsApps('GET /user')).toBe(false)
  expect(admitsApps('GET /meta')).toBe(true)
  const GET = 'GET /user'
  const own = { name: 'own', scopes: { organization: { presence: GET, reads: [GET], writes: [] } } }
  expect(readable([own as object as Family], 'orgs/acme', { organization_secrets: 'read' })).toEqual({
    names: [],
    leftOut: ['own is left out: GitHub admits no App to it'],
  })
})
