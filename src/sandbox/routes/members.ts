import type { Call } from '../call.ts'
import { unprocessable } from '../errors.ts'
import type { Organization } from '../store.ts'

/**
 * The ids of a list, once each.
 * @throws Refusal 422, with nothing changed, when one is not a repository of the organization.
 */
export function memberIds(call: Call, organization: Organization, ids: readonly number[]): Set<number> {
  for (const id of ids) {
    if (call.world.repositories.get(id)?.owner !== organization) {
      throw unprocessable(`The repository ${id} does not belong to ${organization.login}.`)
    }
  }
  return new Set(ids)
}
