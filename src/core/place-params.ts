import type { Known } from './family.ts'
import { pickRoute, type Route, type Routes } from './routes.ts'
import { repositoryIn, type Scope, scopeParams } from './scope.ts'
import type { Params } from './send.ts'

/** A route that a product has, and the parameters of a scope that it names. */
export interface Placed {
  readonly route: Route
  readonly params: Params
}

/**
 * The alternative that the product has. GitHub's older routes of environments go by the id of the repository:
 * `/repositories/{repository_id}/environments/{environment_name}/secrets`.
 * @throws where that id is not known
 */
export function placed(routes: Routes, scope: Scope, { product, repositories }: Known): Placed {
  const route = pickRoute(routes, product)
  return { route, params: paramsOn(route, scope, repositories.byName.get(repositoryIn(scope)?.repo ?? '')?.id) }
}

/** Whether a route goes by the id of the repository that a scope is in. */
export function goesById(route: Route): boolean {
  return route.includes(' /repositories/{repository_id}/')
}

/**
 * The parameters of a scope for a route, by the id of the repository or by its name.
 * @throws where it is the id, and that is not known
 */
export function paramsOn(route: Route, scope: Scope, repositoryId: number | null | undefined): Params {
  if (!goesById(route)) return scopeParams(scope)
  if (repositoryId === undefined || repositoryId === null) throw new Error(`bug: ${route} has no id of a repository`)
  const { owner: _, repo: __, ...below } = scopeParams(scope)
  return { repository_id: repositoryId, ...below }
}

/** Those of the parameters that a route names: of two routes for one thing, the second goes by the same names and ids. */
export function paramsNamed(route: Route, params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => route.includes(`{${name}}`)))
}
