import type { Configuration } from '../config/configuration.ts'
import { listingNeeds } from '../config/listing.ts'
import { layersOfOwner } from '../config/scopes.ts'
import type { Family, Route } from '../core/family.ts'
import type { ScopeType } from '../core/scope.ts'
import type { Purpose } from '../github/checkup.ts'

/**
 * Every route that a run may take for one owner, by the families that the configuration mentions there and at which
 * level; offline, so that a set counts for every repository that it may match.
 * @param owner folded to lower case
 */
export function routesNeeded(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
  purpose: Purpose,
): readonly Route[] {
  const routes = new Set<Route>(['GET /meta', accountRoute(configuration, owner)])
  const listing = listingNeeds(configuration, owner, families)
  if (listing === 'all') routes.add('GET /orgs/{org}/repos')
  else if (listing.names.length > 0) routes.add('GET /repos/{owner}/{repo}')
  for (const [family, scope] of mentionsOf(configuration, owner, families)) {
    const { reads = [], writes = [] } = family.scopes[scope] ?? {}
    for (const route of purpose === 'plan' ? reads : [...reads, ...writes]) routes.add(route)
  }
  return [...routes]
}

/**
 * The routes of the level above that are read where the credential may: they give the policy that bounds the
 * configuration below it.
 */
export function policyRoutes(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): readonly Route[] {
  return mentionsOf(configuration, owner, families).flatMap(([family, scope]) => {
    return scope === 'repository' && family.boundBy ? (family.scopes.organization?.reads ?? []) : []
  })
}

/**
 * Every route that an import may take.
 * @param address what is imported; of a repository no permission of its organization is asked for
 */
export function importRoutes(address: string, families: readonly Family[]): readonly Route[] {
  const organization = address.startsWith('orgs/')
  const level = organization ? 'organization' : 'repository'
  const base: readonly Route[] = organization ? ['GET /orgs/{org}'] : ['GET /orgs/{org}', 'GET /repos/{owner}/{repo}']
  const reads = families.flatMap(({ scopes }) => scopes[level]?.reads ?? [])
  return [...new Set([...base, 'GET /orgs/{org}/repos' as const, ...reads])]
}

function accountRoute(configuration: Configuration, owner: string): Route {
  const declared = configuration.owners.find(({ name }) => name === owner)
  return declared?.by === 'organization' ? 'GET /orgs/{org}' : 'GET /users/{username}'
}

/** The families that the configuration mentions of an owner, each with the level at which it does. */
function mentionsOf(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): readonly (readonly [Family, ScopeType])[] {
  const found = new Map<string, readonly [Family, ScopeType]>()
  for (const { body, repository, match } of layersOfOwner(configuration, owner)) {
    const scope = repository === undefined && match === undefined ? 'organization' : 'repository'
    for (const family of families) {
      if (Object.hasOwn(body, family.name)) found.set(`${scope} ${family.name}`, [family, scope])
    }
  }
  return [...found.values()]
}
