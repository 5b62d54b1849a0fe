import type { FamilyAt } from '../../core/family.ts'
import { scopeParams } from '../../core/scope.ts'
import { checkSelected, reachOf } from '../common/selected-access.ts'
import { readList } from '../common/selected-list.ts'
import { alignOrganization } from './align.ts'
import { checkActions, ORGANIZATION } from './check-actions.ts'
import type { Permissions, PermissionsRef } from './document.ts'
import { readPolicy } from './read.ts'
import { ENABLED, ROUTES } from './requests.ts'
import { writeOrganization } from './write-organization.ts'

const { get: GET, put, getActions, putActions } = ROUTES.organization

/** The policy of an organization, and the list of its repositories that may use Actions. */
export const organization: FamilyAt<'organization', Permissions, PermissionsRef> = {
  presence: GET,
  reads: [GET, ENABLED.read, getActions],
  writes: [put, ENABLED.replace, ENABLED.add, ENABLED.remove, putActions],
  async read(scope, get, known) {
    const params = scopeParams(scope)
    const answer = await get.one<Permissions>(GET, params)
    const isAsked = known.mentions('repositories') || known.mentions('enabled_repositories')
    const isRead = isAsked && answer.enabled_repositories === 'selected'
    const { spec, ref } = await readList(ENABLED, params, get, isRead)
    return [{ key: '', spec: { ...(await readPolicy(answer, ROUTES.organization, params, get, known)), ...spec }, ref }]
  },
  align: alignOrganization,
  check: (wanted, live, known) => [
    ...checkActions(wanted, live, known, ORGANIZATION),
    ...checkSelected(wanted, 'enabled_repositories', 'repositories'),
  ],
  reach: (spec, known) => reachOf(spec.enabled_repositories, spec.repositories, known),
  write: writeOrganization,
}
