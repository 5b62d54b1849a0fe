import type { Route } from '../core/routes.ts'
import { listingOf } from '../github/endpoints.ts'

/** How many requests a list of so many items takes; one where its route has no pages. */
export function pageCount(route: Route, items: number): number {
  const { perPage } = listingOf(route)
  return perPage === null ? 1 : Math.max(1, Math.ceil(items / perPage))
}
