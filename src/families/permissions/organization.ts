import type { FamilyAt } from '../../core/family.ts'
import { checkSelected, reachOf } from '../common/selected-access.ts'
import { alignOrganization } from './below-enterprise.ts'
import { checkActions, ORGANIZATION } from './check-actions.ts'
import { checkRepositories } from './check-below.ts'
import { checkOrganization } from './check-organization.ts'
import type { Permissions, PermissionsRef } from './document.ts'
import { isDictated } from './policy.ts'
import { readOwner } from './read.ts'
import { CHOICES, ROUTES } from './requests.ts'
import { writeOrganization } from './write-organization.ts'

const { get: GET, put, getActions, putActions } = ROUTES.organization
const { main, list } = CHOICES.organization

/** The policy of an organization, below that of its enterprise, and the list of its repositories that may use Actions. */
export const organization: FamilyAt<'organization', Permissions, PermissionsRef> = {
  presence: GET,
  reads: [GET, list.read, getActions],
  writes: [put, list.replace, list.add, list.remove, putActions],
  read: readOwner,
  align: alignOrganization,
  check: (wanted, live, known, scope) => [
    ...checkActions(wanted, live, known, ORGANIZATION),
    ...checkSelected(wanted, main, list.field),
    ...checkOrganization(wanted, known, scope),
    ...checkRepositories(wanted, live, known),
  ],
  reach: (spec, known) => reachOf(spec[main], spec.repositories, known),
  dictated: isDictated,
  write: writeOrganization,
}
