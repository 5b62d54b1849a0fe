import type { FamilyWorld } from './world.ts'

/** FILL IN: cases of https://docs.github.com/rest/actions/permissions that a person would write. */
export const workflowPermissionsWorld: FamilyWorld = {
  since: { '': ['ghes-3.6', 'ghec'] },
  scopes: {
    enterprise: [
      {
        seed: {
          workflow_permissions: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
        },
        stages: [
          { workflow_permissions: { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true } },
          { workflow_permissions: { default_workflow_permissions: 'read' } },
        ],
      },
    ],
    organization: [
      {
        since: { '': [3, 5] },
        seed: {
          workflow_permissions: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
        },
        stages: [
          { workflow_permissions: { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true } },
          { workflow_permissions: { default_workflow_permissions: 'read' } },
        ],
      },
    ],
    repository: [
      {
        since: { '': [3, 6] },
        seed: {
          workflow_permissions: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
        },
        stages: [
          { workflow_permissions: { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true } },
          { workflow_permissions: { default_workflow_permissions: 'read' } },
        ],
      },
    ],
  },
}
