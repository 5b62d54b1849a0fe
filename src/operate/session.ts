import { repositoryParams } from '../core/repository-name.ts'
import type { Route } from '../core/routes.ts'
import { ownerOf, type Scope, type ScopeType, scopeNamed, scopeParams } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Client } from '../github/client.ts'
import { accepts, endpoint, filters, has } from '../github/endpoints.ts'
import { assumedProduct } from '../github/product.ts'
import { nameOf, type Operation, routesAt } from '../operations/operation.ts'
import { type Connection, connect } from '../run/connect.ts'
import type { Io } from '../run/io.ts'
import type { OperateFlags } from './operate-flags.ts'
import { matching, scopeArgument } from './scope-argument.ts'

/** One command of operations, ready to send. */
export interface Session {
  readonly io: Io
  readonly operation: Operation
  readonly flags: OperateFlags
  readonly connection: Connection
  readonly product: string
  readonly level: ScopeType
  readonly scopes: readonly Scope[]
  /** Whether the scopes came from a glob: then each thing is shown with its own. */
  readonly several: boolean
  /** The product's name in messages: `GHES 2.22`. */
  readonly has: (route: Route) => boolean
  readonly accepts: (route: Route, field: string) => boolean
  readonly filters: (route: Route, name: string) => boolean
  /** Sends the routes of the operation alone, and to its scopes alone. */
  readonly client: Client
}

const LIST: Route = 'GET /orgs/{org}/repos'

/**
 * Finds the scopes, the product and the credential of a command, and refuses what the product lacks before a request of its
 * own.
 * @throws SetupError where the scope is none, or the product does not have the operation
 */
export async function openSession(io: Io, operation: Operation, text: string, flags: OperateFlags): Promise<Session> {
  const levels = Object.keys(operation.at) as readonly ScopeType[]
  const asked = scopeArgument(text, levels)
  const level = asked.scope?.type ?? 'repository'
  const owner = asked.scope === undefined ? asked.owner : ownerOf(asked.scope)
  const routes = routesAt(operation, level)
  const all = asked.scope === undefined ? [...routes, LIST] : routes
  const connection = await connect(io, flags, {}, () => all)
  const credential = await connection.credential(owner)
  const server = await connection.server(owner)
  const products = server === 'cloud' ? (['ghec', 'dotcom'] as const) : [assumedProduct(server, undefined)]
  const [product] = products
  const knows = (route: Route): boolean => products.some((each) => has(each, route))
  const missing = routes.find((route) => !knows(route))
  if (missing !== undefined && operation.at[level] === missing) {
    throw new SetupError(`${nameOf(operation)}: ${product} has no ${missing}. Nothing was sent.`)
  }
  const scopes =
    asked.scope === undefined
      ? (await matchingNames(connection.reader(credential, server, product), owner, asked.glob)).map((name) =>
          scopeNamed('repository', [owner, name]),
        )
      : [asked.scope]
  return {
    io,
    operation,
    flags,
    connection,
    product,
    level,
    scopes,
    several: asked.scope === undefined,
    has: knows,
    accepts: (route, field) => products.some((each) => accepts(each, route, field)),
    filters: (route, name) => products.some((each) => filters(each, route, name)),
    client: connection.operator(credential, server, { operates: routes, scopes: scopes.map(scopeParams) }),
  }
}

async function matchingNames(client: Client, org: string, glob: string): Promise<readonly string[]> {
  const { envelope, perPage } = endpoint(LIST)
  const listed = await client.paginate<{ readonly full_name: string }>(LIST, { org }, envelope, perPage)
  return matching(
    glob,
    listed.map(({ full_name }) => repositoryParams(full_name).repo),
  )
}
