import type { Known, Params } from './family.ts'
import { pickRoute, type Route, type Routes } from './routes.ts'
import { repositoryIn, type Scope, scopeParams } from './scope.ts'

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
  const repository = repositoryIn(scope)
  if (repository === undefined || !route.includes(' /repositories/{repository_id}/')) {
    return { route, params: scopeParams(scope) }
  }
  const id = repositories.byName.get(repository.repo)?.id
  if (id === undefined) throw new Error(`bug: the repository ${repository.repo} has no id`)
  const { owner: _, repo: __, ...below } = scopeParams(scope)
  return { route, params: { repository_id: id, ...below } }
}

/** Those of the parameters that a route names: of two routes for one thing, the second goes by the same names and ids. */
export function paramsNamed(route: Route, params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => route.includes(`{${name}}`)))
}
