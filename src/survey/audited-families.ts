import type { NameField } from './audit-events.ts'

const OF_SECRETS = ['create_actions_secret', 'update_actions_secret', 'remove_actions_secret'] as const
const OF_OTHER_SECRETS = [
  'create_integration_secret',
  'update_integration_secret',
  'remove_integration_secret',
] as const
const OF_VARIABLES = ['create_actions_variable', 'update_actions_variable', 'remove_actions_variable'] as const
const OF_ENVIRONMENTS = [
  'environment.create',
  'environment.delete',
  'environment.update_protection_rule',
  'environment.add_protection_rule',
  'environment.remove_protection_rule',
] as const

/** The events that the audit log has for changes of a family. */
export interface AuditedFamily {
  /** Actions, without their category where that is the level's. */
  readonly actions: readonly string[]
  /** Of a family with members, the fields that may name one; the empty list where GitHub documents none. */
  readonly names?: readonly NameField[]
}

// The name that stands in `name` is the enterprise's in events of one.
const BY_KEY: readonly NameField[] = ['key']

/**
 * The families of which the audit log tells; GitHub documents no event of others, such as the claims of OIDC.
 * https://docs.github.com/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
 */
export const AUDITED: Readonly<Record<string, AuditedFamily>> = {
  permissions: { actions: ['update_actions_settings'] },
  workflow_permissions: {
    actions: ['set_default_workflow_permissions', 'set_workflow_permission_can_approve_pr'],
  },
  workflow_access: { actions: ['update_actions_access_settings'] },
  artifact_and_log_retention: { actions: ['set_actions_retention_limit'] },
  fork_pr_contributor_approval: { actions: ['set_actions_fork_pr_approvals_policy'] },
  fork_pr_workflows_private_repos: {
    actions: ['set_fork_pr_workflows_policy', 'set_actions_private_fork_pr_approvals_policy'],
  },
  self_hosted_runners: { actions: ['update_repo_self_hosted_runners_policy'] },
  cache_limits: { actions: ['set_actions_cache_retention_policy', 'set_actions_cache_storage_policy'] },
  secrets: { actions: OF_SECRETS, names: BY_KEY },
  dependabot_secrets: { actions: OF_OTHER_SECRETS, names: BY_KEY },
  codespaces_secrets: { actions: OF_OTHER_SECRETS, names: BY_KEY },
  agents_secrets: { actions: OF_OTHER_SECRETS, names: BY_KEY },
  variables: { actions: OF_VARIABLES, names: BY_KEY },
  agents_variables: { actions: OF_VARIABLES, names: BY_KEY },
  environments: { actions: OF_ENVIRONMENTS, names: ['environment_name', 'name'] },
  // Its `name` is what the workflow calls itself, not its file.
  workflows: { actions: ['workflows.disable_workflow', 'workflows.enable_workflow'], names: [] },
  runners: { actions: ['register_self_hosted_runner', 'remove_self_hosted_runner'], names: [] },
  hosted_runners: {
    actions: ['github_hosted_runner.create', 'github_hosted_runner.update', 'github_hosted_runner.destroy'],
    names: [],
  },
  runner_groups: {
    actions: [
      'runner_group_created',
      'runner_group_removed',
      'runner_group_updated',
      'runner_group_renamed',
      'runner_group_visiblity_updated',
      'runner_group_runners_added',
      'runner_group_runners_updated',
      'runner_group_runner_removed',
    ],
    names: ['runner_group_name'],
  },
}
