import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import type { Family } from '../../../src/core/family.ts'
import { leavesOf } from '../../../src/core/leaves.ts'
import { alternativesOf } from '../../../src/core/routes.ts'
import type { Scope } from '../../../src/core/scope.ts'
import type { Support } from '../../../src/core/support.ts'
import { supportOf } from '../../../src/engine/get.ts'
import { secretsOf } from '../../../src/families/common/secrets-of.ts'
import { secrets } from '../../../src/families/secrets/index.ts'
import { planAndApply } from '../../support/answering.ts'
import { type Place, reachAt, requestsAt, type Written } from '../../support/family-case.ts'

const dependabot = secretsOf('dependabot_secrets', {
  organization: { path: '/orgs/{org}/dependabot/secrets' },
  repository: { path: '/repos/{owner}/{repo}/dependabot/secrets' },
})
const environment = secretsOf('secrets', {
  environment: {
    path: [
      '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
      '/repositories/{repository_id}/environments/{environment_name}/secrets',
    ],
    most: 100,
  },
})
const PROD: Scope = { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod' }

it('a family has the levels of its table, and their fields', () => {
  expect(leavesOf(dependabot, 'organization')).toEqual(['visibility', 'repositories', 'value'])
  expect(leavesOf(dependabot, 'repository')).toEqual(['value'])
  expect(leavesOf(environment, 'environment')).toEqual(['value'])
  expect(Object.keys(environment.fields)).toEqual(['value'])
  // @ts-expect-error Dependabot has no secrets of environments
  expect(dependabot.scopes.environment).toBeUndefined()
})

it('differs from the family of Actions in its routes alone', () => {
  const asActions = (route: string): string => route.replace('/dependabot/', '/actions/')
  for (const level of ['organization', 'repository'] as const) {
    const [own, actions] = [dependabot.scopes[level], secrets.scopes[level]]
    for (const part of ['reads', 'writes'] as const) {
      const routes = own[part].flatMap(alternativesOf)
      expect(routes.every((route) => route.includes('/dependabot/secrets'))).toBe(true)
      expect(routes.map(asActions)).toEqual(actions[part].flatMap(alternativesOf))
    }
  }
  expect([secrets.scopes.organization.most, dependabot.scopes.organization.most]).toEqual([1000, undefined])
})

const TABLES = ['src/github/endpoints.json', 'scripts/descriptions/coming.json'].map((file) => {
  const { endpoints } = JSON.parse(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'))
  return Object.keys(endpoints)
})

it.each(['actions', 'dependabot', 'codespaces', 'agents'] as const)(
  'GitHub has every route of the secrets of %s',
  (of) => {
    const made = secretsOf('some_secrets', {
      organization: { path: `/orgs/{org}/${of}/secrets` },
      repository: { path: `/repos/{owner}/{repo}/${of}/secrets` },
    })
    const entries = [...Object.values(made.scopes), environment.scopes.environment]
    const routes = entries.flatMap(({ reads, writes }) => [...reads, ...writes]).flatMap(alternativesOf)
    expect(new Set(routes).size).toBe(9 + 5 + 10)
    expect(routes.filter((route) => !TABLES.flat().includes(route))).toEqual([])
  },
)

const ANSWERS = {
  '/orgs/acme/dependabot/secrets': [
    { name: 'NPM', updated_at: '2024-01-01T00:00:00Z', visibility: 'selected' },
    { name: 'OLD', updated_at: '2024-01-01T00:00:00Z', visibility: 'all' },
  ],
  '/orgs/acme/dependabot/secrets/NPM/repositories': [{ id: 2, name: 'Api' }],
  '/orgs/acme/dependabot/secrets/public-key': { key_id: 'a key', key: 'k' },
  '/repos/acme/web/dependabot/secrets': [],
  '/repos/acme/web/dependabot/secrets/public-key': { key_id: 'a key', key: 'k' },
}

it('reads, plans, counts who gains, and writes what narrows first', async () => {
  const { reads, changes, requests, told } = await planAndApply(
    dependabot,
    `
organizations:
  acme:
    dependabot_secrets:
      npm: { repositories: [web, api] }
      NEW: { visibility: selected, repositories: [api], value: { env: NEW } }
      old: absent
    repositories: { web: { dependabot_secrets: { KEY: { value: { env: KEY } } } } }
`,
    ANSWERS,
  )
  expect(told).toEqual([])
  expect([...reads].sort()).toEqual([
    'GET /orgs/acme/dependabot/secrets',
    'GET /orgs/acme/dependabot/secrets/NPM/repositories',
    'GET /repos/acme/web/dependabot/secrets',
  ])
  expect([...changes].sort()).toEqual([
    'create orgs/acme/dependabot_secrets/NEW, for api',
    'create repos/acme/web/dependabot_secrets/KEY',
    'delete orgs/acme/dependabot_secrets/OLD',
    'update orgs/acme/dependabot_secrets/NPM, widens repositories, for web',
  ])
  const sealed = { encrypted_value: 'sealed', key_id: 'a key' }
  const [narrowing, ...widening] = requests.filter(([request]) => !request.startsWith('GET '))
  expect(narrowing).toEqual(['DELETE /orgs/acme/dependabot/secrets/OLD'])
  expect(widening.sort(([left], [right]) => (left < right ? -1 : 1))).toEqual([
    ['PUT /orgs/acme/dependabot/secrets/NEW', { visibility: 'selected', selected_repository_ids: [2], ...sealed }],
    ['PUT /orgs/acme/dependabot/secrets/NPM/repositories', { selected_repository_ids: [2, 1] }],
    ['PUT /repos/acme/web/dependabot/secrets/KEY', sealed],
  ])
})

it('adds one by one where the list is shared', async () => {
  const { requests } = await planAndApply(
    dependabot,
    'organizations: { acme: { dependabot_secrets: { NPM: { add_repositories: [web], remove_repositories: [api] } } } }',
    ANSWERS,
  )
  expect(requests.filter(([request]) => !request.startsWith('GET '))).toEqual([
    ['DELETE /orgs/acme/dependabot/secrets/NPM/repositories/2'],
    ['PUT /orgs/acme/dependabot/secrets/NPM/repositories/1'],
  ])
})

it.each([
  ['{ visibility: all, repositories: [web] }', 'repositories needs visibility: selected, but it is all'],
  ['{ value: { env: V } }', 'visibility'],
])('says what is wrong with %s', async (body, message) => {
  const { told, heldBack, requests } = await planAndApply(
    dependabot,
    `organizations: { acme: { dependabot_secrets: { NEW: ${body} } } }`,
    ANSWERS,
  )
  expect([...told, ...heldBack].join()).toContain(message)
  expect(requests).toEqual([])
})

describe('the ids of repositories that go with a value', () => {
  const older = secretsOf('secrets', {
    organization: { path: '/orgs/{org}/actions/secrets', textIdsBefore: 'ghes-3.10' },
  })
  const wants = { visibility: 'selected', repositories: ['api', 'web'], value: 'env:V' }
  it.each<[string, readonly (string | number)[]]>([
    ['ghes-3.4', ['2', '1']],
    ['ghes-3.9', ['2', '1']],
    ['ghes-3.10', [2, 1]],
    ['ghes-4.0', [2, 1]],
    ['ghec', [2, 1]],
    ['dotcom', [2, 1]],
  ])('are text or numbers as %s takes them', (product, ids) => {
    const place: Place = { family: older as Family, known: { product: supportOf(product) } }
    const put = 'PUT /orgs/acme/actions/secrets/NPM'
    expect(requestsAt(place, { key: 'NPM', wants })).toEqual<Written[]>([
      [put, { visibility: 'selected', selected_repository_ids: ids }],
    ])
    const live = { visibility: 'selected', repositories: [] }
    const alone = { visibility: 'selected', repositories: ['api', 'web'] }
    expect(requestsAt(place, { key: 'NPM', wants: alone, live })).toEqual<Written[]>([
      [`${put}/repositories`, { selected_repository_ids: [2, 1] }],
    ])
    expect(requestsAt(place, { key: 'NPM', wants: { visibility: 'all', value: 'env:V' } })).toEqual<Written[]>([
      [put, { visibility: 'all' }],
    ])
  })
})

describe('in an environment', () => {
  const only = (start: string): Support => ({
    has: (route) => route.includes(` ${start}`),
    accepts: () => true,
    returns: () => true,
  })
  const asked = { key: 'DB_URL', wants: { value: 'env:DB_URL' } }

  test.each<[string, Support, string]>([
    ['a later product', only('/repos/'), 'PUT /repos/acme/web/environments/prod/secrets/DB_URL'],
    ['GHES up to 3.7', only('/repositories/'), 'PUT /repositories/1/environments/prod/secrets/DB_URL'],
  ])('%s has its own route', (_, product, expected) => {
    const place: Place = { family: environment as Family, scope: PROD, known: { product } }
    expect(requestsAt(place, asked)).toEqual<Written[]>([[expected]])
    expect(reachAt(place, {})).toEqual([])
  })

  it.each<[string, string]>([
    ['/repos/', '/repos/acme/web/environments/prod/secrets'],
    ['/repositories/', '/repositories/1/environments/prod/secrets'],
  ])('where the product has %s, list, key, value and time go by %s', async (start, path) => {
    const { reads, changes, requests } = await planAndApply(
      environment,
      `organizations:
  acme: { repositories: { web: { environments: { prod: { secrets: { DB_URL: { value: { env: V } }, OLD: absent } } } } } }`,
      {
        [path]: [{ name: 'old', updated_at: '2024-01-01T00:00:00Z' }],
        [`${path}/public-key`]: { key_id: 'a key', key: 'k' },
        [`${path}/DB_URL`]: { name: 'DB_URL', updated_at: '2024-01-01T00:00:00Z' },
      },
      only(start),
    )
    expect(reads).toEqual([`GET ${path}`])
    expect(changes).toEqual([
      'create repos/acme/web/environments/prod/secrets/DB_URL',
      'delete repos/acme/web/environments/prod/secrets/OLD',
    ])
    expect(new Set(requests.map(([request]) => request))).toEqual(
      new Set([
        `GET ${path}/public-key`,
        `PUT ${path}/DB_URL`,
        `GET ${path}/DB_URL`,
        `DELETE ${path}/OLD`,
        `GET ${path}/OLD`,
      ]),
    )
  })
})
