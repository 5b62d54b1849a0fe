import type { Route } from '../core/routes.ts'
import type { ScopeType } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Answer } from './answer.ts'
import type { Client } from './client.ts'
import { GitHubError, malformed } from './errors.ts'

/** A kind of server: GitHub's cloud, GitHub AE, or a release of Enterprise Server such as `ghes-3.12`, described or not. */
export type ServerProduct = 'cloud' | 'ghae' | `ghes-${number}.${number}`

/** An organization, personal account or enterprise, with the facts that decide product and identities. */
export interface OwnerFacts {
  /** GitHub's numeric id; null of an enterprise, which is known by its name. */
  readonly id: number | null
  /** As GitHub writes it. */
  readonly login: string
  readonly type: 'enterprise' | 'organization' | 'personal'
  /** Name of the plan, where the token may see it: `free`, `team`, `enterprise`, … */
  readonly plan?: string
  /** How many repositories an organization has, where it shows both the public and the private ones. */
  readonly repositories?: number
}

/**
 * Finds the kind of server by `X-GitHub-Enterprise-Version`, else by `installed_version` of its answer to `GET /meta`. GitHub AE
 * has the header alone, and its name in place of a version.
 * @throws SetupError for text that is not a version
 */
export function serverProduct(meta: Answer): ServerProduct {
  const body = meta.body as { readonly installed_version?: unknown } | undefined
  const installed = typeof body?.installed_version === 'string' ? body.installed_version : ''
  const version = meta.headers['x-github-enterprise-version'] || installed
  if (version === '') return 'cloud'
  if (/github ae/i.test(version)) return 'ghae'
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
  if (server === 'ghae') return undefined
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

/** Most owners are organizations, of which one request tells all; an account that is not one of them takes another. */
async function readAccount(client: Client, owner: string): Promise<OwnerFacts> {
  try {
    return await readOrganization(client, owner)
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 404) throw error
    const { body } = await client.request('GET /users/{username}', { username: owner })
    const { id, login, type } = accountOf(body, 'GET /users/{username}', owner)
    if (type === 'Organization') throw error
    return { id, login, type: 'personal' }
  }
}

async function readOrganization(client: Client, org: string): Promise<OwnerFacts> {
  const { body } = await client.request('GET /orgs/{org}', { org })
  const { id, login, plan } = accountOf(body, 'GET /orgs/{org}', org)
  const { public_repos: open, total_private_repos: hidden } = (body ?? {}) as Readonly<Record<string, unknown>>
  const counted = typeof open === 'number' && typeof hidden === 'number' ? { repositories: open + hidden } : {}
  return { id, login, type: 'organization', ...(plan === undefined ? {} : { plan }), ...counted }
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

/** The products that a kind of server may be, the first of them where the configuration does not say. */
const OPEN = {
  cloud: { products: ['ghec', 'dotcom'], because: "the server is GitHub's cloud (ghec or dotcom)" },
  ghae: { products: ['ghae', 'ghae-2021'], because: 'the server is GitHub AE (ghae or ghae-2021)' },
} as const

/** The product of a server where no owner is known: the configured one where the server may be it. */
export function assumedProduct(server: ServerProduct, configured: string | undefined): string {
  if (server !== 'cloud' && server !== 'ghae') return server
  const { products } = OPEN[server]
  return products.find((product) => product === configured) ?? products[0]
}

/**
 * The product of one owner. On cloud: `dotcom` for a personal account, and for an organization on another plan than
 * `enterprise` where the configuration has no `enterprises`; else `ghec`. GitHub AE does not tell its generation.
 * @param options `configured` is `github.product`, or the product of the option `from`: it decides only where the server
 * leaves it open, an organization without a plan and the generation of GitHub AE
 * @throws SetupError where it says otherwise than the server
 */
export function ownerProduct(
  server: ServerProduct,
  owner: OwnerFacts,
  options: {
    readonly configured?: string | undefined
    readonly from?: string | undefined
    readonly enterprises: 'declared' | 'none'
  },
): string {
  const { configured, from = 'github.product' } = options
  const { products, because } = possible(server, owner, options.enterprises)
  if (configured === undefined) return products[0]
  if (!products.includes(configured)) throw contradicts(`${from} is ${configured}`, because)
  return configured
}

interface Possible {
  readonly products: readonly [string, ...string[]]
  readonly because: string
}

function possible(server: ServerProduct, owner: OwnerFacts, enterprises: 'declared' | 'none'): Possible {
  if (server === 'ghae') return OPEN.ghae
  if (server !== 'cloud') return { products: [server], because: `the server is ${server}` }
  if (owner.type === 'personal')
    return { products: ['dotcom'], because: `${owner.login} is a personal account (dotcom)` }
  if (owner.id === null) return { products: ['ghec'], because: `${owner.login} is an enterprise (ghec)` }
  if (owner.plan === 'enterprise')
    return { products: ['ghec'], because: `${owner.login} has the plan enterprise (ghec)` }
  if (enterprises === 'declared') return { products: ['ghec'], because: 'the configuration has enterprises (ghec)' }
  if (owner.plan === undefined) return OPEN.cloud
  return { products: ['dotcom'], because: `${owner.login} has the plan ${owner.plan} (dotcom)` }
}

function contradicts(said: string, because: string): SetupError {
  return new SetupError(`${said}, but ${because}. Correct it, or take it out: it is found out by itself.`)
}
