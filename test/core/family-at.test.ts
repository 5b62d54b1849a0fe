import { expect, it, test } from 'vitest'
import type { Family, Get } from '../../src/core/family.ts'
import { at, entryOf, isPresent } from '../../src/core/family-at.ts'
import type { Route } from '../../src/core/routes.ts'
import { alternativesOf, pickRoute } from '../../src/core/routes.ts'
import { LEVELS, type ScopeOf, scopeNamed } from '../../src/core/scope.ts'
import type { Support } from '../../src/core/support.ts'
import { agentsSecrets } from '../../src/families/agents-secrets/index.ts'
import { families } from '../../src/families/index.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { stubFamily } from '../support/stub-family.ts'

const PROD: ScopeOf<'environment'> = { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod' }

it('a family by its own type does not compile at a level that it does not have', () => {
  // @ts-expect-error secrets do not exist at enterprises
  expect(secrets.scopes.enterprise).toBeUndefined()
  // @ts-expect-error agents' secrets do not exist in environments
  expect(agentsSecrets.scopes.environment).toBeUndefined()
  // @ts-expect-error runner groups do not exist at repositories
  expect(runnerGroups.scopes.repository).toBeUndefined()
  // @ts-expect-error permissions do not exist in environments
  expect(permissions.scopes.environment).toBeUndefined()
  // @ts-expect-error an environment is no repository: what writes a repository's secret does not take it
  const read = (get: Get): unknown => secrets.scopes.repository.read(PROD, get)
  expect(read).toBeDefined()
})

it('the engine is answered undefined there, and what has been planned there would be a bug', () => {
  for (const family of families.filter(({ scopes }) => scopes.environment === undefined)) {
    expect(at(family, PROD), family.name).toBeUndefined()
    expect(() => entryOf(family, PROD)).toThrow(`bug: ${family.name} has no environment level`)
  }
})

it.each(families)('$name at its levels answers with the entry of each', (family) => {
  for (const level of LEVELS) expect(at(family, scopeNamed(level, []))).toBe(family.scopes[level])
})

const NEW: Route = 'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets'
const OLD: Route = 'GET /repositories/{repository_id}/environments/{environment_name}/secrets'

test.each<[readonly Route[], Route]>([
  [[NEW, OLD], NEW],
  [[NEW], NEW],
  [[OLD], OLD],
  // For a product with neither, the newest is named.
  [[], NEW],
])('where a product has %j, %s is taken', (there, expected) => {
  const has = (route: Route): boolean => there.includes(route)
  expect(pickRoute([NEW, OLD], { has })).toBe(expected)
  const product: Support = { has, accepts: () => true, returns: () => true }
  const family: Family = stubFamily({ presence: [NEW, OLD] })
  expect(isPresent(family, { type: 'organization' }, product)).toBe(there.length > 0)
})

test('a route alone has itself for an alternative', () => {
  expect(alternativesOf(NEW)).toEqual([NEW])
})
