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

/**
 * The actions that the audit log has for changes of a family, without their category where that is the level's.
 * https://docs.github.com/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
 */
export const AUDITED: Readonly<Record<string, readonly string[]>> = {
  permissions: ['update_actions_settings'],
  workflow_permissions: ['set_default_workflow_permissions', 'set_workflow_permission_can_approve_pr'],
  workflow_access: ['update_actions_access_settings'],
  artifact_and_log_retention: ['set_actions_retention_limit'],
  fork_pr_contributor_approval: ['set_actions_fork_pr_approvals_policy'],
  fork_pr_workflows_private_repos: ['set_fork_pr_workflows_policy', 'set_actions_private_fork_pr_approvals_policy'],
  self_hosted_runners: ['update_actions_settings'],
  cache_limits: ['set_actions_cache_retention_policy', 'set_actions_cache_storage_policy'],
  secrets: OF_SECRETS,
  dependabot_secrets: OF_OTHER_SECRETS,
  codespaces_secrets: OF_OTHER_SECRETS,
  agents_secrets: OF_OTHER_SECRETS,
  variables: OF_VARIABLES,
  agents_variables: OF_VARIABLES,
  environments: OF_ENVIRONMENTS,
  workflows: ['workflows.disable_workflow', 'workflows.enable_workflow'],
  runners: ['register_self_hosted_runner', 'remove_self_hosted_runner'],
  runner_groups: [
    'runner_group_created',
    'runner_group_removed',
    'runner_group_updated',
    'runner_group_renamed',
    'runner_group_visiblity_updated',
    'runner_group_runners_added',
    'runner_group_runners_updated',
    'runner_group_runner_removed',
  ],
}

/** The families whose events name their member. */
export const NAMED: ReadonlySet<string> = new Set([
  'secrets',
  'dependabot_secrets',
  'codespaces_secrets',
  'agents_secrets',
  'variables',
  'agents_variables',
  'runner_groups',
])
