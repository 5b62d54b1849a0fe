import type { FamilyWorld } from './world.ts'

/** https://docs.github.com/rest/actions/permissions */
export const selfHostedRunnersWorld: FamilyWorld = {
  since: { '': ['ghes-3.19', 'ghec'] },
  scopes: {
    enterprise: [
      {
        seed: { self_hosted_runners: { disable_self_hosted_runners_for_all_orgs: false } },
        stages: [
          { self_hosted_runners: { disable_self_hosted_runners_for_all_orgs: true } },
          { self_hosted_runners: { disable_self_hosted_runners_for_all_orgs: false } },
        ],
      },
    ],
    organization: [
      {
        since: { '': [3, 19] },
        seed: { self_hosted_runners: { enabled_repositories: 'all', repositories: ['api'] } },
        stages: [
          { self_hosted_runners: { repositories: ['web', 'service-*', '!service-old', { topic: 'java' }] } },
          { self_hosted_runners: { add_repositories: ['a-fork'], remove_repositories: ['web'] } },
          { self_hosted_runners: { enabled_repositories: 'none' } },
          { self_hosted_runners: { enabled_repositories: 'selected', repositories: ['service-old'] } },
          { self_hosted_runners: { repositories: [] } },
          { self_hosted_runners: { enabled_repositories: 'all' } },
        ],
      },
      {
        since: { '': ['ghes-3.19', 'ghec'] },
        above: { self_hosted_runners: { disable_self_hosted_runners_for_all_orgs: false } },
        seed: { self_hosted_runners: { enabled_repositories: 'all' } },
        stages: [
          { self_hosted_runners: { enabled_repositories: 'none' } },
          { self_hosted_runners: { enabled_repositories: 'all' } },
        ],
      },
    ],
  },
}
