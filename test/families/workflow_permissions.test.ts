import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { workflowPermissions } from '../../src/families/workflow-permissions/index.ts'
import { requestsAt, type Written } from '../support/family-case.ts'

const family = families.find((each) => each.name === 'workflow_permissions') ?? expect.unreachable()

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['default_workflow_permissions', 'read', 'write', true],
    ['can_approve_pull_request_reviews', false, true, true],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(workflowPermissions, field), before, after)).toBe(wider)
  })
})

describe('changes as requests', () => {
  it.each<[string, Scope, Document | undefined, Document, Written[]]>([
    [
      'of the enterprise',
      { type: 'enterprise', enterprise: 'inc' },
      { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
      { default_workflow_permissions: 'write' },
      [
        [
          'PUT /enterprises/inc/actions/permissions/workflow',
          { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false },
        ],
      ],
    ],
    [
      'of the organization',
      { type: 'organization', org: 'acme' },
      { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
      { default_workflow_permissions: 'write' },
      [
        [
          'PUT /orgs/acme/actions/permissions/workflow',
          { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false },
        ],
      ],
    ],
    [
      'of the repository',
      { type: 'repository', owner: 'acme', repo: 'web' },
      { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
      { default_workflow_permissions: 'write' },
      [
        [
          'PUT /repos/acme/web/actions/permissions/workflow',
          { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false },
        ],
      ],
    ],
  ])('%s', (_, scope, live, wants, expected) => {
    const asked = { key: '', wants, ...(live ? { live } : {}) }
    expect(requestsAt({ family, scope }, asked)).toEqual(expected)
  })
})
