import type { Route } from '../core/routes.ts'
import { endpoint } from './endpoints.ts'
import { apiName, joinPermissions, type Permissions } from './permissions.ts'

/** The permissions of an App or fine-grained token, and the scopes of a classic one, that requests need. */
export interface Needed {
  readonly permissions: Permissions
  /**
   * Optional permissions that show more where they are granted: `organization_plan` shows an organization's plan, and
   * so whether it is ghec; others show the limits that the level above sets.
   */
  readonly optional: Permissions
  /** Sorted, each once. */
  readonly scopes: readonly string[]
}

/** Every signed-in account may read these; the permission only shows more of the answer. */
const OPEN: readonly string[] = ['GET /orgs/{org}']

/**
 * The needs of these routes, at the highest level that any of them takes.
 * @param also routes that are requested where the permission is granted, and not missed otherwise
 */
export function permissionsNeeded(routes: Iterable<Route>, also: Iterable<Route> = []): Needed {
  const scopes = new Set<string>()
  let permissions: Permissions = {}
  let optional: Permissions = {}
  for (const route of routes) {
    const { classic } = endpoint(route).permission
    const permission = permissionOf(route)
    if (OPEN.includes(route)) {
      optional = joinPermissions(optional, permission)
      continue
    }
    permissions = joinPermissions(permissions, permission)
    if (classic !== null) scopes.add(classic)
  }
  for (const route of also) optional = joinPermissions(optional, permissionOf(route))
  return { permissions, optional, scopes: [...scopes].sort() }
}

/** The permission that one route takes, by the name that GitHub's API has for it; none where any token does. */
export function permissionOf(route: Route): Permissions {
  const { app } = endpoint(route).permission
  return app === null ? {} : { [apiName(app)]: app.access }
}
