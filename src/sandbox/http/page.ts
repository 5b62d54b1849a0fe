import type { Answer, Call } from './call.ts'

/** One page of a list, and the `Link` header that leads to the others; there is none when one page holds all. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly headers: Readonly<Record<string, string>>
}

/** How long the pages of a list are, where it is not as most are. */
interface PageSizes {
  readonly byDefault: number
  readonly largest: number
}

const USUAL: PageSizes = { byDefault: 30, largest: 100 }

/** Cuts out the page that the query asks for (https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api). */
export function pageOf<Item>(call: Call, items: readonly Item[], sizes = USUAL): Page<Item> {
  const size = sizeIn(call, sizes)
  const page = positive(call.query.page) ?? 1
  const last = Math.max(1, Math.ceil(items.length / size))
  const links: string[] = []
  const link = (number: number, rel: string): void => {
    const query = new URLSearchParams({ ...call.query, page: String(number) })
    links.push(`<${call.base}${call.path}?${query}>; rel="${rel}"`)
  }
  if (page > 1) link(Math.min(page - 1, last), 'prev')
  if (page < last) {
    link(page + 1, 'next')
    link(last, 'last')
  }
  if (page > 1) link(1, 'first')
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { Link: links.join(', ') } : {},
  }
}

/**
 * Cuts out the items after the id in the query, for lists that are paged by ids instead of numbers. There is always a next
 * page of a full one, which may be empty.
 */
export function pageSince<Item extends { readonly id: number }>(call: Call, items: readonly Item[]): Page<Item> {
  const size = sizeIn(call, USUAL)
  const since = positive(call.query.since) ?? 0
  const page = items.filter(({ id }) => id > since).slice(0, size)
  const last = page.at(-1)
  if (last === undefined || page.length < size) return { items: page, headers: {} }
  const query = new URLSearchParams({ ...call.query, since: String(last.id) })
  return { items: page, headers: { Link: `<${call.base}${call.path}?${query}>; rel="next"` } }
}

/** The envelope of most lists: `total_count` counts all pages. */
export function listAnswer<Item>(
  call: Call,
  key: string,
  items: readonly Item[],
  present: (item: Item) => unknown,
  sizes = USUAL,
): Answer {
  const page = pageOf(call, items, sizes)
  return {
    status: 200,
    body: { total_count: items.length, [key]: page.items.map(present) },
    headers: page.headers,
  }
}

function sizeIn({ query }: Call, { byDefault, largest }: PageSizes): number {
  return Math.min(positive(query.per_page) ?? byDefault, largest)
}

function positive(value: string | undefined): number | undefined {
  return value !== undefined && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined
}
