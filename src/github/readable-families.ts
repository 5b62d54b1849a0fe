import { rootLevel } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import { readsTaken } from '../core/reads-for.ts'
import { alternativesOf } from '../core/routes.ts'
import { admitsApps } from './endpoints.ts'
import type { Installation } from './installation.ts'
import { formatPermissions, lackingOf } from './permissions.ts'
import { permissionsNeeded } from './permissions-needed.ts'

/** The families that a GitHub App may read at the level of an address, and a sentence for each of the others. */
export interface ReadableFamilies {
  readonly families: readonly Family[]
  readonly leftOut: readonly string[]
  /** Those to which GitHub admits no App at all. */
  readonly barred: readonly Family[]
}

/**
 * Leaves out what the App was not granted, or what GitHub admits no App to, so that an import gives the rest.
 * @param installation undefined where the credential is a token, which shows its permissions by being refused
 */
export function readableFamilies(
  families: readonly Family[],
  address: string,
  installation: Installation | undefined,
): ReadableFamilies {
  if (installation === undefined) return { families, leftOut: [], barred: [] }
  const level = rootLevel(address) ?? 'repository'
  const routesOf = (family: Family) => readsTaken(family.scopes[level] ?? {}, 'imports').flatMap(alternativesOf)
  const isBarred = (family: Family): boolean => routesOf(family).some((route) => !admitsApps(route))
  const reasonAgainst = (family: Family): string | undefined => {
    const routes = routesOf(family)
    if (isBarred(family)) return 'GitHub admits no App to it'
    const lacking = lackingOf(installation.permissions, permissionsNeeded(routes).permissions)
    return Object.keys(lacking).length === 0
      ? undefined
      : `the App ${installation.app} lacks ${formatPermissions(lacking)}`
  }
  const judged = families.map((family) => ({ family, reason: reasonAgainst(family) }))
  return {
    families: judged.filter(({ reason }) => reason === undefined).map(({ family }) => family),
    barred: families.filter(isBarred),
    leftOut: judged.flatMap(({ family, reason }) => (reason ? [`${family.name} is left out: ${reason}`] : [])),
  }
}
