import type { Call } from '../http/call.ts'
import { unprocessable } from '../http/errors.ts'
import { sees } from '../http/visibility.ts'
import { organizationsOf } from '../world/enterprises.ts'
import type { Enterprise, Organization } from '../world/owners.ts'

/** The visibilities of an organization's secrets and runner groups: both take the same three words. */
export const ACCESS_VISIBILITIES = ['all', 'private', 'selected'] as const
export type AccessVisibility = (typeof ACCESS_VISIBILITIES)[number]

/**
 * The ids of a list, once each.
 * @throws Refusal 422, with nothing changed, when one is not a repository of the organization that the token sees.
 */
export function memberIds(call: Call, organization: Organization, ids: readonly number[]): Set<number> {
  for (const id of ids) {
    const repository = call.world.repositories.get(id)
    if (repository?.owner !== organization || !sees(call.token, repository)) {
      throw unprocessable(`The repository ${id} does not belong to ${organization.login}.`)
    }
  }
  return new Set(ids)
}

/** The same of an enterprise's list. @throws Refusal 422, with nothing changed, when one is no organization of it */
export function organizationIds(call: Call, enterprise: Enterprise, ids: readonly number[]): Set<number> {
  const own = new Set(organizationsOf(call.world, enterprise).map(({ id }) => id))
  for (const id of ids) {
    if (!own.has(id)) throw unprocessable(`The organization ${id} does not belong to ${enterprise.slug}.`)
  }
  return new Set(ids)
}
