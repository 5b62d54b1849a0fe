import type { Consequence } from '../../core/consequence.ts'
import type { Edit } from '../../core/family.ts'
import type { Document } from '../../core/json.ts'
import { settingsOf } from '../common/settings-of.ts'
import { boundBy, checkOrganization, checkRepository, withoutEffect } from './check.ts'
import { FIELDS, UNSET } from './fields.ts'

/**
 * Workflow runs for pull requests from forks of private and internal repositories. A level has them from the level above
 * until they are set there, and cannot enable what that disables.
 * https://docs.github.com/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization#enabling-workflows-for-private-repository-forks
 */
export const forkPrWorkflowsPrivateRepos = settingsOf('fork_pr_workflows_private_repos', {
  fields: FIELDS,
  levels: {
    enterprise: {
      path: '/enterprises/{enterprise}/actions/permissions/fork-pr-workflows-private-repos',
      unset: UNSET,
      check: withoutEffect,
    },
    organization: {
      path: '/orgs/{org}/actions/permissions/fork-pr-workflows-private-repos',
      unset: UNSET,
      // "Forbidden - Fork PR workflow settings for private repositories are managed by the enterprise owner"
      heldAbove: 403,
      check: checkOrganization,
    },
    repository: {
      path: '/repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos',
      unset: UNSET,
      // 422 elsewhere, to the read as well: "Fork PR workflow settings is not allowed for public repositories."
      onlyOf: 'private',
      check: checkRepository,
    },
  },
  boundBy,
  fromAbove: true,
  consequences,
})

/** GitHub requires the first field in each request: unset so far, it holds the organizations from then on. */
function consequences({ scope, before, changed, given }: Edit<Document>): readonly Consequence[] {
  const field = 'run_workflows_from_fork_pull_requests'
  if (scope.type !== 'enterprise' || changed.size === 0 || given.has(field) || before?.[field] !== false) return []
  const message = `${field} is written as false, as GitHub shows it: no organization can enable it from then on`
  return [{ message, widens: false }]
}
