import { OPERATION_ROUTES } from './operation-routes.mjs'
import { permissionOf } from './permissions.mjs'
import { jsonSchema, operationOf, resolve } from './resolve.mjs'
import { routesOf } from './routes-of.mjs'
import { choicesOf, propertiesOf } from './schema.mjs'
import { undescribed } from './undescribed.mjs'

/** The table endpoint × product, in the form of src/github/endpoints.json. `described` is in the order of release. */
export function makeTable(described, routes) {
  const endpoints = {}
  for (const route of [...routes].sort()) {
    const operations = described
      .map(({ product, description }) => ({ product, description, operation: operationOf(description, route) }))
      .filter(({ operation }) => operation !== undefined)
    if (operations.length === 0) throw new Error(`${route}: no product has it. Is it spelt as GitHub spells it?`)
    endpoints[route] = makeEndpoint(route, operations)
  }
  return { products: described.map(({ product }) => product), endpoints }
}

function makeEndpoint(route, operations) {
  const newestFirst = [...operations].reverse()
  return {
    products: operations.map(({ product }) => product),
    documentation: newestFirst[0].operation.externalDocs.url,
    permission: permissionOf(route),
    withoutApps: operations
      .filter(({ operation }) => operation['x-github'].enabledForGitHubApps === false)
      .map(({ product }) => product),
    ...paging(route, operations),
    ...(FILTERED.has(route) ? { query: grouped(operations, queryOf) } : {}),
    previews: grouped(operations, previewsOf).filter(({ names }) => names.length > 0),
    request: grouped(operations, (entry) => requestOf(entry, undescribed(route, entry.product))),
    response: grouped(operations, (entry) => responseOf(entry, undescribed(route, entry.product))),
  }
}

/** The operations whose query people write: flags of commands. */
const FILTERED = new Set([
  ...routesOf(OPERATION_ROUTES),
  'GET /enterprises/{enterprise}/actions/runners',
  'GET /orgs/{org}/actions/runners',
  'GET /repos/{owner}/{repo}/actions/runners',
])

const PAGING = ['page', 'per_page']

/** The parameters of the query, without those that lead from page to page. */
function queryOf({ description, operation }) {
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(description, parameter))
  const names = parameters.filter((each) => each.in === 'query' && !PAGING.includes(each.name)).map(({ name }) => name)
  return names.length === 0 ? undefined : { names }
}

/** `compute` for every product; products with an equal result share one group. */
function grouped(operations, compute) {
  const groups = new Map()
  for (const entry of operations) {
    const result = compute(entry)
    if (result === undefined) continue
    const key = JSON.stringify(result)
    const group = groups.get(key) ?? { products: [], ...result }
    group.products.push(entry.product)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Media-type previews that the operation takes (`application/vnd.github.NAME-preview+json`). */
function previewsOf({ operation }) {
  return { names: (operation['x-github'].previews ?? []).map(({ name }) => name) }
}

/** The fields of the body, each with its values where they are listed, and which of them are required. */
function requestOf({ description, operation }, more) {
  const schema = jsonSchema(description, operation.requestBody)
  if (schema === undefined) return undefined
  const { properties, required } = propertiesOf(description, schema)
  const fields = Object.entries(properties).map(([name, property]) => [name, choicesOf(description, property)])
  return { fields: Object.fromEntries([...fields, ...more.map((name) => [name, null])]), required }
}

/** The fields of the operation's answer: of an item where it answers a list. */
function responseOf({ description, operation }, more) {
  const schema = successSchema(description, operation)
  if (schema === undefined) return undefined
  const { items } = listOf(description, schema)
  return { fields: [...Object.keys(propertiesOf(description, items ?? schema).properties), ...more] }
}

function successSchema(description, operation) {
  const status = Object.keys(operation.responses).find((code) => code.startsWith('2'))
  return jsonSchema(description, operation.responses[status])
}

/** The schema of the items, and the key they stand under; `envelope` is null for a bare array. */
function listOf(description, schema) {
  const resolved = resolve(description, schema)
  if (resolved.type === 'array') return { envelope: null, items: resolved.items }
  const { properties } = propertiesOf(description, resolved)
  if (!('total_count' in properties)) return { envelope: null, items: undefined }
  const [key, list] = Object.entries(properties).find(([, property]) => resolve(description, property).type === 'array')
  return { envelope: key, items: resolve(description, list).items }
}

/**
 * Whether the operation lists, under which key, and in pages of at most how many. Products agree; that one file
 * (GHES 2.22, selected repositories) leaves out the parameters of a paged list is no difference of the server.
 */
function paging(route, operations) {
  const lists = operations.map(({ description, operation }) => {
    const schema = successSchema(description, operation)
    if (schema === undefined) return { list: false, envelope: null }
    const { envelope, items } = listOf(description, schema)
    return { list: items !== undefined, envelope }
  })
  if (new Set(lists.map((entry) => JSON.stringify(entry))).size > 1) {
    throw new Error(`${route}: products answer with lists of different form: ${JSON.stringify(lists)}`)
  }
  const largest = operations.flatMap(({ description, operation }) =>
    (operation.parameters ?? [])
      .map((parameter) => resolve(description, parameter))
      .filter(({ name }) => name === 'per_page')
      .map((parameter) => Number(/max (\d+)/.exec(parameter.description)?.[1])),
  )
  const perPage = largest.length === 0 ? null : Math.min(...largest)
  if (Number.isNaN(perPage)) throw new Error(`${route}: the description of per_page does not say its maximum`)
  return { list: lists[0].list, envelope: lists[0].envelope, perPage }
}
