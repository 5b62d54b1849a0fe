import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { forkPrContributorApproval } from '../../src/families/fork-pr-contributor-approval/index.ts'
import { families } from '../../src/families/index.ts'
import { requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'fork_pr_contributor_approval') ?? expect.unreachable()

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['approval_policy', 'all_external_contributors', 'first_time_contributors', true],
    ['approval_policy', 'first_time_contributors', 'first_time_contributors_new_to_github', true],
    ['approval_policy', 'first_time_contributors', 'all_external_contributors', false],
    ['approval_policy', 'first_time_contributors_new_to_github', 'first_time_contributors', false],
    ['approval_policy', 'a_policy_of_tomorrow', 'all_external_contributors', true],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(forkPrContributorApproval, field), before, after)).toBe(wider)
  })
})

describe('changes as requests', () => {
  it.each<[string, Scope, Document | undefined, Document, Written[]]>([
    [
      'of the enterprise',
      { type: 'enterprise', enterprise: 'inc' },
      { approval_policy: 'first_time_contributors_new_to_github' },
      { approval_policy: 'first_time_contributors' },
      [
        [
          'PUT /enterprises/inc/actions/permissions/fork-pr-contributor-approval',
          { approval_policy: 'first_time_contributors' },
        ],
      ],
    ],
    [
      'of the organization',
      { type: 'organization', org: 'acme' },
      { approval_policy: 'first_time_contributors_new_to_github' },
      { approval_policy: 'first_time_contributors' },
      [
        [
          'PUT /orgs/acme/actions/permissions/fork-pr-contributor-approval',
          { approval_policy: 'first_time_contributors' },
        ],
      ],
    ],
    [
      'of the repository',
      { type: 'repository', owner: 'acme', repo: 'web' },
      { approval_policy: 'first_time_contributors_new_to_github' },
      { approval_policy: 'first_time_contributors' },
      [
        [
          'PUT /repos/acme/web/actions/permissions/fork-pr-contributor-approval',
          { approval_policy: 'first_time_contributors' },
        ],
      ],
    ],
  ])('%s', (_, scope, live, wants, expected) => {
    const asked = { key: '', wants, ...(live ? { live } : {}) }
    expect(requestsAt({ family, scope }, asked)).toEqual(expected)
  })
})

describe('with the level above', () => {
  const yaml = (above: string, own: string) => `
version: 1
organizations:
  acme:
    fork_pr_contributor_approval: { approval_policy: ${above} }
    repository_sets: [{ match: {}, fork_pr_contributor_approval: { approval_policy: ${own} } }]
`
  const SEED = { organizations: { acme: { repositories: { web: { visibility: 'public' }, api: {}, ml: {} } } } }

  it('a repository keeps a policy that it had from its organization, and no private one is asked', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {})
    await place.write('octoform.yaml', yaml('first_time_contributors_new_to_github', 'first_time_contributors'))
    const plan = await place.run(['plan'])
    expect(plan.stdout).toContain('GitHub has this setting for public repositories alone: nothing is planned here')
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([
      'PUT /repos/acme/web/actions/permissions/fork-pr-contributor-approval',
      'PUT /orgs/acme/actions/permissions/fork-pr-contributor-approval',
    ])
    expect((await place.run(['plan'])).stdout).toContain('No changes.')
    expect(sandbox.asked.filter(({ path }) => path.startsWith('/repos/acme/api'))).toEqual([])
  })

  it('an import leaves it out where GitHub has none', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {})
    const { code, stdout } = await place.run(['import', 'repos/acme/*', '--only', 'fork_pr_contributor_approval'])
    expect([code, parse(stdout)]).toEqual([
      0,
      {
        version: 1,
        organizations: {
          acme: {
            repositories: {
              api: {},
              ml: {},
              web: { fork_pr_contributor_approval: { approval_policy: 'first_time_contributors' } },
            },
          },
        },
      },
    ])
  })
})
