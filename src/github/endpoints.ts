import { alternativesOf, type Routes } from '../core/routes.ts'
import { endpointTable } from './endpoint-table.ts'

/** A product of GitHub: `dotcom`, `ghec`, `ghae`, `ghae-2021`, or a release of Enterprise Server such as `ghes-3.19`. */
export type Product = string

/** The permission that a request needs. A classic token has scopes; an App or fine-grained token has permissions. */
interface Permission {
  /** Scope of a classic token, or null where any token does. */
  readonly classic: string | null
  /** Permission of a GitHub App or fine-grained token, or null where none is needed (or Apps are not admitted). */
  readonly app: {
    readonly level: 'organization' | 'repository' | 'enterprise' | 'user'
    readonly name: string
    readonly access: 'read' | 'write'
  } | null
}

/** One line of the table that `npm run descriptions` makes from GitHub's OpenAPI descriptions. */
export interface Endpoint {
  /** Method and path as GitHub's documentation writes them. */
  readonly route: string
  /** The described products that have it. For others ask `has`. */
  readonly products: readonly Product[]
  /**
   * Key of the list in the answer (`secrets`); null for a bare array, and for an answer that is not a list (see
   * `list`).
   */
  readonly envelope: string | null
  /** Whether it answers a list. */
  readonly list: boolean
  /** Whether that list comes in pages. */
  readonly paged: boolean
  /** The most items that a page may hold; null where it is not paged. */
  readonly perPage: number | null
  readonly permission: Permission
  /** The described products on which a GitHub App may not call it. */
  readonly withoutApps: readonly Product[]
  /** Its page in GitHub's documentation, of the newest product that has it. */
  readonly documentation: string
}

interface Row extends Omit<Endpoint, 'route' | 'paged'> {
  /** Of operations, the names that stand in a query to narrow a list; missing of all others. */
  readonly query?: readonly { readonly products: readonly Product[]; readonly names: readonly string[] }[]
  readonly previews: readonly { readonly products: readonly Product[]; readonly names: readonly string[] }[]
  readonly request: readonly {
    readonly products: readonly Product[]
    readonly fields: Readonly<Record<string, readonly string[] | null>>
    readonly required: readonly string[]
  }[]
  readonly response: readonly { readonly products: readonly Product[]; readonly fields: readonly string[] }[]
}

interface Table {
  readonly products: readonly Product[]
  readonly endpoints: Readonly<Record<string, Row>>
}

/** Read at its first use. */
const table = (): Table => endpointTable() as Table

/** The endpoint behind a route. Throws where the table has no such route: that is a mistake of the caller's code. */
export function endpoint(route: string): Endpoint {
  const { previews, request, response, query, ...rest } = row(route)
  return { route, paged: rest.perPage !== null, ...rest }
}

/** How a route lists: the same of {@link endpoint}, without a copy for each of many requests. */
export function listingOf(route: string): Pick<Endpoint, 'envelope' | 'perPage'> {
  return row(route)
}

/** Whether the product has the endpoint. False for a product older than any description. */
export function has(product: Product, route: string): boolean {
  return groupOf([row(route)], product) !== undefined
}

/** Whether the body of the request may have this field on this product; with `value`, this field with that value. */
export function accepts(product: Product, route: string, field: string, value?: string): boolean {
  const fields = groupOf(row(route).request, product)?.fields ?? {}
  if (!Object.hasOwn(fields, field)) return false
  const choices = fields[field] ?? null
  return value === undefined || choices === null || choices.includes(value)
}

/**
 * Names the products that have a route or an alternative, a field or a value of it which this one lacks, such as `ghes-3.5 and later do`: for a
 * release of Enterprise Server the later ones where they do, else all that do. Undefined where none does.
 */
export function elsewhere(product: Product, routes: Routes, field?: string, value?: string): string | undefined {
  const takes = (name: Product, route: string): boolean => field === undefined || accepts(name, route, field, value)
  const all = alternativesOf(routes)
  const able = table().products.filter((name) => all.some((route) => has(name, route) && takes(name, route)))
  const release = releaseOf(product)
  if (release !== undefined) {
    const later = table().products.filter((name) => {
      const other = releaseOf(name)
      return other !== undefined && compare(other, release) > 0
    })
    const since = later.slice(later.findLastIndex((name) => !able.includes(name)) + 1)[0]
    if (since !== undefined) return `${since} and later do`
  }
  const [only, ...more] = able
  if (only === undefined) return undefined
  return more.length === 0 ? `${only} does` : `${withLater(able).join(', ')} do`
}

/** The releases of Enterprise Server up to the latest one as `ghes-3.4 and later`. */
function withLater(able: readonly Product[]): readonly string[] {
  const releases = table().products.filter((name) => releaseOf(name) !== undefined)
  const [first, ...rest] = releases.slice(releases.findLastIndex((name) => !able.includes(name)) + 1)
  if (first === undefined || rest.length === 0) return able
  return able.filter((name) => !rest.includes(name)).map((name) => (name === first ? `${first} and later` : name))
}

/** The fields without which the product refuses the request, by its description. */
export function required(product: Product, route: string): readonly string[] {
  return groupOf(row(route).request, product)?.required ?? []
}

/** Whether the answer (of a list: each item) has this field on this product. */
export function returns(product: Product, route: string, field: string): boolean {
  return groupOf(row(route).response, product)?.fields.includes(field) ?? false
}

/** Whether the answers of a product that has the route never have this field. */
export function lacks(product: Product, route: string, field: string): boolean {
  return has(product, route) && !returns(product, route, field)
}

/**
 * Names of the previews that the product wants in `Accept` for all of an answer's fields: `nebula` stands for
 * `application/vnd.github.nebula-preview+json`, which GHES 2.22 takes for a repository's `visibility`.
 */
export function previews(product: Product, route: string): readonly string[] {
  return groupOf(row(route).previews, product)?.names ?? []
}

/** Whether a product's operation can be narrowed by this name in its query; others would ignore it without a word. */
export function filters(product: Product, route: string, name: string): boolean {
  return groupOf(row(route).query ?? [], product)?.names.includes(name) ?? false
}

/**
 * The product whose description stands for this one: itself, or for a release of Enterprise Server that is not
 * described the next lower one that is. Undefined for a name that is not a product, and below the lowest description.
 */
export function described(product: Product): Product | undefined {
  if (table().products.includes(product)) return product
  const release = releaseOf(product)
  if (release === undefined) return undefined
  const lower = table().products.filter((name) => {
    const other = releaseOf(name)
    return other !== undefined && compare(other, release) < 0
  })
  return lower.sort((one, other) => compare(releaseOf(one) ?? [], releaseOf(other) ?? [])).at(-1)
}

/** Whether the text names a product, described or not. */
export function isProduct(text: string): boolean {
  return table().products.includes(text) || releaseOf(text) !== undefined
}

/** Whether a GitHub App may call the route on any product. */
export function admitsApps(route: string): boolean {
  const { products, withoutApps } = row(route)
  return products.some((product) => !withoutApps.includes(product))
}

/** Whether the product is a release of Enterprise Server before this one. */
export function isBefore(product: Product, release: Product): boolean {
  const [one, other] = [releaseOf(product), releaseOf(release)]
  return one !== undefined && other !== undefined && compare(one, other) < 0
}

function row(route: string): Row {
  const { endpoints } = table()
  const found = Object.hasOwn(endpoints, route) ? endpoints[route] : undefined
  if (found === undefined) {
    throw new Error(`Bug: ${route} is not in endpoints.json. Add it to scripts/descriptions/operations.mjs.`)
  }
  return found
}

function groupOf<Group extends { readonly products: readonly Product[] }>(
  groups: readonly Group[],
  product: Product,
): Group | undefined {
  const name = described(product)
  return name === undefined ? undefined : groups.find(({ products }) => products.includes(name))
}

/** `[3, 19]` of `ghes-3.19`. */
function releaseOf(product: Product): readonly number[] | undefined {
  const match = /^ghes-(\d{1,4})\.(\d{1,4})$/.exec(product)
  return match === null ? undefined : [Number(match[1]), Number(match[2])]
}

function compare(one: readonly number[], other: readonly number[]): number {
  const [major = 0, minor = 0] = one
  const [otherMajor = 0, otherMinor = 0] = other
  return major - otherMajor || minor - otherMinor
}
