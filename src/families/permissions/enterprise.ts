import type { FamilyAt } from '../../core/family.ts'
import { checkSelected, reachOf } from '../common/selected-access.ts'
import { alignOwner } from './align.ts'
import { checkActions, ENTERPRISE } from './check-actions.ts'
import { checkOrganizations } from './check-below.ts'
import type { Permissions, PermissionsRef } from './document.ts'
import { readOwner } from './read.ts'
import { CHOICES, ROUTES } from './requests.ts'
import { writeOwner } from './write-owner.ts'

const { get: GET, put, getActions, putActions } = ROUTES.enterprise
const { main, list } = CHOICES.enterprise

/** The policy of an enterprise, and the list of its organizations that may use Actions. */
export const enterprise: FamilyAt<'enterprise', Permissions, PermissionsRef> = {
  presence: GET,
  reads: [GET, list.read, getActions],
  writes: [put, list.replace, list.add, list.remove, putActions],
  read: readOwner,
  align: alignOwner,
  check: (wanted, live, known) => [
    ...checkActions(wanted, live, known, ENTERPRISE),
    ...checkSelected(wanted, main, list.field),
    ...checkOrganizations(wanted, live, known),
  ],
  reach: (spec, known) => reachOf(spec[main], spec.organizations, known),
  write: writeOwner,
}
