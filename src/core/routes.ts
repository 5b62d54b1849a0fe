import type { Route, Routes, Support } from './family.ts'

/** The alternatives, the newest first. */
export function alternativesOf(routes: Routes): readonly [Route, ...Route[]] {
  return typeof routes === 'string' ? [routes] : routes
}

/** The newest of the alternatives that the product has; the newest of all where it has none. */
export function pickRoute(routes: Routes, product: Pick<Support, 'has'>): Route {
  const all = alternativesOf(routes)
  return all.find((route) => product.has(route)) ?? all[0]
}

/** Whether the product has one of the alternatives. */
export function hasSome(product: Pick<Support, 'has'>, routes: Routes): boolean {
  return alternativesOf(routes).some((route) => product.has(route))
}
