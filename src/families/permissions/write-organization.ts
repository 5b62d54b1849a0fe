import { closedFirst } from './below-enterprise.ts'
import type { PermissionsEdit, PermissionsSend } from './requests.ts'
import { closing, writeOwner } from './write-owner.ts'

/** The requests that change an organization's policy, where its enterprise is about to bring its own settings to light, too. */
export function writeOrganization(edit: PermissionsEdit<'organization'>): readonly PermissionsSend[] {
  const sends = writeOwner(edit)
  const first = sends.length > 0 ? closedFirst(edit) : undefined
  return first ? [...closing([first], edit), ...sends] : sends
}
