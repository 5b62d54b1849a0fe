import type { FamilyWorld } from './world.ts'

const FAMILY = 'fork_pr_workflows_private_repos'

const settings = (runs: boolean, tokens: boolean, secrets: boolean, approval: boolean) => ({
  [FAMILY]: {
    run_workflows_from_fork_pull_requests: runs,
    send_write_tokens_to_workflows: tokens,
    send_secrets_and_variables: secrets,
    require_approval_for_fork_pr_workflows: approval,
  },
})

const open = settings(true, true, true, false)

/** https://docs.github.com/rest/actions/permissions: workflows of forks run, with and without secrets and approval. */
export const forkPrWorkflowsPrivateReposWorld: FamilyWorld = {
  since: { '': ['ghes-3.19', 'ghec'] },
  scopes: {
    enterprise: [
      {
        seed: {},
        stages: [
          settings(true, false, false, true),
          // The others keep their values.
          { [FAMILY]: { send_secrets_and_variables: true } },
          { [FAMILY]: { run_workflows_from_fork_pull_requests: false } },
        ],
      },
    ],
    organization: [
      {
        since: { '': [3, 19] },
        seed: open,
        stages: [
          settings(true, false, false, true),
          { [FAMILY]: { send_write_tokens_to_workflows: true, require_approval_for_fork_pr_workflows: false } },
        ],
      },
    ],
    repository: [
      {
        since: { '': [3, 19] },
        // What the organization disables stays so; the rest is the repository's.
        above: settings(true, true, false, false),
        seed: { visibility: 'private', ...settings(true, true, false, false) },
        stages: [
          { [FAMILY]: { send_write_tokens_to_workflows: false, require_approval_for_fork_pr_workflows: true } },
          { [FAMILY]: { send_write_tokens_to_workflows: true } },
        ],
      },
      {
        since: { '': [3, 19] },
        // Of its own it has none, and those of the organization until then.
        above: open,
        seed: { visibility: 'private' },
        stages: [settings(true, false, true, false), { [FAMILY]: { run_workflows_from_fork_pull_requests: false } }],
      },
    ],
  },
}
