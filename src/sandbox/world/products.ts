/** A release of GitHub Enterprise Server as [major, minor]. */
export type Release = readonly [number, number]

/** The product of GitHub that the sandbox simulates. */
export interface Product {
  /** `dotcom`, `ghec` or `ghes-X.Y`. */
  readonly name: string
  readonly kind: 'dotcom' | 'ghec' | 'ghes'
  /** The release itself; undefined in the cloud. It decides the version header. */
  readonly release: Release | undefined
  /** The described release whose fields and endpoints this one has; undefined in the cloud. */
  readonly described: Release | undefined
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
 * Reads a product's name.
 * @throws Error when there is no such product, or when the sandbox cannot be it.
 */
export function parseProduct(name: string): Product {
  if (name === 'dotcom' || name === 'ghec') {
    return { name, kind: name, release: undefined, described: undefined, prefix: '' }
  }
  if (name === 'ghae' || name.startsWith('ghae-')) {
    throw new Error(`The sandbox cannot be GitHub AE (${name}) yet. Use dotcom, ghec or ghes-X.Y.`)
  }
  const match = /^ghes-(\d+)\.(\d+)$/.exec(name)
  if (!match) throw new Error(`There is no product "${name}". Use dotcom, ghec or ghes-X.Y, such as ghes-3.19.`)
  const release: Release = [Number(match[1]), Number(match[2])]
  const described = DESCRIBED.findLast((candidate) => compareReleases(candidate, release) <= 0)
  if (!described) throw new Error(`The sandbox begins with ghes-2.22; it has no description of ${name}.`)
  return { name, kind: 'ghes', release, described, prefix: '/api/v3' }
}

/** Whether the product has the features that GHES got with that release. The cloud has all of them. */
export function hasSince(product: Product, release: Release): boolean {
  return product.described === undefined || compareReleases(product.described, release) >= 0
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

/** The value of `X-GitHub-Enterprise-Version` and `installed_version`; undefined in the cloud, which has neither. */
export function installedVersion(product: Product): string | undefined {
  return product.release && `${product.release.join('.')}.0`
}

function compareReleases(left: Release, right: Release): number {
  return left[0] - right[0] || left[1] - right[1]
}
