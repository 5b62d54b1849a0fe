import { routesBelow } from '../../core/routes.ts'

const ALL = '/repos/{owner}/{repo}/environments'
const ONE = `${ALL}/{environment_name}` as const
const PATTERNS = `${ONE}/deployment-branch-policies` as const
const RULES = `${ONE}/deployment_protection_rules` as const
const BY_ID = '/repositories/{repository_id}/environments/{environment_name}'

/** https://docs.github.com/rest/deployments */
export const ROUTES = {
  list: `GET ${ALL}`,
  get: `GET ${ONE}`,
  put: `PUT ${ONE}`,
  remove: `DELETE ${ONE}`,
  patterns: `GET ${PATTERNS}`,
  addPattern: `POST ${PATTERNS}`,
  removePattern: `DELETE ${PATTERNS}/{branch_policy_id}`,
  rules: `GET ${RULES}`,
  addRule: `POST ${RULES}`,
  removeRule: `DELETE ${RULES}/{protection_rule_id}`,
  team: 'GET /orgs/{org}/teams/{team_slug}',
  user: 'GET /users/{username}',
  app: 'GET /apps/{app_slug}',
} as const

/** The lists of what is in an environment. */
export const CONTENTS = {
  secrets: routesBelow('GET', [`${ONE}/secrets`, `${BY_ID}/secrets`]),
  variables: routesBelow('GET', [`${ONE}/variables`, `${BY_ID}/variables`]),
} as const
