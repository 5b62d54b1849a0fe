import type { AnswerTable } from './answer-row.ts'
import type { Fields } from './shape.ts'

const REVIEWER: Fields = { id: 'id', 'login?': 'login', 'slug?': 'words' }
const ENVIRONMENT: Fields = {
  name: 'words',
  'can_admins_bypass?': 'boolean',
  'protection_rules?': {
    list: {
      fields: {
        type: 'words',
        'wait_timer?': 'count',
        'prevent_self_review?': 'boolean',
        'reviewers?': { list: { fields: { 'type?': ['User', 'Team'], 'reviewer?': { fields: REVIEWER } } } },
      },
    },
  },
  'deployment_branch_policy|null?': {
    fields: { protected_branches: 'boolean', custom_branch_policies: 'boolean' },
  },
}

/** The answers that tell of environments, and of the teams and Apps that they name. */
export const ENVIRONMENT_ANSWERS: AnswerTable = {
  'GET /repos/{owner}/{repo}/environments': {
    items: ENVIRONMENT,
    in: 'environments',
    alone: { by: 'name', fold: 'case' },
  },
  'GET /repos/{owner}/{repo}/environments/{environment_name}': { fields: ENVIRONMENT },
  'PUT /repos/{owner}/{repo}/environments/{environment_name}': { fields: ENVIRONMENT },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies': {
    items: { id: 'id', name: 'words', 'type?': ['branch', 'tag'] },
    in: 'branch_policies',
  },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules': {
    items: { id: 'id', app: { fields: { id: 'id', slug: 'words' } } },
    in: 'custom_deployment_protection_rules',
  },
  'GET /orgs/{org}/teams/{team_slug}': { fields: { id: 'id' } },
  'GET /apps/{app_slug}': { fields: { id: 'id' } },
}
