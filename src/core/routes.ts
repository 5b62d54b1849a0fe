/** A route as GitHub's documentation writes it, such as `PUT /orgs/{org}/actions/secrets/{secret_name}`. */
export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/**
 * A route, or several that do the same where products differ: the newest first. {@link pickRoute} takes the one that the
 * product has.
 */
export type Routes = Route | readonly [Route, ...Route[]]

/** The alternatives, the newest first. */
export function alternativesOf(routes: Routes): readonly [Route, ...Route[]] {
  return typeof routes === 'string' ? [routes] : routes
}

/** The newest of the alternatives that the product has; the newest of all where it has none. */
export function pickRoute(routes: Routes, product: { has(route: Route): boolean }): Route {
  const all = alternativesOf(routes)
  return all.find((route) => product.has(route)) ?? all[0]
}

/** Whether the product has one of the alternatives. */
export function hasSome(product: { has(route: Route): boolean }, routes: Routes): boolean {
  return alternativesOf(routes).some((route) => product.has(route))
}

/** A path, or several for the same, as {@link Routes}. */
export type Paths = `/${string}` | readonly [`/${string}`, ...`/${string}`[]]

/** The route, or the alternatives, of a method below these paths. */
export function routesBelow(method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE', paths: Paths, below = ''): Routes {
  if (typeof paths === 'string') return `${method} ${paths}${below}`
  const [newest, ...older] = paths
  return [`${method} ${newest}${below}`, ...older.map((path): Route => `${method} ${path}${below}`)]
}
