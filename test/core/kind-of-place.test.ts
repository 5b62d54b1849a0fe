import { expect, it } from 'vitest'
import { kindOfPlace } from '../../src/core/kind-of-place.ts'

it.each([
  ['orgs/acme', 'secrets', 'organization secrets'],
  ['repos/acme/web', 'permissions', 'repository permissions'],
  ['orgs/acme', undefined, 'organization'],
  ['repos/acme/web', undefined, 'repository'],
  ['repos/octocat', undefined, 'account'],
  ['enterprises/acme-inc', undefined, 'enterprise'],
])('%s with %s is told as %s', (scope, family, kind) => {
  expect(kindOfPlace({ scope, reason: 'why', ...(family === undefined ? {} : { family }) })).toBe(kind)
})
