import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Exchange } from '../../src/sandbox/server.ts'
import { deviations } from '../descriptions/deviations.ts'
import { sampled } from './by-night.ts'
import { checkExchange, exchangeCheck, recordExchange } from './openapi.ts'
import { descriptionOf, validatorOf } from './openapi-description.ts'
import { RUN_FOLDER, readNotes } from './openapi-record.ts'

const GROUPS = '/orgs/{org}/actions/runner-groups'
const SECRET = '/orgs/{org}/actions/secrets/{secret_name}'
const octoform = { 'user-agent': 'octoform/0.1.0' }
const group = { id: 1, name: 'Default', visibility: 'all', default: true, runners_url: 'https://x/y', inherited: false }
const faulty = { 'x-sandbox-fault': 'scripted' }
const notFound = { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' }

/** An exchange that is right, with changes. */
function exchange(changes: Partial<Exchange>): Exchange {
  return {
    product: 'ghes-3.19',
    method: 'GET',
    path: '/api/v3/orgs/acme/actions/runner-groups',
    route: GROUPS,
    query: {},
    requestHeaders: octoform,
    requestBody: undefined,
    status: 200,
    responseHeaders: {},
    responseBody: { total_count: 1, runner_groups: [{ ...group, allows_public_repositories: false }] },
    ms: 1,
    at: '2026-01-01T00:00:00.000Z',
    ...changes,
  }
}

/** A write of an organization secret that is right on every product that takes integers, with changes to its body. */
function secretWrite(product: string, body: object): Exchange {
  return exchange({
    product,
    method: 'PUT',
    path: '/orgs/acme/actions/secrets/TOKEN',
    route: SECRET,
    requestBody: { encrypted_value: 'c2VhbGVk', key_id: '7', visibility: 'selected', ...body },
    status: 204,
    responseBody: undefined,
  })
}

function groups(fields: object): Partial<Exchange> {
  return { responseBody: { total_count: 1, runner_groups: [{ ...group, ...fields }] } }
}

describe('checkExchange', () => {
  it.each<[string, Exchange]>([
    ['a list', exchange({ query: { per_page: '100', page: '2' } })],
    ['a release without description', exchange({ product: 'ghes-3.20' })],
    ['an error in a status that is not described', exchange({ status: 403, responseBody: notFound })],
    ['an error without a body', exchange({ status: 409, responseBody: undefined })],
    ['a redirect', exchange({ status: 307, responseHeaders: { location: '/repositories/1' }, responseBody: notFound })],
    ['a scripted fault', exchange({ status: 500, responseHeaders: faulty, responseBody: '<html>' })],
    ['a write with integers', secretWrite('dotcom', { selected_repository_ids: [1] })],
    ['404 where the product lacks the operation', missing({ status: 404, responseBody: notFound })],
    ['GraphQL', graphql({})],
    ['an error of GraphQL', graphql({ responseBody: { data: { viewer: null }, errors: [{ message: 'No.' }] } })],
    ['a refusal of GraphQL', graphql({ status: 401, responseBody: { message: 'Bad credentials' } })],
    ['a wrong request of a test', exchange({ requestHeaders: {}, query: { nonsense: '1' } })],
  ])('accepts %s', (_, right) => {
    expect(checkExchange(right)).toEqual([])
  })

  it.each<[string, Exchange, string]>([
    ['a page that is too large', exchange({ query: { per_page: '101' } }), 'request query.per_page: must be <= 100'],
    ['an unknown parameter', exchange({ query: { nonsense: '1' } }), 'request query.nonsense: is no parameter'],
    [
      'a name where an id belongs',
      exchange({
        route: `${GROUPS}/{runner_group_id}`,
        path: '/orgs/acme/actions/runner-groups/gpu',
        responseBody: group,
      }),
      'request path.runner_group_id: must be integer',
    ],
    ['a body where none belongs', exchange({ requestBody: { name: 'x' } }), 'takes no body'],
    ['a body that is missing', { ...secretWrite('dotcom', {}), requestBody: undefined }, 'the body is missing'],
    [
      'a wrong value',
      secretWrite('dotcom', { visibility: 'internal' }),
      'request /visibility: must be equal to one of',
    ],
    ['an unknown field', secretWrite('dotcom', { value: 'x' }), 'request /value: is no field of this product'],
    [
      'a required field that is missing',
      secretWrite('dotcom', { visibility: undefined }),
      "required property 'visibility'",
    ],
    [
      'a wrong request before a fault',
      exchange({ query: { per_page: '101' }, responseHeaders: faulty, status: 0 }),
      'request query.per_page: must be <= 100',
    ],
    ['a list in another form', exchange({ responseBody: [group] }), 'response as a whole: must be object'],
    ['a field of the wrong type', exchange(groups({ id: '1' })), 'response /runner_groups/0/id: must be number'],
    [
      'a field of another product',
      exchange(groups({ allows_public_repositories: true, network_configuration_id: null })),
      'response /runner_groups/0/network_configuration_id: is no field of this product',
    ],
    ['a success that is not described', exchange({ status: 202, responseBody: {} }), 'status 202 is not described'],
    ['a redirect to nowhere', exchange({ status: 307, responseBody: notFound }), 'status 307 is not described'],
    ['a body beside 204', { ...secretWrite('dotcom', {}), responseBody: {} }, 'status 204 has no body'],
    [
      'an error of another form',
      exchange({ status: 500, responseBody: { error: 'x' } }),
      "required property 'message'",
    ],
    ['an error that is text', exchange({ status: 500, responseBody: '<html>' }), 'must be object'],
    [
      'a request for what the product lacks',
      missing({ requestHeaders: octoform, status: 404, responseBody: notFound }),
      'request as a whole: the product does not have this operation',
    ],
    ['an answer for what the product lacks', missing({ status: 200, responseBody: {} }), 'yet it answers'],
    ['GraphQL without a query', graphql({ requestBody: { variables: {} } }), 'has no query'],
    ['GraphQL without data', graphql({ responseBody: {} }), 'has neither data nor errors'],
    ['GraphQL with more than data', graphql({ responseBody: { data: {}, viewer: 1 } }), 'or something else'],
    ['another status of GraphQL', graphql({ status: 201 }), 'is no GraphQL response'],
    ['a refusal of GraphQL in another form', graphql({ status: 403, responseBody: {} }), "required property 'message'"],
    ['a product without any description', exchange({ product: 'ghes-2.21' }), 'no description stands for this product'],
  ])('refuses %s', (_, wrong, message) => {
    const found = checkExchange(wrong)
    expect(found.join('\n')).toContain(message)
  })

  it('names product, route, status and place', () => {
    expect(checkExchange(exchange({ query: { per_page: '101' } }))).toEqual([
      'ghes-3.19 GET /orgs/{org}/actions/runner-groups (200): request query.per_page: must be <= 100 [maximum]',
    ])
  })
})

function graphql(changes: Partial<Exchange>): Exchange {
  return exchange({
    method: 'POST',
    path: '/graphql',
    route: '/graphql',
    requestBody: { query: '{ viewer { login } }' },
    responseBody: { data: { viewer: { login: 'octocat' } } },
    ...changes,
  })
}

/** GHES 2.22 has no Actions permissions. */
function missing(changes: Partial<Exchange>): Exchange {
  return exchange({
    product: 'ghes-2.22',
    path: '/orgs/acme/actions/permissions',
    route: '/orgs/{org}/actions/permissions',
    requestHeaders: {},
    ...changes,
  })
}

describe('deviations', () => {
  const write = secretWrite('ghes-2.22', { selected_repository_ids: [1, 2] })

  it('excuse what they name, and only that', () => {
    expect(checkExchange(write)).toEqual([])
    expect(checkExchange(write, [])).toHaveLength(2)
    expect(checkExchange(secretWrite('ghes-2.22', { selected_repository_ids: 'all' }))).toHaveLength(1)
  })

  it('have an id of their own, and a route that their products have', () => {
    expect(new Set(deviations.map(({ id }) => id)).size).toBe(deviations.length)
    for (const { products, routes } of deviations) {
      for (const product of products) {
        for (const route of routes === 'any' ? [] : routes)
          expect(descriptionOf(product)?.operations).toHaveProperty([route])
      }
    }
  })
})

it('notes for the end of the run what was right, once, and under which deviation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-notes-'))
  vi.stubEnv(RUN_FOLDER, folder)
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })
  const write = secretWrite('ghes-2.22', { selected_repository_ids: [1] })
  for (const right of [write, write, exchange({ product: 'ghes-3.20', requestHeaders: {} })]) recordExchange(right)
  recordExchange(exchange({ status: 202, responseBody: {} }))
  recordExchange(exchange({ status: 404, responseBody: notFound }))
  expect(readNotes(folder)).toEqual([
    { deviation: 'secret-repository-ids-are-integers', product: 'ghes-2.22' },
    { operation: `PUT ${SECRET}`, product: 'ghes-2.22', by: 'octoform' },
    { operation: `GET ${GROUPS}`, product: 'ghes-3.19', by: 'test' },
  ])
})

it('gathers violations until the test is over, and tells them once', () => {
  const check = exchangeCheck()
  check.verify()
  check.onExchange(exchange({ status: 202, responseBody: {} }))
  expect(() => check.verify()).toThrow('status 202 is not described')
  check.verify()
})

describe('the descriptions', () => {
  const products = readdirSync(new URL('../descriptions/', import.meta.url))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))

  it.each(sampled(products, 5))('%s: every schema compiles, every reference resolves', (product) => {
    const description = descriptionOf(product)
    if (description === undefined) throw new Error(`test/descriptions/${product}.json is not of a described product.`)
    expect(description.product).toBe(product)
    const validate = validatorOf(description)
    for (const { parameters, body, responses } of Object.values(description.operations)) {
      const schemas = [...parameters, ...(body === undefined ? [] : [body])].map(({ schema }) => schema)
      for (const schema of [...schemas, ...Object.values(responses)]) {
        if (schema !== null) expect(() => validate(schema, undefined)).not.toThrow()
      }
    }
  })
})
