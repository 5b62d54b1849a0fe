import { isUntil, type Product } from '../world/products.ts'
import type { Budget } from './limit-book.ts'
import { resourcesOf } from './limit-resources.ts'

/** The headers of the answer. GHES 2.22 shows no `used` in its description, and names no resource. */
export function headersOf(budget: Budget, product: Product): Record<string, string> {
  const shown = Object.entries(budgetShown(budget, product)).map(([name, value]) => [
    `x-ratelimit-${name}`,
    String(value),
  ])
  return {
    ...Object.fromEntries(shown),
    ...(isUntil(product, [2, 22]) ? {} : { 'x-ratelimit-resource': budget.resource }),
  }
}

/** The body of `GET /rate_limit`; `rate` is `core` once more, for clients of old. */
export function overviewOf(budgetOf: (resource: string) => Budget, product: Product): object {
  const all = resourcesOf(product).map(({ name }) => [name, budgetShown(budgetOf(name), product)] as const)
  const resources = Object.fromEntries(all)
  return { resources, rate: resources.core }
}

/** A budget in GitHub's words; `reset` is in seconds since 1970. */
export function budgetShown({ limit, used, resets }: Budget, product: Product): object {
  return {
    limit,
    remaining: limit - used,
    reset: Math.ceil(resets / 1000),
    ...(isUntil(product, [2, 22]) ? {} : { used }),
  }
}
