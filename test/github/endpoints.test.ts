import { describe, expect, it } from 'vitest'
import {
  accepts,
  described,
  elsewhere,
  endpoint,
  has,
  isProduct,
  previews,
  required,
  returns,
} from '../../src/github/endpoints.ts'

const ALL = [
  'ghes-2.22',
  'ghae-2021',
  'ghae',
  'ghes-3.4',
  'ghes-3.5',
  'ghes-3.6',
  'ghes-3.7',
  'ghes-3.8',
  'ghes-3.9',
  'ghes-3.10',
  'ghes-3.11',
  'ghes-3.12',
  'ghes-3.13',
  'ghes-3.14',
  'ghes-3.15',
  'ghes-3.16',
  'ghes-3.17',
  'ghes-3.18',
  'ghes-3.19',
  'ghec',
  'dotcom',
]
const NOT_2_22 = ALL.filter((product) => product !== 'ghes-2.22')
const NOT_2021 = ALL.filter((product) => product !== 'ghae-2021')
const NOT_AE = NOT_2021.filter((product) => product !== 'ghae')
/** Of those after 2.22. */
const LATER = NOT_2_22.filter((product) => product !== 'ghae-2021')
const SHA_PINNING = ['ghes-3.19', 'ghec', 'dotcom']
const SINCE_3_5 = ALL.slice(ALL.indexOf('ghes-3.5'))
const SINCE_3_8 = ALL.slice(ALL.indexOf('ghes-3.8'))
const SINCE_3_13 = ALL.slice(ALL.indexOf('ghes-3.13'))

describe('has', () => {
  it.each([
    ['GET /meta', ALL],
    ['GET /orgs/{org}/actions/permissions', NOT_2_22],
    ['PUT /repos/{owner}/{repo}/actions/permissions/selected-actions', NOT_2_22],
    ['PUT /orgs/{org}/actions/secrets/{secret_name}', ALL],
    ['GET /orgs/{org}/actions/runner-groups', NOT_2021],
    ['POST /orgs/{org}/actions/runner-groups', ALL],
    ['GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories', NOT_AE],
    ['GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners', NOT_AE],
    ['PUT /orgs/{org}/actions/runner-groups/{runner_group_id}/runners/{runner_id}', NOT_2021],
    // The package fills these in where GitHub AE and older releases lack them.
    ['GET /orgs/{org}/actions/variables', SINCE_3_8],
    ['GET /orgs/{org}/actions/runners/{runner_id}/labels', NOT_AE.filter((product) => product !== 'ghes-2.22')],
    ['GET /repos/{owner}/{repo}/environments', LATER],
    ['GET /enterprises/{enterprise}/actions/runners', NOT_2021.filter((product) => product !== 'dotcom')],
  ])('%s', (route, products) => {
    expect(ALL.filter((product) => has(product, route))).toEqual(products)
    expect(endpoint(route).products).toEqual(products)
  })

  it.each(['ghes-2.21', 'ghes-', 'gitlab', ''])('says no of %o, which no description covers', (product) => {
    expect(has(product, 'GET /meta')).toBe(false)
  })

  it('throws on a route that nobody put in the table', () => {
    expect(() => has('dotcom', 'GET /orgs/{org}/actions/secret')).toThrow('Bug: GET /orgs/{org}/actions/secret is not')
    expect(() => endpoint('toString')).toThrow('Bug: toString')
  })
})

describe('accepts', () => {
  const group = 'POST /orgs/{org}/actions/runner-groups'
  it.each([
    ['PUT /orgs/{org}/actions/permissions', 'sha_pinning_required', SHA_PINNING],
    ['PUT /repos/{owner}/{repo}/actions/permissions', 'sha_pinning_required', SHA_PINNING],
    ['PUT /orgs/{org}/actions/permissions/selected-actions', 'verified_allowed', ['ghae-2021', 'ghae', ...SINCE_3_13]],
    ['PUT /orgs/{org}/actions/permissions/selected-actions', 'github_owned_allowed', NOT_2_22],
    [group, 'allows_public_repositories', LATER],
    [group, 'restricted_to_workflows', SINCE_3_5],
    [group, 'selected_workflows', SINCE_3_5],
    [group, 'network_configuration_id', ['ghec', 'dotcom']],
    ['PATCH /orgs/{org}/actions/runner-groups/{runner_group_id}', 'selected_repository_ids', []],
    ['PUT /orgs/{org}/actions/secrets/{secret_name}', 'visibility', ALL],
    ['PUT /orgs/{org}/actions/secrets/{secret_name}', 'toString', []],
  ])('%s takes %s', (route, field, products) => {
    expect(ALL.filter((product) => accepts(product, route, field))).toEqual(products)
  })

  it.each([
    ['POST /orgs/{org}/actions/runner-groups', 'visibility', 'private', true],
    ['POST /orgs/{org}/actions/runner-groups', 'visibility', 'internal', false],
    ['PUT /orgs/{org}/actions/permissions', 'allowed_actions', 'local_only', true],
    ['PUT /orgs/{org}/actions/permissions', 'allowed_actions', '', false],
    ['POST /orgs/{org}/actions/runner-groups', 'name', 'anything', true],
  ])('%s takes %s: %s — %s', (route, field, value, answer) => {
    expect(accepts('ghes-3.19', route, field, value)).toBe(answer)
  })

  it('knows the values of each product apart', () => {
    const takes = (product: string) => accepts(product, 'POST /orgs/{org}/repos', 'visibility', 'internal')
    expect(ALL.filter(takes)).toEqual(ALL.filter((product) => product !== 'dotcom'))
  })
})

describe('required', () => {
  const selected = 'PUT /orgs/{org}/actions/permissions/selected-actions'
  it.each([
    ['ghes-2.22', 'PUT /orgs/{org}/actions/secrets/{secret_name}', []],
    ['dotcom', 'PUT /orgs/{org}/actions/secrets/{secret_name}', ['visibility']],
    ['ghes-3.7', selected, ['github_owned_allowed', 'patterns_allowed']],
    ['ghes-3.12', selected, ['github_owned_allowed', 'patterns_allowed']],
    ['ghes-3.13', selected, []],
    ['ghes-2.22', 'PATCH /orgs/{org}/actions/runner-groups/{runner_group_id}', []],
    ['ghes-3.4', 'PATCH /orgs/{org}/actions/runner-groups/{runner_group_id}', ['name']],
    ['ghes-2.22', selected, []],
    ['dotcom', 'GET /meta', []],
  ])('%s %s: %j', (product, route, fields) => {
    expect([...required(product, route)].sort()).toEqual(fields)
  })
})

describe('returns', () => {
  it.each([
    ['GET /orgs/{org}/actions/runners', 'runner_group_id', SINCE_3_8],
    ['GET /orgs/{org}/actions/runners', 'labels', LATER],
    ['GET /orgs/{org}/actions/runner-groups', 'allows_public_repositories', LATER],
    ['GET /orgs/{org}/actions/runner-groups', 'restricted_to_workflows', SINCE_3_5],
    ['GET /orgs/{org}/actions/permissions', 'sha_pinning_required', SHA_PINNING],
    ['GET /orgs/{org}/actions/permissions/selected-actions', 'verified_allowed', ['ghae-2021', 'ghae', ...SINCE_3_13]],
    ['GET /orgs/{org}/repos', 'visibility', ALL],
    ['GET /orgs/{org}', 'plan', ALL],
    ['GET /meta', 'installed_version', ALL.filter((product) => product.startsWith('ghes-'))],
    ['DELETE /orgs/{org}/actions/secrets/{secret_name}', 'name', []],
  ])('%s has %s', (route, field, products) => {
    expect(ALL.filter((product) => returns(product, route, field))).toEqual(products)
  })
})

describe('endpoint', () => {
  it.each([
    ['GET /orgs/{org}/repos', null, 100, 'repo', 'repository metadata read'],
    ['GET /orgs/{org}/actions/secrets', 'secrets', 100, 'admin:org', 'organization secrets read'],
    [
      'GET /orgs/{org}/actions/permissions/repositories',
      'repositories',
      100,
      'admin:org',
      'organization administration read',
    ],
    [
      'GET /orgs/{org}/actions/runner-groups',
      'runner_groups',
      100,
      'admin:org',
      'organization self_hosted_runners read',
    ],
    ['GET /orgs/{org}/actions/runners', 'runners', 100, 'admin:org', 'organization self_hosted_runners read'],
    ['PUT /repos/{owner}/{repo}/actions/permissions', null, null, 'repo', 'repository administration write'],
    ['PUT /repos/{owner}/{repo}/actions/secrets/{secret_name}', null, null, 'repo', 'repository secrets write'],
    ['GET /meta', null, null, null, ''],
  ])('%s', (route, envelope, perPage, classic, app) => {
    const found = endpoint(route)
    const { level, name, access } = found.permission.app ?? { level: '', name: '', access: '' }
    expect([found.envelope, found.perPage, found.permission.classic, `${level} ${name} ${access}`.trim()]).toEqual([
      envelope,
      perPage,
      classic,
      app,
    ])
    expect(found.paged).toBe(perPage !== null)
    expect(found.list).toBe(perPage !== null)
    expect(found.route).toBe(route)
    expect(found.documentation).toMatch(/^https:\/\/docs\.github\.com\//)
  })

  it('knows what a GitHub App may not call', () => {
    expect(endpoint('GET /user').withoutApps).toEqual(ALL)
    expect(endpoint('GET /meta').withoutApps).toEqual([])
  })
})

it.each([
  ['ghes-2.22', ['nebula', 'baptiste']],
  ['ghes-3.4', []],
  ['dotcom', []],
])('%s lists repositories with the previews %j', (product, names) => {
  expect(previews(product, 'GET /orgs/{org}/repos')).toEqual(names)
})

it.each([
  ['dotcom', 'dotcom'],
  ['ghae', 'ghae'],
  ['ghae-2021', 'ghae-2021'],
  ['ghae-2022', undefined],
  ['ghes-3.7', 'ghes-3.7'],
  ['ghes-3.12', 'ghes-3.12'],
  ['ghes-3.3', 'ghes-2.22'],
  ['ghes-3.20', 'ghes-3.19'],
  ['ghes-4.0', 'ghes-3.19'],
  ['ghes-3.1', 'ghes-2.22'],
  ['ghes-2.21', undefined],
  ['ghes-1.99', undefined],
  ['ghes', undefined],
  ['bitbucket', undefined],
])('%s is described by %s', (product, description) => {
  expect(described(product)).toBe(description)
})

it.each([
  ['dotcom', true],
  ['ghec', true],
  ['ghae', true],
  ['ghae-2021', true],
  ['ghae-2022', false],
  ['ghes-3.19', true],
  ['ghes-2.21', true],
  ['ghes-3', false],
  ['ghes-3.19.1', false],
  ['GHES-3.19', false],
  ['', false],
])('isProduct(%o) is %s', (text, answer) => {
  expect(isProduct(text)).toBe(answer)
})

describe('elsewhere', () => {
  const ENVIRONMENT = '/environments/{environment_name}/secrets'

  it.each<[product: string, routes: Parameters<typeof elsewhere>[1], found: string | undefined]>([
    ['ghes-3.4', 'GET /enterprises/{enterprise}/actions/permissions/workflow', 'ghes-3.6 and later do'],
    ['ghes-3.4', 'GET /orgs/{org}/agents/secrets', 'ghec, dotcom do'],
    ['dotcom', 'GET /enterprises/{enterprise}/actions/permissions', 'ghae, ghes-3.4 and later, ghec do'],
    ['dotcom', 'PUT /enterprises/{enterprise}/actions/oidc/customization/issuer', 'ghec does'],
    // Releases that name the repository by its id have it as well.
    [
      'ghes-2.22',
      [`GET /repos/{owner}/{repo}${ENVIRONMENT}`, `GET /repositories/{repository_id}${ENVIRONMENT}`],
      'ghes-3.4 and later do',
    ],
  ])('%s, %s', (product, routes, found) => {
    expect(elsewhere(product, routes)).toBe(found)
  })
})
