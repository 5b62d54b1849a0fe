import type { Consequence } from '../../core/consequence.ts'
import type { Edit } from '../../core/family.ts'
import { settingsOf } from '../common/settings-of.ts'
import { whereIn } from '../common/where-in.ts'

/**
 * The permissions of the `GITHUB_TOKEN` of a workflow that does not state them, and whether it may approve pull requests. No
 * level may allow what the level above does not.
 * https://docs.github.com/rest/actions/permissions#get-default-workflow-permissions-for-an-organization
 */
export const workflowPermissions = settingsOf('workflow_permissions', {
  fields: {
    default_workflow_permissions: { wider: ['read', 'write'] },
    can_approve_pull_request_reviews: { wider: [false, true] },
  },
  within: ['default_workflow_permissions', 'can_approve_pull_request_reviews'],
  consequences,
  levels: {
    enterprise: { path: '/enterprises/{enterprise}/actions/permissions/workflow' },
    organization: { path: '/orgs/{org}/actions/permissions/workflow' },
    repository: { path: '/repos/{owner}/{repo}/actions/permissions/workflow' },
  },
})

/** The workflows that gain something. */
function consequences(edit: Edit): readonly Consequence[] {
  const { after, changed } = edit
  const becomes = (field: string, value: unknown): boolean =>
    changed.has(field) && (after as Readonly<Record<string, unknown>> | undefined)?.[field] === value
  const where = whereIn(edit)
  return [
    ...(becomes('default_workflow_permissions', 'write')
      ? [{ message: `workflows ${where} that state no permissions get a token that can write`, widens: true }]
      : []),
    ...(becomes('can_approve_pull_request_reviews', true)
      ? [{ message: `workflows ${where} may create and approve pull requests`, widens: true }]
      : []),
  ]
}
