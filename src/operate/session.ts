import { repositoryParams } from '../core/repository-name.ts'
import type { Route } from '../core/routes.ts'
import { ownerOf, type Scope, type ScopeType, scopeNamed, scopeParams } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Client } from '../github/client.ts'
import { accepts, elsewhere, endpoint, filters, has } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import { assumedProduct, type ServerProduct } from '../github/product.ts'
import { property } from '../github/shape.ts'
import { nameOf, type Operation, routesAt } from '../operations/operation.ts'
import { type Taken, takenWay } from '../operations/way.ts'
import { type Connection, connect } from '../run/connect.ts'
import type { Io } from '../run/io.ts'
import { productBeside } from './beside-configuration.ts'
import type { OperateFlags } from './operate-flags.ts'
import { matching, scopeArgument } from './scope-argument.ts'

/** One command of operations, ready to send. */
export interface Session {
  readonly io: Io
  readonly operation: Operation
  readonly flags: OperateFlags
  readonly connection: Connection
  /** Its name in messages too: `ghes-2.22`. */
  readonly product: string
  readonly level: ScopeType
  readonly scopes: readonly Scope[]
  /** The route that answers, by the flags and words that were given. */
  readonly taken: Taken
  /** Whether the scopes came from a glob: then each thing is shown with its own. */
  readonly several: boolean
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
 * @param word the first of the things that it is about
 * @throws SetupError where the scope is none, or the product does not have the operation
 */
export async function openSession(
  io: Io,
  operation: Operation,
  {
    scope: text,
    word,
    flags,
  }: { readonly scope: string; readonly word: string | undefined; readonly flags: OperateFlags },
): Promise<Session> {
  const levels = Object.keys(operation.at) as readonly ScopeType[]
  const asked = scopeArgument(text, levels)
  const level = asked.scope?.type ?? 'repository'
  const owner = asked.scope === undefined ? asked.owner : ownerOf(asked.scope)
  if (asked.scope === undefined && isOfOne(operation)) {
    throw new SetupError(`${nameOf(operation)} takes one repository: each ${operation.subject?.word} is of one alone.`)
  }
  const taken = takenWay(operation, level, flags.own, word)
  const routes = routesAt(operation, level)
  const all = asked.scope === undefined ? [...routes, LIST] : routes
  const connection = await connect(io, flags, {}, () => all)
  const credential = await connection.credential(owner)
  const server = await connection.server(owner)
  const products = await productsOf(io, flags, server)
  const [product] = products
  const knows = (route: Route): boolean => products.some((each) => has(each, route))
  if (!knows(taken.route)) throw lacking(taken.name, product, taken.route)
  const matched = async (glob: string): Promise<readonly Scope[]> => {
    const visible = await connection.visible(owner)
    if (visible.sees === 'selected')
      io.stderr(`${owner}/${glob} is about those that are seen alone: ${visible.remedy}.\n`)
    const names = await matchingNames(connection.reader(credential, server, product), owner, glob)
    return names.map((name) => scopeNamed('repository', [owner, name]))
  }
  const scopes = asked.scope === undefined ? await matched(asked.glob) : [asked.scope]
  return {
    io,
    operation,
    flags,
    connection,
    product,
    level,
    scopes,
    taken,
    several: asked.scope === undefined,
    has: knows,
    accepts: (route, field) => products.some((each) => accepts(each, route, field)),
    filters: (route, name) => products.some((each) => filters(each, route, name)),
    client: connection.operator(credential, server, { operates: routes, scopes: scopes.map(scopeParams) }),
  }
}

/**
 * The products that the server may be. GitHub AE does not tell its generation, nor the cloud whether an owner is on Enterprise:
 * the flag decides, and for AE a configuration beside the command.
 * @throws SetupError where the flag contradicts the server
 */
async function productsOf(
  io: Io,
  flags: OperateFlags,
  server: ServerProduct,
): Promise<readonly [string, ...(readonly string[])]> {
  if (flags.product !== undefined) {
    const product = assumedProduct(server, flags.product)
    if (product === flags.product) return [product]
    throw new SetupError(
      `--product ${flags.product}: the server is ${server === 'cloud' ? "GitHub's cloud" : product}.`,
    )
  }
  if (server === 'cloud') return ['ghec', 'dotcom']
  return [assumedProduct(server, server === 'ghae' ? await productBeside(io, flags) : undefined)]
}

/** The error for a route that a product lacks, which names those that have it. */
function lacking(name: string, product: string, route: Route): SetupError {
  const others = elsewhere(product, route)
  return new SetupError(
    `${name}: ${product} has no ${route}${others === undefined ? '' : `; ${others}`}. Nothing was sent.`,
  )
}

/** Whether an id is asked for that belongs to one repository: the same of many would be there in none of the others. */
function isOfOne({ subject }: Operation): boolean {
  return subject?.is === 'id' && !subject.optional && subject.named === undefined
}

async function matchingNames(client: Client, org: string, glob: string): Promise<readonly string[]> {
  const { envelope, perPage } = endpoint(LIST)
  const reading = client.paginate<{ readonly full_name: string }>(LIST, { org }, envelope, perPage)
  const listed = await reading.catch(async (error: unknown) => {
    if (!(error instanceof GitHubError) || error.status !== 404) throw error
    const account = await client.request('GET /users/{username}', { username: org }).catch(() => undefined)
    if (property(account?.body, 'type') !== 'User') throw error
    throw new SetupError(`${org} is a personal account: name one repository of it, such as ${org}/NAME.`)
  })
  return matching(
    glob,
    listed.map(({ full_name }) => repositoryParams(full_name).repo),
  )
}
