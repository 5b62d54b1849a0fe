export const FIELDS = {
  run_workflows_from_fork_pull_requests: { wider: [false, true] },
  send_write_tokens_to_workflows: { wider: [false, true] },
  send_secrets_and_variables: { wider: [false, true] },
  require_approval_for_fork_pr_workflows: { wider: [true, false] },
} as const

/** The fields that a level cannot enable while the one above disables them. Of the approval no page says such a thing. */
export const LIMITED = [
  'run_workflows_from_fork_pull_requests',
  'send_write_tokens_to_workflows',
  'send_secrets_and_variables',
] as const

/**
 * Shown as false they may be unset, and an enterprise that sets none forbids none: "If you don't enforce enterprise policies,
 * organization owners have full control". GitHub requires the first field alone.
 * https://docs.github.com/enterprise-cloud@latest/admin/enforcing-policies/enforcing-policies-for-your-enterprise/enforcing-policies-for-github-actions-in-your-enterprise
 */
export const UNSET = {
  send_write_tokens_to_workflows: false,
  send_secrets_and_variables: false,
  require_approval_for_fork_pr_workflows: false,
} as const
