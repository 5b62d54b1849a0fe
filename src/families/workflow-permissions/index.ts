import { settingsOf } from '../common/settings-of.ts'

/**
 * The permissions of the `GITHUB_TOKEN` of a workflow that does not state them.
 * https://docs.github.com/rest/actions/permissions#get-default-workflow-permissions-for-an-organization
 */
export const workflowPermissions = settingsOf('workflow_permissions', {
  fields: {
    default_workflow_permissions: { wider: ['read', 'write'] },
    can_approve_pull_request_reviews: { wider: [false, true] },
  },
  levels: {
    enterprise: { path: '/enterprises/{enterprise}/actions/permissions/workflow' },
    organization: { path: '/orgs/{org}/actions/permissions/workflow' },
    repository: { path: '/repos/{owner}/{repo}/actions/permissions/workflow' },
  },
})
