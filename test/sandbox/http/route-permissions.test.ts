import { expect, it } from 'vitest'
import { endpointTable } from '../../../src/github/endpoint-table.ts'
import { endpoint } from '../../../src/github/endpoints.ts'
import { apiName } from '../../../src/github/permissions.ts'
import { scopeOf } from '../../../src/sandbox/http/authorize.ts'
import type { Route } from '../../../src/sandbox/http/call.ts'
import { ROUTES } from '../../../src/sandbox/resources/table.ts'

/**
 * The routes that the sandbox does not refuse without the table's permission: GitHub then answers with less (an
 * organization without its plan, public repositories alone), and so does the sandbox.
 */
const ANSWERS_LESS: Readonly<Record<string, { readonly scope?: null; readonly permission?: null }>> = {
  'GET /orgs/{org}': { scope: null, permission: null },
  'GET /orgs/{org}/repos': { scope: null },
}

const described = ROUTES.filter((route) => route.template !== '/graphql')

it('there is a route for every endpoint that octoform knows', () => {
  const served = described.map(nameOf)
  const { endpoints } = endpointTable() as { readonly endpoints: object }
  expect(Object.keys(endpoints).filter((route) => !served.includes(route))).toEqual([])
  expect(new Set(served).size).toBe(served.length)
})

it.each(described.map((route) => [nameOf(route), route] as const))('%s takes what GitHub says', (name, route) => {
  const { classic, app } = endpoint(name).permission
  const documented = app && `${apiName(app)}=${app.access}`
  const less = ANSWERS_LESS[name] ?? {}
  const permissions = route.permission?.split('; ') ?? [null]
  expect(permissions).toContain('permission' in less ? null : documented)
  expect(scopeOf(route) ?? null).toBe('scope' in less ? null : classic)
})

function nameOf(route: Route): string {
  return `${route.method} ${route.template}`
}
