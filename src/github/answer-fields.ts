import type { Route } from '../core/routes.ts'
import type { Fields, Type } from './shape.ts'

/** The fields that octoform reads of one answer. */
export type AnswerFields =
  /** An object; where there is `orItems`, or a list. */
  | { readonly fields: Fields; readonly orItems?: Fields }
  /** A list: of the answer itself, or in it under a key, beside `total_count`. */
  | {
      readonly items: Fields
      readonly in: string | null
      /** The field by which two members are one to octoform, and how it compares. */
      readonly alone?: { readonly by: string; readonly fold: 'case' | 'none'; readonly where?: string }
    }

const REPOSITORY: Fields = {
  id: 'id',
  name: 'repository name',
  full_name: 'full name',
  private: 'boolean',
  'visibility?': ['public', 'private', 'internal'],
  fork: 'boolean',
  'archived?': 'boolean',
  'topics?': { list: 'text' },
}
const ORGANIZATION: Fields = { id: 'id', login: 'login' }
const OWNER: Fields = { id: 'id', login: 'login', type: 'words', 'plan?': { fields: { name: 'words' } } }
const ALLOWED: Type = ['all', 'local_only', 'selected']
// Some descriptions call fields optional from GHES 3.13 on; earlier ones require them, and every release sends them.
const SELECTED_ACTIONS: Fields = {
  github_owned_allowed: 'boolean',
  'verified_allowed?': 'boolean',
  patterns_allowed: { list: 'text' },
}
const ACCESS: Type = ['all', 'private', 'selected']
const ORGANIZATION_SECRET: Fields = { name: 'secret name', visibility: ACCESS, updated_at: 'time' }
const SECRET: Fields = { name: 'secret name', updated_at: 'time' }
const PUBLIC_KEY: Fields = { key_id: 'words', key: 'public key' }
const RUNNER_GROUP: Fields = {
  id: 'id',
  name: 'words',
  visibility: ACCESS,
  default: 'boolean',
  inherited: 'boolean',
  allows_public_repositories: 'boolean',
  'restricted_to_workflows?': 'boolean',
  'selected_workflows?': { list: 'text' },
}
// A runner of no group has null, which the descriptions lack.
const RUNNER: Fields = { id: 'id', name: 'words', 'runner_group_id|null?': 'id' }
const INSTALLATION: Fields = {
  id: 'id',
  app_slug: 'words',
  permissions: 'texts by key',
  repository_selection: ['all', 'selected'],
  'suspended_at|null?': 'time',
  html_url: 'words',
}
const USER: Type = { fields: { login: 'login', type: 'words' } }
const PULL: Fields = {
  number: 'id',
  'merged_at|null': 'time',
  'merge_commit_sha|null': 'text',
  base: { fields: { ref: 'words', repo: { fields: { full_name: 'full name' } } } },
}
const CHECK_RUN: Fields = {
  id: 'id',
  name: 'text',
  head_sha: 'words',
  status: 'words',
  'conclusion|null': 'words',
  'external_id|null': 'text',
  'app|null': { fields: { id: 'id', 'slug?': 'text' } },
  pull_requests: { list: { fields: { number: 'id', base: { fields: { repo: { fields: { url: 'text' } } } } } } },
}
const COMMENT: Fields = { id: 'id', node_id: 'words', 'body?': 'text', 'user|null': USER }
const ISSUE: Fields = {
  number: 'id',
  state: 'words',
  title: 'text',
  'body|null?': 'text',
  'pull_request|null?': { fields: {} },
  'user|null': USER,
}

const BY_NAME = { by: 'name', fold: 'case' } as const
const REPOSITORIES: AnswerFields = {
  items: { id: 'id', name: 'repository name' },
  in: 'repositories',
  alone: BY_NAME,
}

/**
 * The fields that octoform reads of GitHub's answers, by route. Fields that a row does not name are dropped before any
 * other code sees the answer, so that only checked fields are read. A field is required where GitHub's descriptions
 * require it, and where they leave out a field that GitHub always sends (`test/github/answer-fields.test.ts` holds the
 * two together).
 */
export const ANSWER_FIELDS: { readonly [route: Route]: AnswerFields } = {
  // The first is not used: every product has it, and it shows that this is GitHub's answer.
  'GET /meta': { fields: { verifiable_password_authentication: 'boolean', 'installed_version?': 'text' } },
  'GET /orgs/{org}': { fields: OWNER },
  'GET /organizations': { items: ORGANIZATION, in: null, alone: { by: 'login', fold: 'case' } },
  'GET /users/{username}': { fields: OWNER },
  'GET /orgs/{org}/repos': { items: { ...REPOSITORY, owner: { fields: { id: 'id' } } }, in: null, alone: BY_NAME },
  'GET /repos/{owner}/{repo}': { fields: { ...REPOSITORY, default_branch: 'words' } },

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

  'GET /orgs/{org}/actions/secrets': { items: ORGANIZATION_SECRET, in: 'secrets', alone: BY_NAME },
  'GET /orgs/{org}/actions/secrets/{secret_name}': { fields: ORGANIZATION_SECRET },
  'GET /repos/{owner}/{repo}/actions/secrets/{secret_name}': { fields: SECRET },
  'GET /orgs/{org}/actions/secrets/{secret_name}/repositories': REPOSITORIES,
  'GET /orgs/{org}/actions/secrets/public-key': { fields: PUBLIC_KEY },
  'GET /repos/{owner}/{repo}/actions/secrets': { items: SECRET, in: 'secrets', alone: BY_NAME },
  'GET /repos/{owner}/{repo}/actions/secrets/public-key': { fields: PUBLIC_KEY },

  'GET /orgs/{org}/actions/runner-groups': {
    items: RUNNER_GROUP,
    in: 'runner_groups',
    // An enterprise's group may have the name of one of the organization's own.
    alone: { by: 'name', fold: 'none', where: 'inherited' },
  },
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}': { fields: RUNNER_GROUP },
  'POST /orgs/{org}/actions/runner-groups': { fields: { id: 'id' } },
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories': REPOSITORIES,
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners': {
    items: RUNNER,
    in: 'runners',
    alone: { by: 'name', fold: 'none' },
  },
  'GET /orgs/{org}/actions/runners': { items: RUNNER, in: 'runners', alone: { by: 'name', fold: 'none' } },

  'GET /orgs/{org}/installation': { fields: INSTALLATION },
  'GET /users/{username}/installation': { fields: INSTALLATION },
  'POST /app/installations/{installation_id}/access_tokens': { fields: { token: 'words', expires_at: 'time' } },

  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': { fields: { 'status|null': 'words', 'run_attempt?': 'id' } },
  'GET /repos/{owner}/{repo}/branches/{branch}': { fields: { commit: { fields: { sha: 'words' } } } },
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': { items: PULL, in: null },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': { fields: { ...PULL, head: { fields: { sha: 'words' } } } },
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': { items: CHECK_RUN, in: 'check_runs' },
  'POST /repos/{owner}/{repo}/check-runs': { fields: { id: 'id' } },
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': {
    fields: { output: { fields: { 'text|null': 'text' } } },
  },
  'GET /repos/{owner}/{repo}/contents/{path}': {
    fields: { type: 'words', sha: 'words', size: 'count', 'encoding?': 'text', 'content?': 'text' },
    orItems: { path: 'words', sha: 'words' },
  },
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': { fields: { content: 'text', encoding: 'words' } },
  'GET /repos/{owner}/{repo}/git/ref/{ref}': { fields: { ref: 'words' } },
  'POST /repos/{owner}/{repo}/git/trees': { fields: { sha: 'words' } },
  'POST /repos/{owner}/{repo}/git/commits': { fields: { sha: 'words' } },
  'GET /repos/{owner}/{repo}/issues': { items: ISSUE, in: null },
  'POST /repos/{owner}/{repo}/issues': { fields: ISSUE },
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': { items: COMMENT, in: null },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': { fields: COMMENT },
}
