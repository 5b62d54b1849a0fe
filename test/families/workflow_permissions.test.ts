import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { workflowPermissions } from '../../src/families/workflow-permissions/index.ts'
import { planAt, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'workflow_permissions') ?? expect.unreachable()

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['default_workflow_permissions', 'read', 'write', true],
    ['default_workflow_permissions', 'write', 'read', false],
    ['can_approve_pull_request_reviews', false, true, true],
    ['can_approve_pull_request_reviews', true, false, false],
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

describe('who gains by a change', () => {
  const closed = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }
  const TOKEN = 'that state no permissions get a token that can write'
  const APPROVE = 'may create and approve pull requests'

  it.each<[Scope, Document, string[]]>([
    [
      { type: 'enterprise', enterprise: 'inc' },
      { default_workflow_permissions: 'write' },
      [`workflows in every repository of the enterprise inc that its organizations leave to it ${TOKEN}`],
    ],
    [
      { type: 'organization', org: 'acme' },
      { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true },
      [
        `workflows in every repository of acme that is not stricter itself ${TOKEN}`,
        `workflows in every repository of acme that is not stricter itself ${APPROVE}`,
      ],
    ],
    [
      { type: 'repository', owner: 'acme', repo: 'web' },
      { can_approve_pull_request_reviews: true },
      [`workflows in this public repository ${APPROVE}`],
    ],
    [
      { type: 'repository', owner: 'acme', repo: 'api' },
      { can_approve_pull_request_reviews: true },
      [`workflows in this repository ${APPROVE}`],
    ],
  ])('%j, %j', (scope, wants, expected) => {
    const { work } = planAt({ family, scope }, { key: '', wants, live: closed })
    expect(work?.change.consequences).toEqual(expected.map((message) => ({ message, widens: true })))
  })

  it('is nobody where it narrows', () => {
    const live = { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true }
    const { work } = planAt({ family }, { key: '', wants: closed, live })
    expect(work?.change).toMatchObject({ consequences: [], widens: [] })
  })
})

describe('an organization that opens, above a repository that stays closed', () => {
  const configuration = {
    version: 1,
    organizations: {
      acme: {
        workflow_permissions: { default_workflow_permissions: 'write' },
        repositories: { web: { workflow_permissions: { default_workflow_permissions: 'read' } } },
      },
    },
  }

  // GitHub shows the stricter of both: whether a looser setting of the repository is behind it is not to be seen.
  it.each(['read', 'write'])('whose own setting is %s', async (own) => {
    const web = { id: 101, workflow_permissions: { default_workflow_permissions: own } }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: { web } } } } })
    const place = await workplace(sandbox, { 'octoform.yaml': stringify(configuration) })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([
      'PUT /repos/acme/web/actions/permissions/workflow',
      'PUT /orgs/acme/actions/permissions/workflow',
    ])
    const { stdout } = await place.run(['plan'])
    expect(stdout).toMatch(/^No changes\.$/m)
  })
})
