import { hasSince, type Product, type Release } from '../world/products.ts'
import type { Account } from './account.ts'

/** A budget of GitHub's primary limits, which `x-ratelimit-resource` names. */
interface LimitResource {
  readonly name: string
  /** In milliseconds. */
  readonly window: number
  readonly allowed: (account: Account) => number
  /** Whether a request counts against it. */
  readonly takes: (request: { readonly method: string; readonly path: string }) => boolean
  /** The GHES release that shows it first. */
  readonly since: Release
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const SEARCH = /^\/search\//
const REGISTERS = /\/actions\/runners\/(?:registration-token|generate-jitconfig)$/

/** The one that takes what no other does. */
const CORE: LimitResource = {
  name: 'core',
  window: HOUR,
  allowed: (account) => account.allowed().core,
  takes: () => true,
  since: [2, 22],
}

/**
 * As `GET /rate_limit` lists them (https://docs.github.com/rest/rate-limit/rate-limit); of searches, those for code have a
 * budget of their own (https://docs.github.com/rest/search/search#rate-limit). The numbers of the others are those of the
 * example there.
 */
const RESOURCES: readonly LimitResource[] = [
  CORE,
  {
    name: 'code_search',
    window: MINUTE,
    allowed: () => 10,
    takes: ({ path }) => path === '/search/code',
    since: [3, 8],
  },
  {
    name: 'search',
    window: MINUTE,
    allowed: (account) => account.allowed().search,
    takes: ({ path }) => SEARCH.test(path),
    since: [2, 22],
  },
  {
    name: 'graphql',
    window: HOUR,
    allowed: (account) => account.allowed().graphql,
    takes: ({ path }) => path === '/graphql',
    since: [2, 22],
  },
  {
    name: 'integration_manifest',
    window: HOUR,
    allowed: () => 5000,
    takes: ({ path }) => /^\/app-manifests\/[^/]+\/conversions$/.test(path),
    since: [2, 22],
  },
  {
    name: 'actions_runner_registration',
    window: HOUR,
    allowed: () => 10_000,
    takes: ({ method, path }) => method === 'POST' && REGISTERS.test(path),
    since: [3, 4],
  },
]

/** Those of the product. */
export function resourcesOf(product: Product): readonly LimitResource[] {
  return RESOURCES.filter(({ since }) => hasSince(product, since))
}

/** The one that a request counts against. */
export function resourceOf(product: Product, request: { method: string; path: string }): LimitResource {
  return resourcesOf(product).find((each) => each !== CORE && each.takes(request)) ?? CORE
}
