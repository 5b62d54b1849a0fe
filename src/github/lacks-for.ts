import type { Route } from '../core/routes.ts'
import { admitsApps } from './endpoints.ts'
import type { Installation } from './installation.ts'
import { formatPermissions, lackingOf } from './permissions.ts'
import { permissionsNeeded } from './permissions-needed.ts'

/** The words for why a GitHub App may not send all of these requests; undefined where it may. */
export function lacksFor(
  { permissions }: Pick<Installation, 'permissions'>,
  routes: readonly Route[],
): string | undefined {
  const lacks = formatPermissions(lackingOf(permissions, permissionsNeeded(routes).permissions))
  if (lacks !== '') return `it lacks ${lacks}`
  return routes.every(admitsApps) ? undefined : 'GitHub admits no App to it'
}
