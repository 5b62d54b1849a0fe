import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Route } from '../../src/core/routes.ts'
import { alternativesOf } from '../../src/core/routes.ts'
import { families } from '../../src/families/index.ts'
import { HOME_ROUTES } from '../../src/github/home-client.ts'
import { apiName, formatPermissions, joinPermissions, lackingOf, permissionsIn } from '../../src/github/permissions.ts'
import { permissionsNeeded } from '../../src/github/permissions-needed.ts'

function readJson(path: string) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
}

describe('permissionsNeeded', () => {
  const read: Route = 'GET /orgs/{org}/actions/secrets'
  const write: Route = 'PUT /orgs/{org}/actions/secrets/{secret_name}'

  it.each([
    [[], {}, []],
    [['GET /meta'], {}, []],
    [[read], { organization_secrets: 'read' }, ['admin:org']],
    [[read, write], { organization_secrets: 'write' }, ['admin:org']],
    [[write, read], { organization_secrets: 'write' }, ['admin:org']],
    [
      ['GET /orgs/{org}/actions/runner-groups', 'GET /repos/{owner}/{repo}/actions/secrets', 'GET /orgs/{org}/repos'],
      { organization_self_hosted_runners: 'read', secrets: 'read', metadata: 'read' },
      ['admin:org', 'repo'],
    ],
    [['PUT /orgs/{org}/actions/permissions'], { organization_administration: 'write' }, ['admin:org']],
  ] as [Route[], object, string[]][])('of %j is %j', (routes, permissions, scopes) => {
    expect(permissionsNeeded(routes)).toEqual({ permissions, optional: {}, scopes })
  })

  it('an organization’s plan is welcome, not needed', () => {
    const needed = permissionsNeeded(['GET /orgs/{org}'])
    expect(needed).toEqual({ permissions: {}, optional: { organization_plan: 'read' }, scopes: [] })
  })

  /** Variables and more are left out of the schema that lists the permissions of an App; the page of permissions has them. */
  it('has the names that GitHub’s API takes', () => {
    const description = readJson('../descriptions/dotcom.json')
    const known = description.schemas['app-permissions'].properties as Record<string, { enum: string[] }>
    const listed = Object.keys(readJson('../permissions/page.json').permissions).map((text) => {
      const [, level = '', name = '', access = ''] = /^(\w+) (\w+)=(\w+)$/.exec(text) ?? []
      return `${apiName({ level, name })}: ${access}`
    })
    const routes = families.flatMap(({ scopes }) =>
      Object.values(scopes).flatMap((each) => [...each.reads, ...each.writes].flatMap(alternativesOf)),
    )
    const { permissions, optional } = permissionsNeeded([...routes, ...HOME_ROUTES, 'GET /orgs/{org}'])
    expect(Object.keys(permissions).length).toBeGreaterThan(6)
    for (const [name, access] of Object.entries({ ...permissions, ...optional })) {
      const named = known[name]?.enum.includes(access) || listed.includes(`${name}: ${access}`)
      expect(named, `${name}: ${access}`).toBe(true)
    }
  })
})

describe('permissions', () => {
  it.each([
    [{ a: 'write' }, { a: 'read' }, {}],
    [{ a: 'admin' }, { a: 'write' }, {}],
    [{ a: 'read' }, { a: 'write' }, { a: 'write' }],
    [{}, { b: 'read', a: 'read' }, { a: 'read', b: 'read' }],
    [{}, { toString: 'read' }, { toString: 'read' }],
  ] as const)('of %j, %j lacks %j', (held, needed, lacking) => {
    expect(lackingOf(held, needed)).toEqual(lacking)
    expect(lackingOf(joinPermissions(held, needed), needed)).toEqual({})
  })

  it.each([
    [undefined, {}],
    ['read', {}],
    [
      { a: 'read', b: 'none', c: 1, d: 'write' },
      { a: 'read', d: 'write' },
    ],
  ])('in the answer %j are %j', (answer, expected) => {
    expect(permissionsIn(answer)).toEqual(expected)
  })

  it('are written sorted', () => {
    expect(formatPermissions({ secrets: 'write', metadata: 'read' })).toBe('metadata: read, secrets: write')
  })
})

it.each([
  ['repository', 'secrets', 'secrets'],
  ['organization', 'secrets', 'organization_secrets'],
  ['organization', 'members', 'members'],
  ['enterprise', 'people', 'enterprise_people'],
  ['user', 'codespaces_user_secrets', 'codespaces_user_secrets'],
])('the %s permission %s is %s in the API', (level, name, expected) => {
  expect(apiName({ level, name })).toBe(expected)
})
