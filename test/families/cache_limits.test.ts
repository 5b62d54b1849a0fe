import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Document } from '../../src/core/json.ts'
import { fieldAt, leavesOf } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { cacheLimits } from '../../src/families/cache-limits/index.ts'
import { families } from '../../src/families/index.ts'
import { findingsAt, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'cache_limits') ?? expect.unreachable()
const INC: Scope = { type: 'enterprise', enterprise: 'inc' }
const ACME: Scope = { type: 'organization', org: 'acme' }
const WEB: Scope = { type: 'repository', owner: 'acme', repo: 'web' }

it('no limit gives access, in either direction', () => {
  for (const field of leavesOf(cacheLimits, 'enterprise')) {
    expect(isWider(fieldAt(cacheLimits, field), 7, 14)).toBe(false)
    expect(isWider(fieldAt(cacheLimits, field), 14, 7)).toBe(false)
    expect(isWider(fieldAt(cacheLimits, field), undefined, 7)).toBe(false)
  }
})

describe('changes as requests', () => {
  it.each<[string, Scope, Document, Document, Written[]]>([
    [
      'ghec',
      INC,
      { max_cache_retention_days: 7, max_cache_size_gb: 10 },
      { max_cache_retention_days: 14 },
      [['PUT /enterprises/inc/actions/cache/retention-limit', { max_cache_retention_days: 14 }]],
    ],
    [
      'ghes-3.5',
      INC,
      { repo_cache_size_limit_in_gb: 10, max_repo_cache_size_limit_in_gb: 15 },
      { max_repo_cache_size_limit_in_gb: 20 },
      [['PATCH /enterprises/inc/actions/cache/usage-policy', { max_repo_cache_size_limit_in_gb: 20 }]],
    ],
    [
      'dotcom',
      ACME,
      { max_cache_retention_days: 7, max_cache_size_gb: 10 },
      { max_cache_retention_days: 14, max_cache_size_gb: 20 },
      [
        ['PUT /organizations/acme/actions/cache/retention-limit', { max_cache_retention_days: 14 }],
        ['PUT /organizations/acme/actions/cache/storage-limit', { max_cache_size_gb: 20 }],
      ],
    ],
    [
      'ghec',
      WEB,
      { max_cache_retention_days: 7, max_cache_size_gb: 10 },
      { max_cache_size_gb: 5 },
      [['PUT /repos/acme/web/actions/cache/storage-limit', { max_cache_size_gb: 5 }]],
    ],
    [
      'ghes-3.19',
      WEB,
      { repo_cache_size_limit_in_gb: 10 },
      { repo_cache_size_limit_in_gb: 5 },
      [['PATCH /repos/acme/web/actions/cache/usage-policy', { repo_cache_size_limit_in_gb: 5 }]],
    ],
  ])('on %s, %j', (product, scope, live, wants, expected) => {
    expect(requestsAt({ family, scope, product }, { key: '', wants, live })).toEqual(expected)
  })
})

describe('on Enterprise Server the default of repositories is within the most that one may have', () => {
  const USUAL = 'repo_cache_size_limit_in_gb: 20 is more than max_repo_cache_size_limit_in_gb: 15'
  it.each<[Document, Document | undefined, string[]]>([
    [{ repo_cache_size_limit_in_gb: 15, max_repo_cache_size_limit_in_gb: 15 }, undefined, []],
    [
      { repo_cache_size_limit_in_gb: 20, max_repo_cache_size_limit_in_gb: 15 },
      undefined,
      [`error repo_cache_size_limit_in_gb: ${USUAL}`],
    ],
    [
      { repo_cache_size_limit_in_gb: 20 },
      { repo_cache_size_limit_in_gb: 10, max_repo_cache_size_limit_in_gb: 15 },
      [`held back repo_cache_size_limit_in_gb: ${USUAL}`],
    ],
    [
      { max_repo_cache_size_limit_in_gb: 15 },
      { repo_cache_size_limit_in_gb: 20, max_repo_cache_size_limit_in_gb: 25 },
      [`held back max_repo_cache_size_limit_in_gb: ${USUAL}`],
    ],
  ])('%j, with %j on GitHub', (wants, live, expected) => {
    const place = { family, scope: INC, product: 'ghes-3.19' }
    expect(findingsAt(place, { wants, ...(live ? { live } : {}) })).toEqual(expected)
  })
})

describe('an organization that allows more, above a repository that stays as it is', () => {
  const configuration = {
    version: 1,
    organizations: {
      acme: {
        cache_limits: { max_cache_size_gb: 50 },
        repositories: { web: { cache_limits: { max_cache_size_gb: 10 } } },
      },
    },
  }

  // GitHub shows the lower of both: whether a higher limit of the repository is behind it is not to be seen.
  it.each([{}, { max_cache_size_gb: 10 }, { max_cache_size_gb: 40 }])('whose own limits are %j', async (own) => {
    const web = { id: 101, cache_limits: own }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: { web } } } } })
    const place = await workplace(sandbox, { 'octoform.yaml': stringify(configuration) })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.run(['plan'])).stdout).toMatch(/^No changes\.$/m)
    const { body } = await sandbox.call('GET', '/repos/acme/web/actions/cache/storage-limit')
    expect(body).toEqual({ max_cache_size_gb: 10 })
  })
})
