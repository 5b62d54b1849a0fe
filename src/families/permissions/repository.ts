import type { FamilyAt } from '../../core/family.ts'
import { scopeParams } from '../../core/scope.ts'
import { reached } from '../common/selected-access.ts'
import { settingsAbove } from '../common/settings-above.ts'
import { alignRepository } from './align.ts'
import { checkRepository } from './check-repository.ts'
import type { Permissions, PermissionsRef } from './document.ts'
import { policyNext } from './policy.ts'
import { readPolicy } from './read.ts'
import { ROUTES } from './requests.ts'
import { writeRepository } from './write-repository.ts'

const { get: GET, put, getActions, putActions } = ROUTES.repository

/** The policy of a repository, below that of its organization. */
export const repository: FamilyAt<'repository', Permissions, PermissionsRef> = {
  presence: GET,
  reads: [GET, getActions],
  writes: [put, putActions],
  async read(scope, get, known) {
    const params = scopeParams(scope)
    const answer = await get.one<Permissions>(GET, params)
    const spec = await readPolicy(answer, ROUTES.repository, params, get, known)
    return [{ key: '', spec, ref: {} }]
  },
  align: alignRepository,
  check: checkRepository,
  reach: (spec, known, { repo }) => (spec.enabled === false ? [] : reached([repo], known)),
  // A list above holds in every repository, in place of its own.
  dictated: (field, known) =>
    field === 'allowed_actions' && policyNext(settingsAbove(known, 'permissions')).allowed_actions === 'selected',
  write: writeRepository,
}
