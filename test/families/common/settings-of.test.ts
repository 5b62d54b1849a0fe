import { describe, expect, it } from 'vitest'
import type { Wanted } from '../../../src/core/family.ts'
import type { Finding } from '../../../src/core/finding.ts'
import { leavesOf } from '../../../src/core/leaves.ts'
import type { Live } from '../../../src/core/live.ts'
import { settingsOf } from '../../../src/families/common/settings-of.ts'
import { NONE_HERE, planAndApply } from '../../support/answering.ts'

const workflowPermissions = settingsOf('workflow_permissions', {
  fields: {
    default_workflow_permissions: { wider: ['read', 'write'] },
    can_approve_pull_request_reviews: { wider: [false, true] },
  },
  levels: {
    enterprise: { path: '/enterprises/{enterprise}/actions/permissions/workflow' },
    organization: { path: '/orgs/{org}/actions/permissions/workflow', method: 'PATCH' },
    repository: { path: '/repos/{owner}/{repo}/actions/permissions/workflow', method: 'PATCH' },
  },
})

it('has the fields, routes and levels of its table', () => {
  expect(leavesOf(workflowPermissions, 'organization')).toEqual([
    'default_workflow_permissions',
    'can_approve_pull_request_reviews',
  ])
  expect(workflowPermissions.scopes.repository).toMatchObject({
    reads: ['GET /repos/{owner}/{repo}/actions/permissions/workflow'],
    writes: ['PATCH /repos/{owner}/{repo}/actions/permissions/workflow'],
  })
  // @ts-expect-error an environment has no such settings
  expect(workflowPermissions.scopes.environment).toBeUndefined()
})

it('reads, compares and writes at each level that the YAML mentions', async () => {
  const read = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false, other: 1 }
  const { reads, changes, requests, told } = await planAndApply(
    workflowPermissions,
    `
enterprises: { inc: { workflow_permissions: { default_workflow_permissions: write, can_approve_pull_request_reviews: false } } }
organizations:
  acme:
    workflow_permissions: { can_approve_pull_request_reviews: true }
    repositories:
      web: { workflow_permissions: { default_workflow_permissions: read } }
      api: { workflow_permissions: { default_workflow_permissions: read } }
`,
    {
      '/enterprises/inc/actions/permissions/workflow': read,
      '/orgs/acme/actions/permissions/workflow': read,
      '/repos/acme/web/actions/permissions/workflow': { ...read, default_workflow_permissions: 'write' },
      '/repos/acme/api/actions/permissions/workflow': read,
    },
  )
  expect(told).toEqual([])
  expect([...reads].sort()).toEqual([
    'GET /enterprises/inc/actions/permissions/workflow',
    'GET /orgs/acme/actions/permissions/workflow',
    'GET /repos/acme/api/actions/permissions/workflow',
    'GET /repos/acme/web/actions/permissions/workflow',
  ])
  expect([...changes].sort()).toEqual([
    'update enterprises/inc/workflow_permissions, widens default_workflow_permissions',
    'update orgs/acme/workflow_permissions, widens can_approve_pull_request_reviews',
    'update repos/acme/web/workflow_permissions',
  ])
  // What narrows goes first; a PATCH brings only what differs.
  expect(requests).toEqual([
    ['PATCH /repos/acme/web/actions/permissions/workflow', { default_workflow_permissions: 'read' }],
    [
      'PUT /enterprises/inc/actions/permissions/workflow',
      { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false },
    ],
    ['PATCH /orgs/acme/actions/permissions/workflow', { can_approve_pull_request_reviews: true }],
  ])
})

it('changes nothing where GitHub has it all', async () => {
  const { changes, requests } = await planAndApply(
    workflowPermissions,
    'organizations: { acme: { workflow_permissions: { default_workflow_permissions: write } } }',
    { '/orgs/acme/actions/permissions/workflow': { default_workflow_permissions: 'write' } },
  )
  expect([changes, requests]).toEqual([[], []])
})

it('a document that cannot be read decides nothing', async () => {
  const { changes, notRead } = await planAndApply(
    workflowPermissions,
    'organizations: { acme: { workflow_permissions: { default_workflow_permissions: write } } }',
    {},
  )
  expect(changes).toEqual([])
  expect(notRead).toMatchObject([{ scope: 'orgs/acme' }])
})

it('a PUT takes the whole document: what the YAML leaves out is read again just before', async () => {
  const switches = settingsOf('switches', {
    fields: { enabled: { wider: [false, true] }, allowed_actions: { wider: ['local_only', 'all'] } },
    levels: { repository: { path: '/repos/{owner}/{repo}/actions/permissions' } },
  })
  const path = '/repos/acme/web/actions/permissions'
  const narrowed = (nth: number) => ({ enabled: true, allowed_actions: nth === 1 ? 'all' : 'local_only', url: path })
  const { requests } = await planAndApply(
    switches,
    'organizations: { acme: { repositories: { web: { switches: { enabled: false } } } } }',
    { [path]: narrowed },
  )
  expect(requests).toEqual([[`GET ${path}`], [`PUT ${path}`, { enabled: false, allowed_actions: 'local_only' }]])
})

describe('several documents at one level', () => {
  const limits = settingsOf('cache_limits', {
    fields: { max_cache_retention_days: { wider: 'never' }, max_cache_size_gb: { wider: 'never' } },
    levels: {
      organization: {
        documents: [
          {
            path: '/organizations/{org}/actions/cache/retention-limit',
            fields: ['max_cache_retention_days'],
          },
          { path: '/organizations/{org}/actions/cache/storage-limit', fields: ['max_cache_size_gb'] },
        ],
      },
    },
  })
  const RETENTION = '/organizations/acme/actions/cache/retention-limit'
  const STORAGE = '/organizations/acme/actions/cache/storage-limit'

  it.each([
    ['max_cache_size_gb: 9', [`GET ${STORAGE}`], [[`PUT ${STORAGE}`, { max_cache_size_gb: 9 }]]],
    [
      'max_cache_retention_days: 7, max_cache_size_gb: 9',
      [`GET ${RETENTION}`, `GET ${STORAGE}`],
      [
        [`PUT ${RETENTION}`, { max_cache_retention_days: 7 }],
        [`PUT ${STORAGE}`, { max_cache_size_gb: 9 }],
      ],
    ],
  ])('%s: only those that the YAML is about are asked and written', async (body, expected, writes) => {
    const { reads, requests } = await planAndApply(limits, `organizations: { acme: { cache_limits: { ${body} } } }`, {
      [RETENTION]: { max_cache_retention_days: 30 },
      [STORAGE]: { max_cache_size_gb: 10 },
    })
    expect(reads).toEqual(expected)
    expect(requests).toEqual(writes)
  })
})

it('a list in the order that counts stays as it is, one of names is sorted', async () => {
  const subject = settingsOf('subject', {
    fields: { include_claim_keys: { wider: () => true }, names: { list: 'names', wider: 'more' } },
    levels: { organization: { path: '/orgs/{org}/actions/oidc/customization/sub' } },
  })
  const path = '/orgs/acme/actions/oidc/customization/sub'
  const plan = (yaml: string) =>
    planAndApply(subject, `organizations: { acme: { subject: ${yaml} } }`, {
      [path]: { include_claim_keys: ['repo', 'context'], names: ['b', 'a', 'b'] },
    })
  expect((await plan('{ include_claim_keys: [repo, context], names: [a, b] }')).changes).toEqual([])
  const { requests } = await plan('{ include_claim_keys: [context, repo], names: [b, a] }')
  expect(requests).toEqual([[`PUT ${path}`, { include_claim_keys: ['context', 'repo'], names: ['a', 'b'] }]])
})

describe('what is special at a level', () => {
  interface Retention {
    readonly days?: number
  }
  const retention = settingsOf('artifact_and_log_retention', {
    fields: { days: { wider: 'never' } },
    levels: {
      organization: {
        path: '/orgs/{org}/actions/permissions/artifact-and-log-retention',
        facts: ['maximum_allowed_days'],
        check(wanted: Wanted<Retention>, live: Live<Retention, { maximum_allowed_days?: number }> | undefined) {
          const most = live?.ref.maximum_allowed_days ?? 400
          const { days = 0 } = wanted.spec
          const message = `days is ${days}, and GitHub takes at most ${most}`
          return days > most ? [{ severity: 'error', field: 'days', message } satisfies Finding] : []
        },
      },
    },
  })
  const plan = (days: number) =>
    planAndApply(retention, `organizations: { acme: { artifact_and_log_retention: { days: ${days} } } }`, {
      '/orgs/acme/actions/permissions/artifact-and-log-retention': { days: 30, maximum_allowed_days: 90 },
    })

  it('a check sees the further facts of the answer', async () => {
    const { told, requests } = await plan(91)
    expect(told).toEqual([expect.stringContaining('days is 91, and GitHub takes at most 90')])
    expect(requests).toEqual([])
  })

  it('and they are never sent', async () => {
    expect((await plan(90)).requests).toEqual([
      ['PUT /orgs/acme/actions/permissions/artifact-and-log-retention', { days: 90 }],
    ])
  })

  it.each([
    [true, ['GET /orgs/acme/closed']],
    [false, []],
  ])('what only some products show is read where they do: %j', async (isShown, expected) => {
    const closed = settingsOf('closed', {
      fields: { days: { wider: 'never' } },
      levels: {
        organization: {
          path: '/orgs/{org}/closed',
          unreadable: ({ returns }) => (returns('GET /orgs/{org}/closed', 'days') ? undefined : 'it leaves days out'),
        },
      },
    })
    const { reads, changes } = await planAndApply(
      closed,
      'organizations: { acme: { closed: { days: 3 } } }',
      { '/orgs/acme/closed': { days: 1 } },
      { has: () => true, accepts: () => true, returns: () => isShown },
    )
    expect([reads, changes]).toEqual([expected, ['update orgs/acme/closed']])
  })

  it('what GitHub shows nowhere is written without having been read', async () => {
    const issuer = settingsOf('oidc_issuer', {
      fields: { include_enterprise_slug: { wider: 'never' } },
      levels: {
        enterprise: {
          path: '/enterprises/{enterprise}/actions/oidc/customization/issuer',
          hidden: 'GitHub has no request that shows it',
        },
      },
    })
    expect(issuer.scopes.enterprise).toMatchObject({ reads: [] })
    const { reads, changes, requests } = await planAndApply(
      issuer,
      'enterprises: { inc: { oidc_issuer: { include_enterprise_slug: true } } }',
      {},
    )
    expect([reads, changes]).toEqual([[], ['update enterprises/inc/oidc_issuer']])
    const path = '/enterprises/inc/actions/oidc/customization/issuer'
    expect(requests).toEqual([[`PUT ${path}`, { include_enterprise_slug: true }]])
  })
})

describe('a setting that only some repositories have', () => {
  const PATH = '/repos/acme/web/actions/approval'
  const approvalOf = (onlyOf: 'public' | 'private') =>
    settingsOf('approval', {
      fields: { policy: { wider: ['strict', 'loose'] } },
      levels: { repository: { path: '/repos/{owner}/{repo}/actions/approval', onlyOf } },
    })
  const yaml = 'organizations: { acme: { repositories: { web: { approval: { policy: strict } } } } }'

  it.each([
    ['known by its visibility', 'public', { policy: 'loose' }, [], 'public repositories'],
    ['refused with 422', 'private', NONE_HERE, [`GET ${PATH}`], 'private and internal repositories'],
  ] as const)('%s: nothing is planned there, and that is told', async (_, onlyOf, answer, expected, whose) => {
    const { reads, told, changes, notRead } = await planAndApply(approvalOf(onlyOf), yaml, { [PATH]: answer })
    expect({ reads, changes, notRead }).toEqual({ reads: expected, changes: [], notRead: [] })
    expect(told).toEqual([
      expect.stringContaining(`warning: GitHub has this setting for ${whose} alone: nothing is planned here`),
    ])
  })

  it('is planned where GitHub shows it', async () => {
    const { changes, told } = await planAndApply(approvalOf('private'), yaml, { [PATH]: { policy: 'loose' } })
    expect([changes, told]).toEqual([['update repos/acme/web/approval'], []])
  })
})
