import type { Body, FamilyWorld, WorldFault } from './world.ts'

const permissions = (word: 'read' | 'write', may?: boolean): Body => ({
  workflow_permissions: {
    default_workflow_permissions: word,
    ...(may === undefined ? {} : { can_approve_pull_request_reviews: may }),
  },
})
const OPEN = permissions('write', true)

/** Nobody can know the policy above beforehand: it changes between plan and apply, or may not be read. */
function changedAbove(route: string, stage = OPEN): WorldFault {
  return {
    name: 'a policy that came in between',
    stage,
    answer: { method: 'PUT', route, status: 409 },
    code: 1,
    told: /\b409\b.*the level above holds it by policy/,
  }
}

function unreadable(route: string): WorldFault {
  return {
    name: 'it may not be read',
    stage: OPEN,
    answer: { method: 'GET', route, status: 403, body: { message: 'Resource not accessible by integration' } },
    code: 5,
    told: /could not be read/,
  }
}

const ENTERPRISE = '/enterprises/{enterprise}/actions/permissions/workflow'
const ORGANIZATION = '/orgs/{org}/actions/permissions/workflow'
const REPOSITORY = '/repos/{owner}/{repo}/actions/permissions/workflow'

/** https://docs.github.com/rest/actions/permissions */
export const workflowPermissionsWorld: FamilyWorld = {
  since: {},
  scopes: {
    enterprise: [
      {
        since: { '': ['ghes-3.6', 'ghec'] },
        seed: {},
        stages: [OPEN, permissions('read'), { workflow_permissions: { can_approve_pull_request_reviews: false } }],
        faults: [unreadable(ENTERPRISE)],
      },
    ],
    organization: [
      {
        since: { '': [3, 5] },
        seed: permissions('read', false),
        stages: [OPEN, permissions('read'), permissions('write', false)],
        faults: [unreadable(ORGANIZATION), changedAbove(ORGANIZATION)],
      },
      {
        since: { '': [3, 5] },
        above: permissions('write', false),
        seed: permissions('read', true),
        stages: [permissions('write'), permissions('read', false)],
        faults: [
          {
            name: 'the enterprise does not allow it',
            since: [3, 6],
            stage: permissions('write', true),
            code: 2,
            told: /can_approve_pull_request_reviews: true is more than the enterprise's false allows/,
          },
        ],
      },
    ],
    repository: [
      {
        since: { '': [3, 6] },
        above: OPEN,
        personal: true,
        seed: permissions('write'),
        stages: [permissions('read'), permissions('write', true), permissions('read', false)],
        faults: [changedAbove(REPOSITORY, permissions('read', false))],
      },
      {
        since: { '': [3, 6] },
        seed: permissions('write'),
        above: permissions('read', true),
        stages: [permissions('read', false), { workflow_permissions: { can_approve_pull_request_reviews: true } }],
        faults: [
          {
            name: 'the organization does not allow it',
            stage: permissions('write', false),
            code: 2,
            told: /default_workflow_permissions: write is more than the organization's read allows/,
          },
        ],
      },
    ],
  },
}
