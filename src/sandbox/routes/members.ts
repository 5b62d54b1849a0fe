import type { Call } from '../call.ts'
import { unprocessable } from '../errors.ts'
import type { Organization } from '../store.ts'
import { sees } from '../visibility.ts'

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
