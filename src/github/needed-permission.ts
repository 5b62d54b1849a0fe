import { admitsApps, endpoint, has } from './endpoints.ts'
import type { PermissionNeeded } from './missing-permission.ts'

/** The permission that a route needs, and whether GitHub AE has it, for the error of a request that was refused. */
export function neededFor(route: string): PermissionNeeded {
  return {
    ...endpoint(route).permission,
    admitsApps: admitsApps(route),
    lackedIn2021: has('ghae', route) && !has('ghae-2021', route),
  }
}
