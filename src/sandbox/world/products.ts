import type { Generation } from './github-ae.ts'

/** A release of GitHub Enterprise Server as [major, minor]. */
export type Release = readonly [number, number]

/** The product of GitHub that the sandbox simulates. */
export interface Product {
  /** `dotcom`, `ghec`, `ghes-X.Y`, `ghae` or `ghae-2021`. */
  readonly name: string
  /** `ghes` for every server with one enterprise: GitHub AE is one. */
  readonly kind: 'dotcom' | 'ghec' | 'ghes'
  /** The release itself; undefined in the cloud and of GitHub AE. It decides the version header. */
  readonly release: Release | undefined
  /** The described release whose fields and endpoints this one has; undefined in the cloud. */
  readonly described: Release | undefined
  /** Of GitHub AE alone; what it has otherwise than that release stands in github-ae.ts. */
  readonly ae?: Generation
  /** The prefix of every path of the API: `/api/v3` on GHES, empty in the cloud. */
  readonly prefix: string
}

/** The GHES releases of which GitHub's description is at hand; others behave as the next lower one. */
const DESCRIBED: readonly Release[] = [
  [2, 22],
  [3, 4],
  [3, 5],
  [3, 6],
  [3, 7],
  [3, 8],
  [3, 9],
  [3, 10],
  [3, 11],
  [3, 12],
  [3, 13],
  [3, 14],
  [3, 15],
  [3, 16],
  [3, 17],
  [3, 18],
  [3, 19],
]

/**
 * GitHub AE, whose descriptions are closest to those of GHES 3.4. The reference of 2021 has `http(s)://api.HOSTNAME` for its
 * base, and that of 2022 `https://HOSTNAME/api/v3`.
 */
const AE: ReadonlyMap<string, Pick<Product, 'ae' | 'prefix'>> = new Map([
  ['ghae', { ae: '2022', prefix: '/api/v3' }],
  ['ghae-2021', { ae: '2021', prefix: '' }],
])

/**
 * Reads a product's name.
 * @throws Error when there is no such product, or when the sandbox has no description of it.
 */
export function parseProduct(name: string): Product {
  if (name === 'dotcom' || name === 'ghec') {
    return { name, kind: name, release: undefined, described: undefined, prefix: '' }
  }
  const ae = AE.get(name)
  if (ae) return { name, kind: 'ghes', release: undefined, described: [3, 4], ...ae }
  const match = /^ghes-(\d+)\.(\d+)$/.exec(name)
  if (!match) {
    throw new Error(`There is no product "${name}". Use dotcom, ghec, ghae, ghae-2021 or ghes-X.Y, such as ghes-3.19.`)
  }
  const release: Release = [Number(match[1]), Number(match[2])]
  const described = DESCRIBED.findLast((candidate) => compareReleases(candidate, release) <= 0)
  if (!described) throw new Error(`The sandbox begins with ghes-2.22; it has no description of ${name}.`)
  return { name, kind: 'ghes', release, described, prefix: '/api/v3' }
}

/** Whether the product has the features that GHES got with that release. The cloud has all of them. */
export function hasSince(product: Product, release: Release): boolean {
  return product.described === undefined || compareReleases(product.described, release) >= 0
}

/** Whether the product has what GHES got with that release, and GitHub AE in some generation before. */
export function hasSinceOrAe(product: Product, release: Release, generations: readonly Generation[]): boolean {
  return product.ae === undefined ? hasSince(product, release) : generations.includes(product.ae)
}

/** Whether the product is described as this release, or an earlier one. The cloud is none. */
export function isUntil({ described }: Product, release: Release): boolean {
  return described !== undefined && compareReleases(described, release) <= 0
}

/** Whether the product is described as one of these releases, or one between them. The cloud is none. */
export function isWithin({ described }: Product, [first, last]: readonly [Release, Release]): boolean {
  return described !== undefined && compareReleases(described, first) >= 0 && compareReleases(described, last) <= 0
}

/** The plan that an organization of this product shows its owners, unless the seed says otherwise. */
export function defaultPlan(product: Product): string {
  return product.kind === 'dotcom' ? 'team' : 'enterprise'
}

/**
 * In the cloud, organizations on the plan Free have no runner group beside the default one. With which words and status
 * GitHub refuses another is not documented; for other features of its paid plans it is 403 and `Upgrade to …`.
 */
export function hasDefaultGroupAlone(product: Product, plan: string): boolean {
  return product.kind !== 'ghes' && plan === 'free'
}

/** The value of `installed_version`; undefined in the cloud and on GitHub AE, which show none. */
export function installedVersion(product: Product): string | undefined {
  return product.release && `${product.release.join('.')}.0`
}

/** The value of `X-GitHub-Enterprise-Version`: GitHub AE has its name there. Undefined in the cloud, which has no such header. */
export function enterpriseVersion(product: Product): string | undefined {
  return product.ae ? 'GitHub AE' : installedVersion(product)
}

function compareReleases(left: Release, right: Release): number {
  return left[0] - right[0] || left[1] - right[1]
}
