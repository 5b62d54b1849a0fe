import { hasSince, type Product } from '../world/products.ts'
import { nameKey, repositoryNamed, type World } from '../world/store.ts'
import type { Token } from '../world/token.ts'
import { refuseArchived } from './archived.ts'
import { authorize, tokenHeaders } from './authorize.ts'
import type { Answer, Call } from './call.ts'
import { errorBody, notFound, Refusal } from './errors.ts'
import { API_VERSION } from './headers.ts'
import { identify } from './identify.ts'
import type { Turn } from './limits.ts'
import { findRoute, type Match, type RouteIndex, segmentsOf } from './router.ts'
import { sees } from './visibility.ts'

/** An API request as it came, with the prefix of the product taken off its path. */
export interface ApiRequest {
  readonly method: string
  /** Undefined when the path does not begin with the product's prefix. */
  readonly path: string | undefined
  readonly query: Readonly<Record<string, string>>
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The API's base as the client addressed it. */
  readonly base: string
}

/** The route that a request has, whether or not it is then served; undefined when GitHub documents none. */
export function routeOf(routes: RouteIndex, world: World, request: ApiRequest): Match | undefined {
  const segments = request.path === undefined ? undefined : segmentsOf(request.path)
  if (!segments) return undefined
  // Some releases document paths by the id of a repository; all others take ids for names there.
  const find = (path: readonly string[]): Match | undefined => findRoute(routes, world.product, request.method, path)
  return find(segments) ?? find(byName(world, segments))
}

/** Answers one API request, and changes the world as it asks. */
export function respond(
  world: World,
  request: ApiRequest,
  match: Match | undefined,
  now: Date,
  turn: Turn | undefined,
): Answer {
  let token: Token = { kind: 'anonymous' }
  let answer: Answer
  try {
    refuseNoUserAgent(request)
    token = identify(world, request.headers.authorization, now)
    answer = served(world, request, match, { now, token, rates: turn?.overview })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    answer = refusalAnswer(error, world.product)
  }
  return { ...answer, headers: { ...tokenHeaders(world, token, match?.route), ...answer.headers } }
}

/** The routes that need no token. */
const OPEN = ['/meta', '/rate_limit']

function served(
  world: World,
  request: ApiRequest,
  match: Match | undefined,
  { now, token, rates }: Pick<Call, 'now' | 'token' | 'rates'>,
): Answer {
  refuseApiVersion(world.product, request.headers['x-github-api-version'])
  if (token.kind === 'anonymous' && !OPEN.includes(match?.route.template ?? '')) {
    throw new Refusal(401, 'Requires authentication')
  }
  if (!match || request.path === undefined) throw notFound()
  const moved = movedAnswer(world, request, match, token)
  if (moved) return moved
  const call: Call = {
    world,
    product: world.product,
    params: match.params,
    query: request.query,
    body: parsedBody(request.text),
    base: request.base,
    path: request.path,
    accept: request.headers.accept ?? '',
    token,
    now,
    rates,
  }
  authorize(call, match.route)
  refuseArchived(call, match.route)
  return match.route.handle(call)
}

/** A refusal in the product's own error format. */
function refusalAnswer(refusal: Refusal, product: Product): Answer {
  const body = errorBody(refusal, product)
  return { status: refusal.status, headers: refusal.headers, ...(body ? { body } : {}) }
}

/**
 * A repository can be addressed by its id, and so can an organization: `/repositories/{id}/…` is `/repos/{owner}/{repo}/…`,
 * `/organizations/{id}/…` is `/orgs/{org}/…`.
 */
function byName(world: World, segments: readonly string[]): readonly string[] {
  if (segments[0] === 'organizations') {
    const owner = [...world.owners.values()].find(({ id, type }) => type !== 'User' && String(id) === segments[1])
    return owner ? ['orgs', owner.login, ...segments.slice(2)] : segments
  }
  if (segments[0] !== 'repositories') return segments
  const repository = world.repositories.get(Number(segments[1]))
  return repository ? ['repos', repository.owner.login, repository.name, ...segments.slice(2)] : segments
}

/** @throws Refusal 403 when the client has no user agent. */
function refuseNoUserAgent(request: ApiRequest): void {
  if (request.headers['user-agent']) return
  throw new Refusal(
    403,
    'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
  )
}

/** Only the first dated version is spoken here; releases before 3.9 do not read the header. */
function refuseApiVersion(product: Product, version: string | undefined): void {
  if (version === undefined || version === API_VERSION || !hasSince(product, [3, 9])) return
  throw new Refusal(400, `"${version}" is not a supported API version. The sandbox speaks ${API_VERSION}.`)
}

/**
 * Sends the client from a former name to the repository's id: 301 for reading, 307 where the body must be sent again. A
 * token that may not see the repository gets 404.
 */
function movedAnswer(world: World, request: ApiRequest, match: Match, token: Token): Answer | undefined {
  const { owner, repo } = match.params
  if (owner === undefined || repo === undefined || repositoryNamed(world, owner, repo)) return undefined
  const id = world.redirects.get(nameKey(owner, repo))
  const repository = id === undefined ? undefined : world.repositories.get(id)
  if (!repository) return undefined
  if (!sees(token, repository)) throw notFound()
  const rest = (request.path ?? '').split('/').slice(4)
  const query = new URLSearchParams(request.query).toString()
  const url = [`${request.base}/repositories/${id}`, ...rest].join('/') + (query === '' ? '' : `?${query}`)
  const isRead = request.method === 'GET'
  const refusal = isRead ? new Refusal(301, 'Moved Permanently') : new Refusal(307, 'Temporary Redirect')
  const body = { ...errorBody(refusal, world.product), url }
  return { status: refusal.status, body, headers: { Location: url } }
}

/** @throws Refusal 400 when there is a body that is not JSON. */
function parsedBody(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'Problems parsing JSON')
  }
}
