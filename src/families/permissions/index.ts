import type { Family } from '../../core/family.ts'
import type { Permissions, PermissionsRef } from './document.ts'
import { enterprise } from './enterprise.ts'
import { fields } from './fields.ts'
import { organization } from './organization.ts'
import { passes } from './passes.ts'
import { boundBy } from './policy.ts'
import { repository } from './repository.ts'

/** https://docs.github.com/rest/actions/permissions */
export const permissions = {
  name: 'permissions',
  shape: 'settings',
  fields,
  fold: () => '',
  needs: [{ family: 'permissions', from: 'above' }],
  listed: ({ repositories, organizations }) => ({ ...repositories, ...organizations }),
  vital: true,
  boundBy,
  passes,
  scopes: { enterprise, organization, repository },
} satisfies Family<Permissions, PermissionsRef>
