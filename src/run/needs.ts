import type { Configuration } from '../config/configuration.ts'
import { listingNeeds } from '../config/listing.ts'
import { layersOfOwner } from '../config/scopes.ts'
import { selectorNeeds } from '../config/selector-needs.ts'
import { rootLevel } from '../core/address.ts'
import type { Family, FamilyAt } from '../core/family.ts'
import { getPath, isDocument } from '../core/json.ts'
import { leafKeys } from '../core/leaf-keys.ts'
import { type ReadsFor, readsTaken } from '../core/reads-for.ts'
import type { Route } from '../core/routes.ts'
import { alternativesOf } from '../core/routes.ts'
import { LADDER, LEVELS, type ScopeType } from '../core/scope.ts'
import { SELECTOR_ROUTES, TEAMS } from '../core/selector-routes.ts'
import { SERVER_ORGANIZATIONS } from '../engine/organizations.ts'
import type { Purpose } from '../github/checkup.ts'
import { ACCOUNT_ROUTES } from '../github/product.ts'

/**
 * Every route that a run may take for one owner, by the families that the configuration mentions there and at which
 * level; offline, so that a set counts for every repository that it may match.
 * @param owner folded to lower case
 */
export function routesNeeded(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
  purpose: Exclude<Purpose, 'report'>,
): readonly Route[] {
  const routes = new Set<Route>(['GET /meta', ...accountRoutes(configuration, owner)])
  const listing = listingNeeds(configuration, owner, families)
  if (listing === 'all') routes.add(LISTING)
  else {
    if (listing.names.length > 0)
      routes.add(listsOrganizations(configuration, owner) ? ACCOUNT_ROUTES.organization : REPOSITORY)
    if (listing.patterns) routes.add(SERVER_ORGANIZATIONS)
  }
  for (const { key } of selectorNeeds(configuration, owner, families)) {
    routes.add(SELECTOR_ROUTES[key])
    if (key === 'team') routes.add(TEAMS)
  }
  for (const [family, scope] of mentionsOf(configuration, owner, families)) {
    const entry: Partial<FamilyAt> = family.scopes[scope] ?? {}
    const taken = readsTaken(entry, (asked) => !asked.optional && isGiven(configuration, owner, family, asked))
    const written = purpose === 'plan' ? [] : (entry.writes ?? []).flatMap(alternativesOf)
    for (const route of [...taken.flatMap(alternativesOf), ...written]) routes.add(route)
  }
  return [...routes]
}

/**
 * The routes that are read where the credential may: of the level above those that give the policy which bounds the
 * configuration below it, and those that only make more of it certain.
 */
export function optionalRoutes(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): readonly Route[] {
  return mentionsOf(configuration, owner, families).flatMap(([family, scope]) => {
    const { above } = LADDER[scope]
    const policy = above !== undefined && family.boundBy ? (family.scopes[above]?.reads ?? []) : []
    const asked = (family.scopes[scope]?.readsFor ?? []).filter(
      (reads) => reads.optional && isGiven(configuration, owner, family, reads),
    )
    return [...policy, ...asked.flatMap(({ routes }) => routes)].flatMap(alternativesOf)
  })
}

/**
 * Every route that an import may take.
 * @param address the imported one; it needs no permission of the level above
 */
export function importRoutes(address: string, families: readonly Family[]): readonly Route[] {
  const root = rootLevel(address) ?? 'repository'
  const { owns, above } = LADDER[root]
  const account = above === undefined ? [] : [ACCOUNT_ROUTES.organization, ...(owns ? [] : [REPOSITORY]), LISTING]
  const levels = LEVELS.filter((level) => level === root || (!LADDER[level].rooted && LADDER[level].above === root))
  const reads = families.flatMap(({ scopes }) =>
    levels.flatMap((level) => readsTaken(scopes[level] ?? {}, 'imports').flatMap(alternativesOf)),
  )
  return [...new Set([...account, ...reads])]
}

const LISTING: Route = 'GET /orgs/{org}/repos'
const REPOSITORY: Route = 'GET /repos/{owner}/{repo}'

function listsOrganizations({ owners }: Configuration, owner: string): boolean {
  return owners.some(({ name, by }) => name === owner && LADDER[by].lists === 'organizations')
}

function accountRoutes(configuration: Configuration, owner: string): readonly Route[] {
  const { by = 'repository' } = configuration.owners.find(({ name }) => name === owner) ?? {}
  return [ACCOUNT_ROUTES[by] ?? []].flat()
}

/** Whether any layer of an owner gives what asks for reads; with `prune`, all are taken. */
function isGiven(configuration: Configuration, owner: string, { name, shape }: Family, asked: ReadsFor): boolean {
  const { field, when = () => true, onlyToCheck, ofDeleted } = asked
  return layersOfOwner(configuration, owner).some(({ body }) => {
    const section = Object.hasOwn(body, name) ? body[name] : undefined
    if (section === undefined) return false
    if (body.prune !== undefined && !onlyToCheck) return true
    const members = shape === 'settings' || !isDocument(section) ? [section] : Object.values(section)
    if (ofDeleted) return body.prune !== undefined || members.includes('absent')
    const values = members
      .filter(isDocument)
      .flatMap((member) => Object.values(leafKeys(field)).map((key) => getPath(member, key)))
    return values.some((value) => value !== undefined && when(value))
  })
}

/** The families that the configuration mentions of an owner, each with the level at which it does. */
function mentionsOf(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): readonly (readonly [Family, ScopeType])[] {
  const found = new Map<string, readonly [Family, ScopeType]>()
  for (const { body, level: scope } of layersOfOwner(configuration, owner)) {
    for (const family of families) {
      if (Object.hasOwn(body, family.name)) found.set(`${scope} ${family.name}`, [family, scope])
    }
  }
  return [...found.values()]
}
