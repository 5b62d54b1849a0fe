import { expect, test } from 'vitest'
import { ownerOf, type Scope, scopeAbove, scopeParams } from '../../src/core/scope.ts'

const repository: Scope = { type: 'repository', owner: 'acme', repo: 'web' }

test.each<[Scope, object, string, Scope | undefined]>([
  [{ type: 'enterprise', enterprise: 'inc' }, { enterprise: 'inc' }, 'enterprises/inc', undefined],
  [{ type: 'organization', org: 'acme' }, { org: 'acme' }, 'acme', undefined],
  [repository, { owner: 'acme', repo: 'web' }, 'acme', { type: 'organization', org: 'acme' }],
  [
    { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'eu/west' },
    { owner: 'acme', repo: 'web', environment_name: 'eu/west' },
    'acme',
    repository,
  ],
  // No request tells the enterprise of an organization: the configuration does, or it is not known.
  [
    { type: 'organization', org: 'acme', enterprise: 'inc' },
    { org: 'acme' },
    'acme',
    { type: 'enterprise', enterprise: 'inc' },
  ],
])('%j', (scope, params, owner, above) => {
  expect(scopeParams(scope)).toEqual(params)
  expect(ownerOf(scope)).toBe(owner)
  expect(scopeAbove(scope)).toEqual(above)
})
