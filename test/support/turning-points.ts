import { ANSWER_FIELDS } from '../../src/github/answer-fields.ts'
import { endpointTable } from '../../src/github/endpoint-table.ts'
import type { Product } from '../../src/github/endpoints.ts'

interface Group {
  readonly products: readonly Product[]
  readonly fields?: object | readonly string[]
}

interface Row {
  readonly products: readonly Product[]
  readonly withoutApps: readonly Product[]
  readonly previews: readonly Group[]
  readonly request: readonly Group[]
  readonly response: readonly Group[]
}

const { products, endpoints } = endpointTable() as {
  readonly products: readonly Product[]
  readonly endpoints: Readonly<Record<string, Row>>
}

/**
 * The releases of Enterprise Server at which something changes that octoform sends to these routes or reads of them: a
 * release between two of them behaves as the one before it. The oldest one is among them, and so is the newest.
 */
export function turningPoints(routes: readonly string[]): readonly Product[] {
  const releases = products.filter((product) => product.startsWith('ghes-'))
  return releases.filter((release, index) => {
    const before = releases[index - 1]
    return (
      before === undefined || index === releases.length - 1 || described(release, routes) !== described(before, routes)
    )
  })
}

/** All that the table says of the routes on one product, without the fields of answers that are never read. */
function described(product: Product, routes: readonly string[]): string {
  const rows = routes.map((route) => {
    const row = endpoints[route]
    if (row === undefined) throw new Error(`${route} is not in endpoints.json`)
    const groupOf = (groups: readonly Group[]): Partial<Group> =>
      groups.find((group) => group.products.includes(product)) ?? {}
    const { products: _, ...request } = groupOf(row.request)
    const { products: __, ...previews } = groupOf(row.previews)
    const response = [groupOf(row.response).fields ?? []]
      .flat()
      .filter((field) => namesRead(route).includes(`${field}`))
    return [row.products.includes(product), row.withoutApps.includes(product), previews, request, response.sort()]
  })
  return JSON.stringify(rows)
}

/** The fields of an answer that octoform reads, of an item where it is a list. */
function namesRead(route: string): readonly string[] {
  const read = ANSWER_FIELDS[route as keyof typeof ANSWER_FIELDS]
  if (read === undefined) return []
  const fields = 'items' in read ? read.items : { ...read.fields, ...read.orItems }
  return Object.keys(fields).map((name) => name.replace(/\W.*$/, ''))
}
