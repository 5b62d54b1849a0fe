/** How much a permission lets its holder do; `admin` is more than `write`. */
export type Access = 'read' | 'write' | 'admin'

/**
 * Permissions of a GitHub App by the names that GitHub's API has for them, such as `organization_secrets`.
 * https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app
 */
export type Permissions = Readonly<Record<string, Access>>

const LEVELS: readonly Access[] = ['read', 'write', 'admin']

/** The needed permissions that are not held, or held at a lower level; sorted by name. */
export function lackingOf(held: Permissions, needed: Permissions): Permissions {
  const lacking = Object.entries(needed).filter(([name, access]) => {
    const has = Object.hasOwn(held, name) ? held[name] : undefined
    return has === undefined || LEVELS.indexOf(has) < LEVELS.indexOf(access)
  })
  return Object.fromEntries(lacking.sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** All permissions of both; of one that both have, the higher level. */
export function joinPermissions(one: Permissions, other: Permissions): Permissions {
  const joined: Record<string, Access> = { ...one }
  for (const [name, access] of Object.entries(other)) {
    const has = Object.hasOwn(joined, name) ? joined[name] : undefined
    if (has === undefined || LEVELS.indexOf(has) < LEVELS.indexOf(access)) joined[name] = access
  }
  return joined
}

/** `organization_secrets: write, secrets: read`, sorted by name. */
export function formatPermissions(permissions: Permissions): string {
  const sorted = Object.entries(permissions).sort(([one], [other]) => (one < other ? -1 : 1))
  return sorted.map(([name, access]) => `${name}: ${access}`).join(', ')
}

/** The permissions in an answer of GitHub's; a level that is not known counts for nothing. */
export function permissionsIn(value: unknown): Permissions {
  if (typeof value !== 'object' || value === null) return {}
  const known = Object.entries(value).filter((entry): entry is [string, Access] => LEVELS.includes(entry[1]))
  return Object.fromEntries(known)
}

/** Organization permissions that GitHub's API names without the level before them. */
const UNPREFIXED: readonly string[] = ['members']
/** The levels that it names before the permission. */
const PREFIXED: readonly string[] = ['organization', 'enterprise']

/** A permission's name in GitHub's API, from that of its documentation, which has `secrets` at more than one level. */
export function apiName({ level, name }: { readonly level: string; readonly name: string }): string {
  return PREFIXED.includes(level) && !UNPREFIXED.includes(name) ? `${level}_${name}` : name
}
