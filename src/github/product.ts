import type { Route } from '../core/routes.ts'
import type { ScopeType } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Answer } from './answer.ts'
import type { Client } from './client.ts'
import { malformed } from './errors.ts'

/** A kind of server: GitHub's cloud, or a release of Enterprise Server such as `ghes-3.12`, described or not. */
export type ServerProduct = 'cloud' | `ghes-${number}.${number}`

/** An organization, personal account or enterprise, with the facts that decide product and identities. */
export interface OwnerFacts {
  /** GitHub's numeric id; null of an enterprise, which is known by its name. */
  readonly id: number | null
  /** As GitHub writes it. */
  readonly login: string
  readonly type: 'enterprise' | 'organization' | 'personal'
  /** Name of the plan, where the token may see it: `free`, `team`, `enterprise`, … */
  readonly plan?: string
}

/**
 * Finds the kind of server by `X-GitHub-Enterprise-Version`, else by `installed_version` of its answer to `GET /meta`.
 * @throws SetupError for GitHub AE, and for text that is not a version
 */
export function serverProduct(meta: Answer): ServerProduct {
  const body = meta.body as { readonly installed_version?: unknown } | undefined
  const installed = typeof body?.installed_version === 'string' ? body.installed_version : ''
  const version = meta.headers['x-github-enterprise-version'] || installed
  if (version === '') return 'cloud'
  if (/github ae/i.test(version)) throw new SetupError('The server is GitHub AE, which octoform does not support yet.')
  const [, major, minor] = /^(?:.*@)?(\d{1,4})\.(\d{1,4})(?:\D|$)/.exec(version) ?? []
  if (major === undefined || minor === undefined) {
    throw new SetupError(
      `The server calls itself version ${JSON.stringify(version.slice(0, 40))}, which octoform does not know.`,
    )
  }
  return `ghes-${Number(major)}.${Number(minor)}`
}

/** `X-GitHub-Api-Version`, which cloud and Enterprise Server from 3.9 know; others are not sent it. */
export function apiVersion(server: ServerProduct): string | undefined {
  const [major = 0, minor = 0] = server === 'cloud' ? [4] : server.slice('ghes-'.length).split('.').map(Number)
  return major > 3 || (major === 3 && minor >= 9) ? '2022-11-28' : undefined
}

/**
 * Reads an owner's name, id and type.
 * @param declared the level of its key: an organization takes one request, an account of which only repositories are
 * named one or two, and an enterprise, of which only the name is known, none
 */
export async function readOwner(client: Client, owner: string, declared: ScopeType): Promise<OwnerFacts> {
  return READ[declared](client, owner)
}

/** The request that reads an owner's account, by the level of the owner's key. */
export const ACCOUNT_ROUTES = {
  enterprise: undefined,
  organization: 'GET /orgs/{org}',
  repository: 'GET /users/{username}',
  environment: 'GET /users/{username}',
} as const satisfies Readonly<Record<ScopeType, Route | undefined>>

const READ: Readonly<Record<ScopeType, (client: Client, owner: string) => Promise<OwnerFacts>>> = {
  enterprise: async (_, owner) => ({ id: null, login: owner, type: 'enterprise' }),
  organization: readOrganization,
  repository: readAccount,
  environment: readAccount,
}

async function readAccount(client: Client, owner: string): Promise<OwnerFacts> {
  const { body } = await client.request('GET /users/{username}', { username: owner })
  const { id, login, type } = accountOf(body, 'GET /users/{username}', owner)
  if (type === 'Organization') return readOrganization(client, owner)
  return { id, login, type: 'personal' }
}

async function readOrganization(client: Client, org: string): Promise<OwnerFacts> {
  const { body } = await client.request('GET /orgs/{org}', { org })
  const { id, login, plan } = accountOf(body, 'GET /orgs/{org}', org)
  return { id, login, type: 'organization', ...(plan === undefined ? {} : { plan }) }
}

interface Account {
  readonly id: number
  readonly login: string
  readonly type: unknown
  readonly plan: string | undefined
}

function accountOf(body: unknown, route: string, owner: string): Account {
  const { id, login, type, plan } = (body ?? {}) as Readonly<Record<string, unknown>>
  if (typeof id !== 'number' || typeof login !== 'string') {
    throw malformed(route, `id and login of ${owner}`)
  }
  const name = (plan as { readonly name?: unknown } | null | undefined)?.name
  return { id, login, type, plan: typeof name === 'string' ? name : undefined }
}

/**
 * The product of one owner. On cloud: `dotcom` for a personal account, and for an organization on another plan than
 * `enterprise` where the configuration has no `enterprises`; else `ghec`.
 * @param configured `github.product`, which decides only where the server leaves it open: an organization without a plan
 * @throws SetupError where the configuration says otherwise than the server
 */
export function ownerProduct(
  server: ServerProduct,
  owner: OwnerFacts,
  options: { readonly configured?: string | undefined; readonly enterprises: 'declared' | 'none' },
): string {
  const { configured } = options
  const decided = decidedProduct(server, owner, options.enterprises)
  if (decided !== undefined) {
    if (configured !== undefined && configured !== decided.product) throw contradicts(configured, decided.because)
    return decided.product
  }
  if (configured === undefined || configured === 'ghec' || configured === 'dotcom') return configured ?? 'ghec'
  throw contradicts(configured, `the server is GitHub's cloud (ghec or dotcom)`)
}

function decidedProduct(
  server: ServerProduct,
  owner: OwnerFacts,
  enterprises: 'declared' | 'none',
): { readonly product: string; readonly because: string } | undefined {
  if (server !== 'cloud') return { product: server, because: `the server is ${server}` }
  if (owner.type === 'personal') return { product: 'dotcom', because: `${owner.login} is a personal account (dotcom)` }
  if (owner.id === null) return { product: 'ghec', because: `${owner.login} is an enterprise (ghec)` }
  if (owner.plan === 'enterprise') return { product: 'ghec', because: `${owner.login} has the plan enterprise (ghec)` }
  if (enterprises === 'declared') return { product: 'ghec', because: 'the configuration has enterprises (ghec)' }
  if (owner.plan === undefined) return undefined
  return { product: 'dotcom', because: `${owner.login} has the plan ${owner.plan} (dotcom)` }
}

function contradicts(configured: string, because: string): SetupError {
  return new SetupError(
    `github.product is ${configured}, but ${because}. Correct it, or take it out: it is found out by itself.`,
  )
}
