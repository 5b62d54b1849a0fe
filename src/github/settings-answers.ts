import type { AnswerTable } from './answer-row.ts'
import { ORGANIZATIONS, REPOSITORIES } from './common-answers.ts'
import type { Fields, Type } from './shape.ts'

const ALLOWED: Type = ['all', 'local_only', 'selected']
// Some descriptions call fields optional from GHES 3.13 on; earlier ones require them, and every release sends them.
const SELECTED_ACTIONS: Fields = {
  github_owned_allowed: 'boolean',
  'verified_allowed?': 'boolean',
  patterns_allowed: { list: 'text' },
}
const FORK_APPROVAL = {
  fields: {
    approval_policy: ['first_time_contributors_new_to_github', 'first_time_contributors', 'all_external_contributors'],
  },
} as const
const FORK_WORKFLOWS = {
  fields: {
    run_workflows_from_fork_pull_requests: 'boolean',
    send_write_tokens_to_workflows: 'boolean',
    send_secrets_and_variables: 'boolean',
    require_approval_for_fork_pr_workflows: 'boolean',
  },
} as const

/** The answers that families of settings read, a block for each family. */
export const SETTINGS_ANSWERS: AnswerTable = {
  'GET /enterprises/{enterprise}/actions/permissions': {
    fields: {
      enabled_organizations: ['all', 'none', 'selected'],
      'allowed_actions?': ALLOWED,
      'sha_pinning_required?': 'boolean',
    },
  },
  'GET /enterprises/{enterprise}/actions/permissions/organizations': ORGANIZATIONS,
  'GET /enterprises/{enterprise}/actions/permissions/selected-actions': { fields: SELECTED_ACTIONS },
  'GET /orgs/{org}/actions/permissions': {
    fields: {
      enabled_repositories: ['all', 'none', 'selected'],
      'allowed_actions?': ALLOWED,
      'sha_pinning_required?': 'boolean',
    },
  },
  'GET /orgs/{org}/actions/permissions/repositories': REPOSITORIES,
  'GET /orgs/{org}/actions/permissions/selected-actions': { fields: SELECTED_ACTIONS },
  'GET /repos/{owner}/{repo}/actions/permissions': {
    fields: { enabled: 'boolean', 'allowed_actions?': ALLOWED, 'sha_pinning_required?': 'boolean' },
  },
  'GET /repos/{owner}/{repo}/actions/permissions/selected-actions': { fields: SELECTED_ACTIONS },
  'GET /enterprises/{enterprise}/actions/permissions/workflow': {
    fields: { default_workflow_permissions: ['read', 'write'], can_approve_pull_request_reviews: 'boolean' },
  },
  'GET /orgs/{org}/actions/permissions/workflow': {
    fields: { default_workflow_permissions: ['read', 'write'], can_approve_pull_request_reviews: 'boolean' },
  },
  'GET /repos/{owner}/{repo}/actions/permissions/workflow': {
    fields: { default_workflow_permissions: ['read', 'write'], can_approve_pull_request_reviews: 'boolean' },
  },
  'GET /enterprises/{enterprise}/actions/permissions/self-hosted-runners': {
    fields: { disable_self_hosted_runners_for_all_orgs: 'boolean' },
  },
  'GET /orgs/{org}/actions/permissions/self-hosted-runners': {
    fields: { enabled_repositories: ['all', 'selected', 'none'] },
  },
  'GET /orgs/{org}/actions/permissions/self-hosted-runners/repositories': REPOSITORIES,
  'GET /enterprises/{enterprise}/actions/permissions/fork-pr-contributor-approval': FORK_APPROVAL,
  'GET /orgs/{org}/actions/permissions/fork-pr-contributor-approval': FORK_APPROVAL,
  'GET /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval': FORK_APPROVAL,
  'GET /enterprises/{enterprise}/actions/cache/retention-limit': { fields: { 'max_cache_retention_days?': 'count' } },
  'GET /enterprises/{enterprise}/actions/cache/storage-limit': { fields: { 'max_cache_size_gb?': 'count' } },
  'GET /organizations/{org}/actions/cache/retention-limit': { fields: { 'max_cache_retention_days?': 'count' } },
  'GET /organizations/{org}/actions/cache/storage-limit': { fields: { 'max_cache_size_gb?': 'count' } },
  'GET /repos/{owner}/{repo}/actions/cache/retention-limit': { fields: { 'max_cache_retention_days?': 'count' } },
  'GET /repos/{owner}/{repo}/actions/cache/storage-limit': { fields: { 'max_cache_size_gb?': 'count' } },
  'GET /enterprises/{enterprise}/actions/cache/usage-policy': {
    fields: { 'repo_cache_size_limit_in_gb?': 'count', 'max_repo_cache_size_limit_in_gb?': 'count' },
  },
  'GET /repos/{owner}/{repo}/actions/cache/usage-policy': { fields: { repo_cache_size_limit_in_gb: 'count' } },
  'GET /enterprises/{enterprise}/actions/permissions/fork-pr-workflows-private-repos': FORK_WORKFLOWS,
  'GET /orgs/{org}/actions/permissions/fork-pr-workflows-private-repos': FORK_WORKFLOWS,
  'GET /repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos': FORK_WORKFLOWS,
  'GET /orgs/{org}/actions/oidc/customization/sub': {
    fields: { include_claim_keys: { list: 'text' }, 'use_immutable_subject?': 'boolean' },
  },
  'GET /repos/{owner}/{repo}/actions/oidc/customization/sub': {
    fields: { use_default: 'boolean', 'include_claim_keys?': { list: 'text' }, 'use_immutable_subject?': 'boolean' },
  },
  'GET /enterprises/{enterprise}/actions/permissions/artifact-and-log-retention': {
    fields: { days: 'count', maximum_allowed_days: 'count' },
  },
  'GET /orgs/{org}/actions/permissions/artifact-and-log-retention': {
    fields: { days: 'count', maximum_allowed_days: 'count' },
  },
  'GET /repos/{owner}/{repo}/actions/permissions/artifact-and-log-retention': {
    fields: { days: 'count', maximum_allowed_days: 'count' },
  },
  'GET /repos/{owner}/{repo}/actions/permissions/access': {
    fields: { access_level: ['none', 'organization', 'user', 'enterprise'] },
  },
}
