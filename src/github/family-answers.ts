import type { AnswerFields, AnswerTable } from './answer-row.ts'
import { ACCESS, BY_NAME, ORGANIZATIONS, REPOSITORIES } from './common-answers.ts'
import type { Fields, Type } from './shape.ts'

const ALLOWED: Type = ['all', 'local_only', 'selected']
// Some descriptions call fields optional from GHES 3.13 on; earlier ones require them, and every release sends them.
const SELECTED_ACTIONS: Fields = {
  github_owned_allowed: 'boolean',
  'verified_allowed?': 'boolean',
  patterns_allowed: { list: 'text' },
}
const VARIABLE: Fields = { name: 'variable name', value: 'text' }
const ORGANIZATION_VARIABLE: Fields = { ...VARIABLE, visibility: ACCESS }
const RUNNER_GROUP: Fields = {
  id: 'id',
  name: 'words',
  visibility: ACCESS,
  default: 'boolean',
  inherited: 'boolean',
  allows_public_repositories: 'boolean',
  'restricted_to_workflows?': 'boolean',
  'selected_workflows?': { list: 'text' },
  'network_configuration_id|null?': 'words',
}
const ENTERPRISE_RUNNER_GROUP: Fields = {
  id: 'id',
  name: 'words',
  visibility: ['all', 'selected'],
  default: 'boolean',
  allows_public_repositories: 'boolean',
  'restricted_to_workflows?': 'boolean',
  'selected_workflows?': { list: 'text' },
  'network_configuration_id|null?': 'words',
}
// A runner of no group has null, which the descriptions lack.
const RUNNER: Fields = { id: 'id', name: 'words', 'runner_group_id|null?': 'id' }
const NETWORKS: AnswerFields = { items: { id: 'words', name: 'words' }, in: 'network_configurations' }
// GitHub documents no rule for the names of runners: two groups may have one of the same name.
const RUNNER_NAMES = { by: 'name', fold: 'none', repeats: true } as const
const RUNNERS_OF_GROUP: AnswerFields = { items: RUNNER, in: 'runners', alone: RUNNER_NAMES }
const LABEL: Fields = { name: 'words', 'type?': ['read-only', 'custom'] }
const RUNNERS: AnswerFields = {
  items: { ...RUNNER, busy: 'boolean', labels: { list: { fields: LABEL } } },
  in: 'runners',
  alone: RUNNER_NAMES,
}
const LABELS: AnswerFields = { items: LABEL, in: 'labels' }

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

const INCLUSIONS = {
  items: { custom_property_name: 'text', inclusion_source: ['organization', 'enterprise'] },
  in: null,
  alone: { by: 'custom_property_name', fold: 'case' },
} as const

/** The answers that families read, but those about secrets and hosted runners. */
export const FAMILY_ANSWERS: AnswerTable = {
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

  'GET /enterprises/{enterprise}/actions/runner-groups': {
    items: ENTERPRISE_RUNNER_GROUP,
    in: 'runner_groups',
    alone: { by: 'name', fold: 'none' },
  },
  'GET /enterprises/{enterprise}/actions/runner-groups/{runner_group_id}': { fields: ENTERPRISE_RUNNER_GROUP },
  'POST /enterprises/{enterprise}/actions/runner-groups': { fields: { id: 'id' } },
  'GET /enterprises/{enterprise}/actions/runner-groups/{runner_group_id}/organizations': ORGANIZATIONS,
  'GET /enterprises/{enterprise}/actions/runner-groups/{runner_group_id}/runners': RUNNERS_OF_GROUP,
  'GET /orgs/{org}/actions/runner-groups': {
    items: RUNNER_GROUP,
    in: 'runner_groups',
    // An enterprise's group may have the name of one of the organization's own.
    alone: { by: 'name', fold: 'none', where: 'inherited' },
  },
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}': { fields: RUNNER_GROUP },
  'POST /orgs/{org}/actions/runner-groups': { fields: { id: 'id' } },
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories': REPOSITORIES,
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners': RUNNERS_OF_GROUP,
  'GET /enterprises/{enterprise}/network-configurations': NETWORKS,
  'GET /orgs/{org}/settings/network-configurations': NETWORKS,
  'GET /enterprises/{enterprise}/actions/runners': RUNNERS,
  'GET /orgs/{org}/actions/runners': RUNNERS,
  'GET /repos/{owner}/{repo}/actions/runners': RUNNERS,
  'GET /enterprises/{enterprise}/actions/runners/{runner_id}/labels': LABELS,
  'GET /orgs/{org}/actions/runners/{runner_id}/labels': LABELS,
  'GET /repos/{owner}/{repo}/actions/runners/{runner_id}/labels': LABELS,
  'GET /enterprises/{enterprise}/actions/permissions/workflow': {
    fields: { default_workflow_permissions: ['read', 'write'], can_approve_pull_request_reviews: 'boolean' },
  },
  'GET /orgs/{org}/actions/permissions/workflow': {
    fields: { default_workflow_permissions: ['read', 'write'], can_approve_pull_request_reviews: 'boolean' },
  },
  'GET /repos/{owner}/{repo}/actions/permissions/workflow': {
    fields: { default_workflow_permissions: ['read', 'write'], can_approve_pull_request_reviews: 'boolean' },
  },

  'GET /orgs/{org}/actions/variables': { items: ORGANIZATION_VARIABLE, in: 'variables', alone: BY_NAME },
  'GET /orgs/{org}/actions/variables/{name}/repositories': REPOSITORIES,
  'GET /repos/{owner}/{repo}/actions/variables': { items: VARIABLE, in: 'variables', alone: BY_NAME },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/variables': {
    items: VARIABLE,
    in: 'variables',
    alone: BY_NAME,
  },
  'GET /repositories/{repository_id}/environments/{environment_name}/variables': {
    items: VARIABLE,
    in: 'variables',
    alone: BY_NAME,
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
  'GET /orgs/{org}/agents/variables': { items: ORGANIZATION_VARIABLE, in: 'variables', alone: BY_NAME },
  'GET /orgs/{org}/agents/variables/{name}/repositories': REPOSITORIES,
  'GET /repos/{owner}/{repo}/agents/variables': { items: VARIABLE, in: 'variables', alone: BY_NAME },
  // Two may have one path, where its file was deleted and made anew.
  'GET /repos/{owner}/{repo}/actions/workflows': { items: { path: 'words', state: 'words' }, in: 'workflows' },
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
  'GET /enterprises/{enterprise}/actions/oidc/customization/properties/repo': INCLUSIONS,
  'GET /orgs/{org}/actions/oidc/customization/properties/repo': INCLUSIONS,
}
