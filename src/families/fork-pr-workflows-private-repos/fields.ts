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
