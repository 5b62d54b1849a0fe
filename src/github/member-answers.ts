import type { AnswerFields, AnswerTable } from './answer-row.ts'
import { ACCESS, BY_NAME, ORGANIZATIONS, REPOSITORIES } from './common-answers.ts'
import type { Fields } from './shape.ts'

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
  items: { ...RUNNER, status: 'words', busy: 'boolean', labels: { list: { fields: LABEL } } },
  in: 'runners',
  alone: RUNNER_NAMES,
}
const LABELS: AnswerFields = { items: LABEL, in: 'labels' }
const INCLUSIONS = {
  items: { custom_property_name: 'text', inclusion_source: ['organization', 'enterprise'] },
  in: null,
  alone: { by: 'custom_property_name', fold: 'case' },
} as const

/** The answers that families of members read, but those about secrets, hosted runners and environments. */
export const MEMBER_ANSWERS: AnswerTable = {
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
  'GET /orgs/{org}/agents/variables': { items: ORGANIZATION_VARIABLE, in: 'variables', alone: BY_NAME },
  'GET /orgs/{org}/agents/variables/{name}/repositories': REPOSITORIES,
  'GET /repos/{owner}/{repo}/agents/variables': { items: VARIABLE, in: 'variables', alone: BY_NAME },
  // Two may have one path, where its file was deleted and made anew.
  'GET /repos/{owner}/{repo}/actions/workflows': { items: { path: 'words', state: 'words' }, in: 'workflows' },
  'GET /enterprises/{enterprise}/actions/oidc/customization/properties/repo': INCLUSIONS,
  'GET /orgs/{org}/actions/oidc/customization/properties/repo': INCLUSIONS,
}
