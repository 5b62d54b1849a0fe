import type { AnswerTable } from './answer-row.ts'
import { AUDIT_ANSWERS } from './audit-answers.ts'
import { CLEANUP_ANSWERS } from './cleanup-answers.ts'
import { BY_NAME } from './common-answers.ts'
import { ENVIRONMENT_ANSWERS } from './environment-answers.ts'
import { HOSTED_RUNNER_ANSWERS } from './hosted-runner-answers.ts'
import { JOB_ANSWERS } from './job-answers.ts'
import { MEMBER_ANSWERS } from './member-answers.ts'
import { SECRET_ANSWERS } from './secret-answers.ts'
import { SETTINGS_ANSWERS } from './settings-answers.ts'
import type { Fields } from './shape.ts'

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

/**
 * The fields that octoform reads of GitHub's answers, by route. Fields that a row does not name are dropped before any
 * other code sees the answer, so that only checked fields are read. A field is required where GitHub's descriptions
 * require it, and where they leave out a field that GitHub always sends (`test/github/answer-fields.test.ts` holds the
 * two together).
 */
export const ANSWER_FIELDS: AnswerTable = {
  // The first is not used: every product has it, and it shows that this is GitHub's answer.
  'GET /meta': { fields: { verifiable_password_authentication: 'boolean', 'installed_version?': 'text' } },
  'GET /orgs/{org}': { fields: { ...OWNER, 'public_repos?': 'count', 'total_private_repos?': 'count' } },
  'GET /organizations': { items: ORGANIZATION, in: null, alone: { by: 'login', fold: 'case' } },
  'GET /users/{username}': { fields: OWNER },
  'GET /orgs/{org}/repos': { items: { ...REPOSITORY, owner: { fields: { id: 'id' } } }, in: null, alone: BY_NAME },
  'GET /orgs/{org}/teams': { items: { slug: 'words' }, in: null, alone: { by: 'slug', fold: 'case' } },
  'GET /orgs/{org}/teams/{team_slug}/repos': { items: { id: 'id' }, in: null },
  'GET /orgs/{org}/properties/values': {
    items: {
      repository_id: 'id',
      properties: { list: { fields: { property_name: 'words', 'value|null': 'text or texts' } } },
    },
    in: null,
  },
  'GET /repos/{owner}/{repo}': {
    fields: { ...REPOSITORY, default_branch: 'words', 'owner?': { fields: { id: 'id' } } },
  },
  ...AUDIT_ANSWERS,
  ...CLEANUP_ANSWERS,
  ...ENVIRONMENT_ANSWERS,
  ...HOSTED_RUNNER_ANSWERS,
  ...JOB_ANSWERS,
  ...MEMBER_ANSWERS,
  ...SECRET_ANSWERS,
  ...SETTINGS_ANSWERS,
}
