import type { FamilyWorld } from './world.ts'

const policy = (approval_policy: string) => ({ fork_pr_contributor_approval: { approval_policy } })

/** https://docs.github.com/rest/actions/permissions: from the loosest policy to the strictest and halfway back. */
export const forkPrContributorApprovalWorld: FamilyWorld = {
  since: { '': ['ghes-3.19', 'ghec'] },
  scopes: {
    enterprise: [
      {
        seed: policy('first_time_contributors_new_to_github'),
        stages: [policy('all_external_contributors'), policy('first_time_contributors')],
      },
    ],
    organization: [
      {
        since: { '': [3, 19] },
        // GitHub's default, first_time_contributors.
        seed: {},
        stages: [policy('all_external_contributors'), policy('first_time_contributors_new_to_github')],
      },
    ],
    repository: [
      {
        since: { '': [3, 19] },
        seed: { visibility: 'public', ...policy('first_time_contributors_new_to_github') },
        stages: [policy('first_time_contributors'), policy('all_external_contributors')],
      },
      {
        // Of its own it has none, and that of the organization until then.
        since: { '': [3, 19] },
        above: policy('all_external_contributors'),
        seed: {},
        stages: [policy('first_time_contributors')],
      },
    ],
  },
}
