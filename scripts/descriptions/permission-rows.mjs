import { patternOf } from './route-pattern.mjs'

/**
 * The token permission of every route: of today's, and of those that families to come take (coming-routes.mjs). Sources: what
 * the descriptions say in prose, GitHub's pages "Permissions required for GitHub Apps"
 * (https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps) and "Scopes for OAuth apps"
 * (https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps).
 *
 * Each group is the scope of a classic token, the permission of a GitHub App or fine-grained token, and the routes that take
 * them. A scope is null where any token does. A permission is `LEVEL NAME`: its access is `read` for a GET and else `write`,
 * or what follows `=`. It is null where none is needed, or where only a classic token is admitted.
 *
 * Routes are patterns (route-pattern.mjs): an exact path, or all below one that ends in `/**`. The most particular counts.
 */
const ORG = '/orgs/{org}/actions'
const REPO = '/repos/{owner}/{repo}'
const ENTERPRISE = '/enterprises/{enterprise}/actions'
const ENVIRONMENTS = `${REPO}/environments`
const ENVIRONMENT = `${ENVIRONMENTS}/{environment_name}`

const GROUPS = [
  [null, null, ['/meta', '/organizations', '/rate_limit', '/user', '/users/{username}']],
  [null, null, ['/app', '/app/installations/{installation_id}/access_tokens', '/orgs/{org}/installation']],
  [null, null, ['/users/{username}/installation', '/apps/{app_slug}']],
  ['read:org', 'organization members', ['/orgs/{org}/teams/{team_slug}']],

  ['admin:enterprise', null, [`${ENTERPRISE}/cache/**`, `${ENTERPRISE}/oidc/**`, `${ENTERPRISE}/permissions/**`]],
  ['manage_runners:enterprise', null, [`${ENTERPRISE}/runner-groups/**`, `${ENTERPRISE}/runners/**`]],
  ['manage_runners:enterprise', null, [`${ENTERPRISE}/hosted-runners/**`]],
  ['read:network_configurations', null, ['GET /enterprises/{enterprise}/network-configurations']],

  ['read:org', 'organization members', ['GET /orgs/{org}/teams', 'GET /orgs/{org}/teams/{team_slug}/repos']],
  ['read:org', 'organization custom_properties', ['GET /orgs/{org}/properties/values']],
  ['admin:org', 'organization plan', ['/orgs/{org}']],
  ['admin:org', 'organization administration', [`${ORG}/permissions/**`, '/organizations/{org}/actions/cache/**']],
  ['read:org', 'organization administration', [`GET ${ORG}/cache/usage`, `GET ${ORG}/cache/usage-by-repository`]],
  ['read:org', 'organization administration', [`GET ${ORG}/oidc/customization/sub`]],
  ['write:org', 'organization administration', [`PUT ${ORG}/oidc/customization/sub`]],
  ['read:org', 'organization administration', [`GET ${ORG}/oidc/customization/properties/repo`]],
  ['admin:org', 'organization administration', [`${ORG}/oidc/customization/properties/repo/**`]],
  ['read:org', 'organization administration', [`GET ${ORG}/required_workflows/**`]],
  ['admin:org', 'organization administration', [`${ORG}/required_workflows/**`]],
  [
    'read:network_configurations',
    'organization network_configurations',
    ['/orgs/{org}/settings/network-configurations'],
  ],
  ['manage_runners:org', 'organization administration', [`${ORG}/hosted-runners/**`]],
  ['manage_runners:org', 'organization runner_custom_images', [`${ORG}/hosted-runners/images/custom/**`]],
  ['admin:org', 'organization self_hosted_runners', [`${ORG}/runner-groups/**`, `${ORG}/runners/**`]],
  ['admin:org', 'organization secrets', [`${ORG}/secrets/**`]],
  ['admin:org', 'organization actions_variables', [`${ORG}/variables/**`]],
  ['admin:org', 'organization dependabot_secrets', ['/orgs/{org}/dependabot/secrets/**']],
  ['admin:org', 'organization codespaces_secrets', ['/orgs/{org}/codespaces/secrets/**']],
  ['admin:org', 'organization agent_secrets', ['/orgs/{org}/agents/secrets/**']],
  ['admin:org', 'organization agent_variables', ['/orgs/{org}/agents/variables/**']],

  // https://docs.github.com/rest/orgs/orgs#get-the-audit-log-for-an-organization
  ['read:audit_log', 'organization administration', ['GET /orgs/{org}/audit-log']],
  ['read:audit_log', null, ['GET /enterprises/{enterprise}/audit-log']],
  ['repo', 'repository metadata', [`GET ${REPO}/collaborators`]],

  ['repo', 'repository metadata', ['GET /orgs/{org}/repos', `GET ${REPO}`, `GET ${REPO}/topics`]],
  ['repo', 'repository administration', ['POST /orgs/{org}/repos', 'POST /user/repos', `PATCH ${REPO}`]],
  ['delete_repo', 'repository administration', [`DELETE ${REPO}`]],
  ['repo', 'repository administration', [`PUT ${REPO}/topics`, `${REPO}/vulnerability-alerts`]],
  ['repo', 'repository issues', [`${REPO}/issues/**`]],
  ['repo', 'repository checks', [`${REPO}/check-runs/**`, `${REPO}/commits/{ref}/check-runs`]],
  ['repo', 'repository pull_requests', [`${REPO}/pulls/{pull_number}`, `${REPO}/commits/{commit_sha}/pulls`]],
  ['repo', 'repository contents', [`${REPO}/branches/{branch}`, `${REPO}/commits/{ref}`, `${REPO}/contents/{path}`]],
  ['repo', 'repository contents', [`${REPO}/git/**`]],

  ['repo', 'repository administration', [`${REPO}/actions/permissions/**`, `${REPO}/actions/runners/**`]],
  ['repo', 'repository administration', [`${REPO}/actions/cache/retention-limit`]],
  ['repo', 'repository administration', [`PUT ${REPO}/actions/cache/storage-limit`]],
  ['repo', 'repository actions', [`GET ${REPO}/actions/cache/storage-limit`]],
  ['repo', 'repository actions', [`${REPO}/actions/cache/usage`, `${REPO}/actions/cache/usage-policy`]],
  ['repo', 'repository actions', [`${REPO}/actions/artifacts/**`, `${REPO}/actions/caches/**`]],
  ['repo', 'repository actions', [`${REPO}/actions/concurrency_groups/**`, `${REPO}/actions/jobs/**`]],
  ['repo', 'repository actions', [`${REPO}/actions/oidc/customization/sub`, `${REPO}/actions/runs/**`]],
  ['repo', 'repository deployments', [`POST ${REPO}/actions/runs/{run_id}/deployment_protection_rule`]],
  ['repo', 'repository deployments', [`POST ${REPO}/actions/runs/{run_id}/pending_deployments`]],
  ['repo', 'repository actions', [`${REPO}/actions/workflows/**`]],
  ['repo', 'repository actions', ['/repos/{org}/{repo}/actions/required_workflows/**']],
  ['repo', 'repository actions', [`${REPO}/actions/required_workflows/**`]],
  ['repo', 'repository secrets', [`${REPO}/actions/secrets/**`, `${REPO}/actions/organization-secrets`]],
  ['repo', 'repository actions_variables', [`${REPO}/actions/variables/**`]],
  ['repo', 'repository actions_variables', [`${REPO}/actions/organization-variables`]],
  ['repo', 'repository dependabot_secrets', [`${REPO}/dependabot/secrets/**`]],
  ['repo', 'repository codespaces_secrets=write', [`${REPO}/codespaces/secrets/**`]],
  ['repo', 'repository agent_secrets', [`${REPO}/agents/secrets/**`, `${REPO}/agents/organization-secrets`]],
  ['repo', 'repository agent_variables', [`${REPO}/agents/variables/**`, `${REPO}/agents/organization-variables`]],

  ['repo', 'repository actions', [`GET ${ENVIRONMENTS}`, `GET ${ENVIRONMENT}`]],
  ['repo', 'repository administration', [`PUT DELETE ${ENVIRONMENT}`]],
  ['repo', 'repository actions', [`GET ${ENVIRONMENT}/deployment-branch-policies/**`]],
  ['repo', 'repository administration', [`${ENVIRONMENT}/deployment-branch-policies/**`]],
  ['repo', 'repository actions', [`GET ${ENVIRONMENT}/deployment_protection_rules/**`]],
  ['repo', 'repository administration', [`${ENVIRONMENT}/deployment_protection_rules/**`]],
  ['repo', 'repository administration', [`GET ${ENVIRONMENT}/deployment_protection_rules/apps`]],
  ['repo', 'repository environments', [`${ENVIRONMENT}/secrets/**`, `${ENVIRONMENT}/variables/**`]],
  // Up to GHES 3.7 and on the cloud of 2022 environments were addressed by the id of their repository.
  ['repo', 'repository secrets', ['/repositories/{repository_id}/environments/{environment_name}/secrets/**']],
  ['repo', 'repository environments', ['/repositories/{repository_id}/environments/{environment_name}/variables/**']],

  ['codespace:secrets', 'user codespaces_user_secrets', ['/user/codespaces/secrets/**']],
]

/** One row for each pattern. */
export const ROWS = GROUPS.flatMap(([classic, app, routes]) =>
  routes.map((route) => ({ ...patternOf(route), classic, app })),
)
