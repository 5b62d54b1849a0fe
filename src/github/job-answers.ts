import type { AnswerTable } from './answer-row.ts'
import type { Fields, Type } from './shape.ts'

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

/** Answers about credentials, the ledger in a repository, pull requests, issues and jobs. */
export const JOB_ANSWERS: AnswerTable = {
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
    fields: { output: { fields: { 'summary|null': 'text', 'text|null': 'text' } } },
  },
  'GET /repos/{owner}/{repo}/contents/{path}': {
    fields: { type: 'words', sha: 'words', size: 'count', 'encoding?': 'text', 'content?': 'text' },
    orItems: { type: 'words', path: 'words', sha: 'words' },
  },
  'GET /repos/{owner}/{repo}/collaborators': {
    items: {
      login: 'login',
      'permissions?': { fields: { push: 'boolean', 'maintain?': 'boolean', admin: 'boolean' } },
    },
    in: null,
  },
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': { fields: { content: 'text', encoding: 'words' } },
  'GET /repos/{owner}/{repo}/git/ref/{ref}': { fields: { ref: 'words' } },
  'POST /repos/{owner}/{repo}/git/trees': { fields: { sha: 'words' } },
  'POST /repos/{owner}/{repo}/git/commits': { fields: { sha: 'words' } },
  'GET /repos/{owner}/{repo}/issues': { items: ISSUE, in: null },
  'POST /repos/{owner}/{repo}/issues': { fields: ISSUE },
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': { items: COMMENT, in: null },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': { fields: COMMENT },
  'GET /repos/{owner}/{repo}/issues/{issue_number}/labels': { items: { name: 'text' }, in: null },
}
