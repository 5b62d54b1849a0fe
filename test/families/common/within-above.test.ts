import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../../src/families/common/settings-of.ts'
import { planAndApply } from '../../support/answering.ts'

const subject = settingsOf('workflow_permissions', {
  fields: {
    default_workflow_permissions: { wider: ['read', 'write'] },
    can_approve_pull_request_reviews: { wider: [false, true] },
  },
  within: ['default_workflow_permissions', 'can_approve_pull_request_reviews'],
  levels: {
    enterprise: { path: '/enterprises/{enterprise}/actions/permissions/workflow' },
    organization: { path: '/orgs/{org}/actions/permissions/workflow' },
    repository: { path: '/repos/{owner}/{repo}/actions/permissions/workflow' },
  },
})
const [ENTERPRISE, ORGANIZATION, REPOSITORY] = [
  '/enterprises/inc/actions/permissions/workflow',
  '/orgs/acme/actions/permissions/workflow',
  '/repos/acme/web/actions/permissions/workflow',
]

function answers(enterprise: string, organization: string, repository: string): Readonly<Record<string, unknown>> {
  const answer = (word: string) => ({ default_workflow_permissions: word, can_approve_pull_request_reviews: false })
  return {
    [ENTERPRISE]: answer(enterprise),
    [ORGANIZATION]: answer(organization),
    [REPOSITORY]: answer(repository),
  }
}

const permissions = (word: string): string => `workflow_permissions: { default_workflow_permissions: ${word} }`
const repository = (word: string, own = ''): string =>
  `organizations: { acme: { ${own}repositories: { web: { ${permissions(word)} } } } }`

describe('a wish that the level above does not admit', () => {
  it('is held back where that is only on GitHub, which is read once', async () => {
    const ran = await planAndApply(subject, repository('write'), answers('write', 'read', 'read'))
    expect(ran).toMatchObject({
      reads: [`GET ${ORGANIZATION}`, `GET ${REPOSITORY}`],
      changes: [],
      heldBack: [
        "repos/acme/web/workflow_permissions default_workflow_permissions: default_workflow_permissions: write is more than the organization's read allows",
      ],
    })
  })

  it('is an error where the YAML has both', async () => {
    const yaml = repository('write', `${permissions('read')}, `)
    const { told, changes } = await planAndApply(subject, yaml, answers('write', 'write', 'read'))
    expect(told).toEqual([
      "octoform.yaml:2:135: error: default_workflow_permissions: write is more than the organization's read allows: see octoform.yaml:2:50",
    ])
    expect(changes).toEqual(['update orgs/acme/workflow_permissions'])
  })

  it('of an organization is compared with its enterprise', async () => {
    const yaml = `enterprises: { inc: { organizations: { acme: { ${permissions('write')} } } } }`
    const { heldBack } = await planAndApply(subject, yaml, answers('read', 'read', 'read'))
    expect(heldBack).toEqual([expect.stringContaining("is more than the enterprise's read allows")])
  })

  it('goes after the level above where this run changes that', async () => {
    const yaml = repository('write', `${permissions('write')}, `)
    const { requests, changes } = await planAndApply(subject, yaml, answers('write', 'read', 'read'))
    expect(changes).toHaveLength(2)
    expect(requests.filter(([request]) => request.startsWith('PUT'))).toEqual([
      [`PUT ${ORGANIZATION}`, { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false }],
      [`PUT ${REPOSITORY}`, { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false }],
    ])
  })
})

it('the narrowest value needs no look at the level above', async () => {
  const { reads } = await planAndApply(subject, repository('read'), answers('write', 'write', 'write'))
  expect(reads).toEqual([`GET ${REPOSITORY}`])
})

describe('where the level above opens, the own setting that it hid', () => {
  it('is closed first, though GitHub seems to have it', async () => {
    const yaml = repository('read', `${permissions('write')}, `)
    const { requests, changes } = await planAndApply(subject, yaml, answers('write', 'read', 'read'))
    expect(changes).toEqual([
      'update orgs/acme/workflow_permissions, widens default_workflow_permissions',
      'update repos/acme/web/workflow_permissions',
    ])
    expect(requests.map(([request]) => request)).toEqual([
      `GET ${REPOSITORY}`,
      `PUT ${REPOSITORY}`,
      `GET ${ORGANIZATION}`,
      `PUT ${ORGANIZATION}`,
    ])
  })

  it('is closed apart from what the same document opens', async () => {
    const both = (word: string, may: boolean): string =>
      `workflow_permissions: { default_workflow_permissions: ${word}, can_approve_pull_request_reviews: ${may} }`
    const yaml = `organizations: { acme: { ${both('write', true)}, repositories: { web: { ${both('read', true)} } } } }`
    const { requests } = await planAndApply(subject, yaml, answers('write', 'read', 'read'))
    expect(requests.filter(([request]) => request.startsWith('PUT'))).toEqual([
      [`PUT ${REPOSITORY}`, { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }],
      [`PUT ${ORGANIZATION}`, { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true }],
      [`PUT ${REPOSITORY}`, { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true }],
    ])
  })

  it('of an organization is closed before its enterprise opens', async () => {
    const yaml = `enterprises: { inc: { ${permissions('write')}, organizations: { acme: { ${permissions('read')} } } } }`
    const { requests } = await planAndApply(subject, yaml, answers('read', 'read', 'read'))
    expect(requests.filter(([request]) => request.startsWith('PUT')).map(([request]) => request)).toEqual([
      `PUT ${ORGANIZATION}`,
      `PUT ${ENTERPRISE}`,
    ])
  })
})

it('numbers are bounded by size', async () => {
  const days = settingsOf('cache_limits', {
    fields: { max_cache_retention_days: { wider: 'never' } },
    within: ['max_cache_retention_days'],
    levels: {
      organization: { path: '/organizations/{org}/actions/cache/retention-limit' },
      repository: { path: '/repos/{owner}/{repo}/actions/cache/retention-limit' },
    },
  })
  const { heldBack } = await planAndApply(
    days,
    'organizations: { acme: { repositories: { web: { cache_limits: { max_cache_retention_days: 30 } } } } }',
    {
      '/organizations/acme/actions/cache/retention-limit': { max_cache_retention_days: 14 },
      '/repos/acme/web/actions/cache/retention-limit': { max_cache_retention_days: 7 },
    },
  )
  expect(heldBack).toEqual([
    expect.stringContaining("max_cache_retention_days: 30 is more than the organization's 14 allows"),
  ])
})
