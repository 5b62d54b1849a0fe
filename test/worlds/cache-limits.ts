import type { Body, FamilyWorld, WorldFault } from './world.ts'

const CLOUD = ['ghec', 'dotcom']
const limits = (cache_limits: Body): Body => ({ cache_limits })
const days = (max_cache_retention_days: number, max_cache_size_gb?: number): Body =>
  limits({ max_cache_retention_days, ...(max_cache_size_gb === undefined ? {} : { max_cache_size_gb }) })

/** GitHub answers so where an account has no way to pay for more than what is free. */
function unpaid(route: string): WorldFault {
  return {
    name: 'billing is not set up',
    since: CLOUD,
    stage: days(5, 6),
    answer: { method: 'GET', route, status: 402, body: { message: 'No valid payment method on file' } },
    code: 5,
    told: /could not be read/,
  }
}

/** https://docs.github.com/rest/actions/cache */
export const cacheLimitsWorld: FamilyWorld = {
  since: {
    '': ['ghes-3.5', ...CLOUD],
    max_cache_retention_days: CLOUD,
    max_cache_size_gb: CLOUD,
    repo_cache_size_limit_in_gb: ['ghes-3.5'],
    max_repo_cache_size_limit_in_gb: ['ghes-3.5'],
  },
  scopes: {
    enterprise: [
      {
        seed: {},
        stages: [
          limits({
            max_cache_retention_days: 30,
            max_cache_size_gb: 50,
            repo_cache_size_limit_in_gb: 15,
            max_repo_cache_size_limit_in_gb: 25,
          }),
          limits({ max_cache_retention_days: 14, max_repo_cache_size_limit_in_gb: 20 }),
          limits({ max_cache_size_gb: 20, repo_cache_size_limit_in_gb: 20 }),
        ],
        faults: [
          unpaid('/enterprises/{enterprise}/actions/cache/retention-limit'),
          {
            name: 'the default beyond the maximum',
            since: ['ghes-3.5'],
            stage: limits({ repo_cache_size_limit_in_gb: 30 }),
            code: 2,
            told: /repo_cache_size_limit_in_gb: 30 is more than max_repo_cache_size_limit_in_gb: 10/,
          },
        ],
      },
    ],
    organization: [
      {
        since: { '': CLOUD },
        seed: {},
        stages: [days(20, 30), days(5), limits({ max_cache_size_gb: 8 })],
        faults: [
          {
            name: 'it was lowered above meanwhile',
            stage: days(20),
            answer: {
              method: 'PUT',
              route: '/organizations/{org}/actions/cache/retention-limit',
              status: 400,
              body: { message: 'Bad Request' },
            },
            code: 1,
            told: /\b400 Bad Request/,
          },
        ],
      },
      {
        since: { '': ['ghec'] },
        above: days(14, 20),
        seed: days(30, 40),
        stages: [days(7, 10), days(14, 20)],
        faults: [
          {
            name: 'more than the enterprise has',
            stage: days(21, 20),
            code: 2,
            told: /max_cache_retention_days: 21 is more than the enterprise's 14 allows/,
          },
        ],
      },
    ],
    repository: [
      {
        above: days(60, 60),
        personal: true,
        seed: limits({ max_cache_retention_days: 9, max_cache_size_gb: 11, repo_cache_size_limit_in_gb: 9 }),
        stages: [
          limits({ max_cache_retention_days: 30, max_cache_size_gb: 50, repo_cache_size_limit_in_gb: 12 }),
          limits({ max_cache_retention_days: 3, max_cache_size_gb: 5, repo_cache_size_limit_in_gb: 4 }),
        ],
        faults: [
          unpaid('/repos/{owner}/{repo}/actions/cache/storage-limit'),
          {
            name: 'more than the organization has',
            since: CLOUD,
            owner: 'organization',
            stage: days(61),
            code: 2,
            told: /max_cache_retention_days: 61 is more than the organization's 60 allows/,
          },
        ],
      },
    ],
  },
}
