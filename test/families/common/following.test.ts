import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../../src/families/common/settings-of.ts'
import { planAndApply } from '../../support/answering.ts'

const approval = settingsOf('approval', {
  fields: { policy: { wider: ['strict', 'middle', 'loose'] }, other: { wider: [false, true] } },
  levels: {
    organization: { path: '/orgs/{org}/actions/permissions/workflow' },
    repository: { path: '/repos/{owner}/{repo}/actions/permissions/workflow' },
  },
  fromAbove: true,
})

const ORG = '/orgs/acme/actions/permissions/workflow'
const REPO = '/repos/acme/web/actions/permissions/workflow'
const put = (path: string, policy: string) => [`PUT ${path}`, { policy, other: false }]
const read = (path: string) => [`GET ${path}`]

/** The organization goes from one policy to another; the repository has one and is to have another. */
function plan([now, then]: readonly [string, string], [seen, wanted]: readonly [string, string]) {
  const yaml = `
organizations:
  acme:
    approval: { policy: ${then} }
    repositories: { web: { approval: { policy: ${wanted} } } }`
  return planAndApply(approval, yaml, {
    [ORG]: { policy: now, other: false },
    [REPO]: { policy: seen, other: false },
  })
}

describe('a repository whose value may be that of its organization', () => {
  it('is written where it is to stay, before the organization opens', async () => {
    const { requests, changes } = await plan(['middle', 'loose'], ['middle', 'middle'])
    expect(requests).toEqual([read(REPO), put(REPO, 'middle'), read(ORG), put(ORG, 'loose')])
    expect(changes.sort()).toEqual(['update orgs/acme/approval, widens policy', 'update repos/acme/web/approval'])
  })

  it('is written where it is to stay while the organization closes', async () => {
    const { requests, changes } = await plan(['middle', 'strict'], ['middle', 'middle'])
    expect(requests).toEqual([read(ORG), put(ORG, 'strict'), read(REPO), put(REPO, 'middle')])
    expect(changes.sort()).toEqual(['update orgs/acme/approval', 'update repos/acme/web/approval'])
  })

  it('narrows before the organization opens', async () => {
    const { requests } = await plan(['middle', 'loose'], ['middle', 'strict'])
    expect(requests).toEqual([read(REPO), put(REPO, 'strict'), read(ORG), put(ORG, 'loose')])
  })

  it('is never wider in between than it is to be', async () => {
    const { requests, changes } = await plan(['strict', 'loose'], ['strict', 'middle'])
    expect(requests).toEqual([
      ...[read(REPO), put(REPO, 'strict')],
      ...[read(ORG), put(ORG, 'loose')],
      ...[read(REPO), put(REPO, 'middle')],
    ])
    expect(changes.sort()).toEqual([
      'update orgs/acme/approval, widens policy',
      'update repos/acme/web/approval, widens policy',
    ])
  })

  it('opens as far as its organization', async () => {
    const { requests } = await plan(['strict', 'loose'], ['strict', 'loose'])
    expect(requests).toEqual([read(ORG), put(ORG, 'loose'), read(REPO), put(REPO, 'loose')])
  })
})

describe('nothing is written', () => {
  it.each([
    ['where the repository has another value than the organization', ['middle', 'loose'], ['strict', 'strict']],
    ['where the organization stays as it is', ['middle', 'middle'], ['middle', 'middle']],
  ] as const)('%s', async (_, organization, repository) => {
    const { changes } = await plan(organization, repository)
    expect(changes.filter((change) => change.includes('repos/'))).toEqual([])
  })
})

it('the organization waits for a repository that could not be closed', async () => {
  const { statuses } = await planAndApply(
    approval,
    `
organizations:
  acme:
    approval: { policy: loose }
    repositories: { web: { approval: { policy: middle } } }`,
    {
      [ORG]: { policy: 'middle', other: false },
      // The second reading, just before the write, fails.
      [REPO]: (nth: number) => (nth === 1 ? { policy: 'middle', other: false } : undefined),
    },
  )
  expect(statuses.sort()).toEqual(['orgs/acme/approval not tried', 'repos/acme/web/approval failed'])
})
