import { repositoryParams } from '../core/repository-name.ts'
import type { Route } from '../core/routes.ts'
import { basePath } from './origin.ts'
import type { Method } from './target.ts'

/** The mode of a client for comments, check runs, the ledger and the lock: it writes to one repository only. */
export interface HomeMode {
  /** `owner/name`, as GitHub writes it. */
  readonly home: string
  /** The writes that are admitted, in that repository alone. Any GET below it is. */
  readonly admits: readonly Route[]
  /** The GraphQL documents that are admitted, word for word; none when left out. */
  readonly admitsGraphql?: readonly string[] | undefined
}

/** The mode of a client for one command of operations: it sends the routes of that command, and only to these scopes. */
export interface OperationMode {
  readonly operates: readonly Route[]
  /** Of each scope, the values of its path parameters by name. */
  readonly scopes: readonly Readonly<Record<string, string>>[]
}

/**
 * The requests that a client may send.
 * - `read-only`: GET.
 * - `read-write`: all.
 * - `token-exchange`: the requests that find an App's installation and get a token of it; the one POST of planning.
 * - a home: reads and a fixed list of writes of one repository.
 * - an operation: a fixed list of reads and writes of some scopes.
 */
export type Mode = 'read-only' | 'read-write' | 'token-exchange' | HomeMode | OperationMode

/** A request, as far as it is judged. */
export interface Judged {
  readonly route: string
  readonly method: Method
  readonly url: URL
  readonly body: string | undefined
}

const EXCHANGE: readonly Route[] = [
  'GET /app',
  'GET /orgs/{org}/installation',
  'GET /users/{username}/installation',
  'POST /app/installations/{installation_id}/access_tokens',
]

/** The route of GraphQL; no table of endpoints has it. */
export const GRAPHQL: Route = 'POST /graphql'

/** Parameters of which one value may go over several segments: GitHub takes their slashes percent-encoded. */
const LONG: readonly string[] = ['{path}', '{ref}', '{branch}', '{concurrency_group_name}']

/** Parameters that lead to another scope: a client for some scopes has no other of them. */
const OWNERS: readonly string[] = ['{owner}', '{repo}', '{org}', '{enterprise}']

/** Why a client must not send a request, judged by the URL that it would go to; undefined where it may. */
export function refusedBy(mode: Mode, base: URL, request: Judged): string | undefined {
  if (mode === 'read-write') return undefined
  if (mode === 'read-only') {
    return request.method === 'GET' ? undefined : `${request.route} on a client that may only read`
  }
  if (mode === 'token-exchange') {
    const admitted = EXCHANGE.some((route) => fits(route, base, request, {}))
    return admitted ? undefined : `${request.route} on a client that may only get an App's token`
  }
  if ('operates' in mode) {
    return operationAdmits(mode, base, request)
      ? undefined
      : `${request.route} on a client for ${mode.operates.join(', ')}`
  }
  return homeAdmits(mode, base, request) ? undefined : `${request.route} on a client for ${mode.home} alone`
}

/**
 * The place of GraphQL beside an API base: `/api/graphql` beside `/api/v3`, `/graphql` on cloud.
 * https://docs.github.com/enterprise-server/graphql/guides/forming-calls-with-graphql#the-graphql-endpoint
 */
export function graphqlUrl(base: URL): URL {
  return new URL(`${base.origin}${basePath(base).replace(/\/v3$/, '')}/graphql`)
}

/**
 * Whether a word can stand in a path as this parameter, and mean nothing but itself to any server that decodes it.
 * @param param such as `workflow_id`
 */
export function fitsPath(param: string, word: string): boolean {
  try {
    return isPlain(encodeURIComponent(word), LONG.includes(`{${param}}`) ? 'slashes' : 'no slashes')
  } catch {
    // Half of a surrogate pair has no UTF-8 form.
    return false
  }
}

function homeAdmits(mode: HomeMode, base: URL, request: Judged): boolean {
  if (request.url.pathname === graphqlUrl(base).pathname) return isAdmittedDocument(mode, request)
  const { owner, repo } = repositoryParams(mode.home)
  if (request.method === 'GET') return isBelow(owner, repo, base, request.url)
  return mode.admits.some((route) => fits(route, base, request, { '{owner}': owner, '{repo}': repo }))
}

function operationAdmits({ operates, scopes }: OperationMode, base: URL, request: Judged): boolean {
  return scopes.some((scope) => {
    const fixed = Object.fromEntries(Object.entries(scope).map(([name, value]) => [`{${name}}`, value]))
    return operates.some((route) => fits(route, base, request, fixed))
  })
}

function isAdmittedDocument({ admitsGraphql }: HomeMode, { method, url, body }: Judged): boolean {
  if (method !== 'POST' || url.search !== '' || body === undefined) return false
  const { query, ...rest } = JSON.parse(body) as { readonly query?: unknown }
  return typeof query === 'string' && (admitsGraphql ?? []).includes(query) && !('operationName' in rest)
}

function isBelow(owner: string, repo: string, base: URL, url: URL): boolean {
  const [root, ofOwner, ofRepo, ...rest] = segmentsOf(base, url) ?? []
  if (root !== 'repos' || ofOwner === undefined || ofRepo === undefined) return false
  return same(ofOwner, owner) && same(ofRepo, repo) && rest.every((segment) => isPlain(segment, 'slashes'))
}

/** Whether a request matches a route, with these values of its parameters, others being free. */
function fits(route: Route, base: URL, request: Judged, fixed: Readonly<Record<string, string>>): boolean {
  const [method, path = ''] = route.split(' ')
  const template = path.slice(1).split('/')
  const segments = segmentsOf(base, request.url)
  const isScoped = Object.keys(fixed).length > 0
  if (method !== request.method || segments?.length !== template.length) return false
  return template.every((part, index) => {
    const segment = segments[index] ?? ''
    if (!part.startsWith('{')) return segment === part
    const value = Object.hasOwn(fixed, part) ? fixed[part] : undefined
    if (value !== undefined) return same(segment, value)
    if (isScoped && OWNERS.includes(part)) return false
    return isPlain(segment, isLong(part, template[index - 1]) ? 'slashes' : 'no slashes')
  })
}

/** A label may have slashes in its name, no other thing that paths name so. */
function isLong(part: string, before: string | undefined): boolean {
  return LONG.includes(part) || (part === '{name}' && before === 'labels')
}

/** The path below the API base, still percent-encoded. */
function segmentsOf(base: URL, url: URL): readonly string[] | undefined {
  const root = `${basePath(base)}/`
  return url.pathname.startsWith(root) ? url.pathname.slice(root.length).split('/') : undefined
}

function same(segment: string, name: string): boolean {
  return name !== '' && decoded(segment)?.toLowerCase() === name.toLowerCase()
}

/** Whether no server could take it for a step to somewhere else, however often it decodes. */
function isPlain(segment: string, allowed: 'slashes' | 'no slashes'): boolean {
  for (let text = segment, round = 0; ; round++) {
    const parts: readonly string[] = text.split('/')
    if (parts.some((part) => part === '' || part === '.' || part === '..') || text.includes('\\')) return false
    if (parts.length > 1 && allowed === 'no slashes') return false
    const next = decoded(text)
    if (next === undefined) return round > 0
    if (next === text) return true
    text = next
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // A lone percent sign; once decoded, it is a character like others.
    return undefined
  }
}
