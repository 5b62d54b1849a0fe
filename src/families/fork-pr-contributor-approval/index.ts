import { settingsOf } from '../common/settings-of.ts'

/**
 * The people outside whose pull requests from forks run no workflow of a public repository until someone with write
 * access approves. A level has it from the level above until it is set there.
 * https://docs.github.com/actions/how-tos/manage-workflow-runs/approve-runs-from-forks
 */
export const forkPrContributorApproval = settingsOf('fork_pr_contributor_approval', {
  fields: {
    approval_policy: {
      wider: ['all_external_contributors', 'first_time_contributors', 'first_time_contributors_new_to_github'],
    },
  },
  levels: {
    enterprise: { path: '/enterprises/{enterprise}/actions/permissions/fork-pr-contributor-approval' },
    organization: { path: '/orgs/{org}/actions/permissions/fork-pr-contributor-approval' },
    repository: {
      path: '/repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval',
      // 422 elsewhere, to the read as well: https://github.com/eclipse-csi/otterdog/issues/635
      onlyOf: 'public',
    },
  },
  fromAbove: true,
})
