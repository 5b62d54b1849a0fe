import { routesOf } from './routes-of.mjs'

/**
 * What is taken from GitHub's descriptions. A later family adds its lines here, runs `npm run descriptions`,
 * and finds its endpoints in src/github/endpoints.json and in test/descriptions/.
 */

/**
 * The products and where each is described: a version of the npm package `@octokit/openapi` and a file in it. Of the
 * versions that hold a release it is the newest, whose mistakes are mended.
 */
export const PRODUCTS = [
  { product: 'ghes-2.22', version: '2.2.1', file: 'ghes-2.22' },
  { product: 'ghae', version: '10.0.0', file: 'github.ae' },
  { product: 'ghes-3.4', version: '10.0.0', file: 'ghes-3.4' },
  { product: 'ghes-3.5', version: '10.0.0', file: 'ghes-3.5' },
  { product: 'ghes-3.6', version: '10.0.0', file: 'ghes-3.6' },
  { product: 'ghes-3.7', version: '10.0.0', file: 'ghes-3.7' },
  { product: 'ghes-3.8', version: '14.0.0', file: 'ghes-3.8' },
  { product: 'ghes-3.9', version: '14.0.0', file: 'ghes-3.9' },
  { product: 'ghes-3.10', version: '17.0.0', file: 'ghes-3.10' },
  { product: 'ghes-3.11', version: '17.0.0', file: 'ghes-3.11' },
  { product: 'ghes-3.12', version: '18.2.0', file: 'ghes-3.12' },
  { product: 'ghes-3.13', version: '19.1.0', file: 'ghes-3.13' },
  { product: 'ghes-3.14', version: '21.0.0', file: 'ghes-3.14' },
  { product: 'ghes-3.15', version: '21.0.0', file: 'ghes-3.15' },
  { product: 'ghes-3.16', version: '21.0.0', file: 'ghes-3.16' },
  { product: 'ghes-3.17', version: '23.0.2', file: 'ghes-3.17' },
  { product: 'ghes-3.18', version: '23.0.2', file: 'ghes-3.18' },
  { product: 'ghes-3.19', version: '23.0.2', file: 'ghes-3.19' },
  { product: 'ghec', version: '23.0.2', file: 'ghec' },
  { product: 'dotcom', version: '23.0.2', file: 'api.github.com' },
]

/**
 * Older descriptions, for what they say of token permissions and the later ones left out. Of all that the packages of
 * `PRODUCTS` hold these say what no other does.
 */
export const OLDER = [
  { version: '10.0.0', file: 'ghec' },
  { version: '12.0.0', file: 'api.github.com' },
  { version: '17.0.0', file: 'github.ae' },
]

/** Every operation octoform or its sandbox knows, in GitHub's own spelling. */
export const ROUTES = routesOf([
  'GET /meta',
  'GET /user',
  'GET /users/{username}',
  'GET /organizations',
  'GET /orgs/{org}',
  'GET POST /orgs/{org}/repos',
  'POST /user/repos',
  'GET PATCH DELETE /repos/{owner}/{repo}',
  'GET PUT /repos/{owner}/{repo}/topics',
  'GET PUT DELETE /repos/{owner}/{repo}/vulnerability-alerts',

  'GET PUT /enterprises/{enterprise}/actions/permissions',
  'GET PUT /enterprises/{enterprise}/actions/permissions/organizations',
  'PUT DELETE /enterprises/{enterprise}/actions/permissions/organizations/{org_id}',
  'GET PUT /enterprises/{enterprise}/actions/permissions/selected-actions',
  'GET PUT /orgs/{org}/actions/permissions',
  'GET PUT /orgs/{org}/actions/permissions/repositories',
  'PUT DELETE /orgs/{org}/actions/permissions/repositories/{repository_id}',
  'GET PUT /orgs/{org}/actions/permissions/selected-actions',
  'GET PUT /repos/{owner}/{repo}/actions/permissions',
  'GET PUT /repos/{owner}/{repo}/actions/permissions/selected-actions',

  'GET /orgs/{org}/actions/secrets',
  'GET /orgs/{org}/actions/secrets/public-key',
  'GET PUT DELETE /orgs/{org}/actions/secrets/{secret_name}',
  'GET PUT /orgs/{org}/actions/secrets/{secret_name}/repositories',
  'PUT DELETE /orgs/{org}/actions/secrets/{secret_name}/repositories/{repository_id}',
  'GET /repos/{owner}/{repo}/actions/secrets',
  'GET /repos/{owner}/{repo}/actions/secrets/public-key',
  'GET PUT DELETE /repos/{owner}/{repo}/actions/secrets/{secret_name}',

  'GET POST /orgs/{org}/actions/runner-groups',
  'GET PATCH DELETE /orgs/{org}/actions/runner-groups/{runner_group_id}',
  'GET PUT /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories',
  'PUT DELETE /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories/{repository_id}',
  'GET PUT /orgs/{org}/actions/runner-groups/{runner_group_id}/runners',
  'PUT DELETE /orgs/{org}/actions/runner-groups/{runner_group_id}/runners/{runner_id}',
  'GET /orgs/{org}/actions/runners',
  'GET DELETE /orgs/{org}/actions/runners/{runner_id}',
  'GET POST PUT DELETE /orgs/{org}/actions/runners/{runner_id}/labels',
  'DELETE /orgs/{org}/actions/runners/{runner_id}/labels/{name}',
  'GET /enterprises/{enterprise}/actions/runners',
  'GET DELETE /enterprises/{enterprise}/actions/runners/{runner_id}',
  'GET POST PUT DELETE /enterprises/{enterprise}/actions/runners/{runner_id}/labels',
  'DELETE /enterprises/{enterprise}/actions/runners/{runner_id}/labels/{name}',
  'GET /repos/{owner}/{repo}/actions/runners',
  'GET DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}',
  'GET POST PUT DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}/labels',
  'DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}/labels/{name}',

  'GET POST /enterprises/{enterprise}/actions/runner-groups',
  'GET PATCH DELETE /enterprises/{enterprise}/actions/runner-groups/{runner_group_id}',
  'GET PUT /enterprises/{enterprise}/actions/runner-groups/{runner_group_id}/organizations',
  'PUT DELETE /enterprises/{enterprise}/actions/runner-groups/{runner_group_id}/organizations/{org_id}',

  'GET /repos/{owner}/{repo}/environments',
  'GET PUT DELETE /repos/{owner}/{repo}/environments/{environment_name}',
  'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets',
  'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets/public-key',
  'GET PUT DELETE /repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}',
  'GET /repositories/{repository_id}/environments/{environment_name}/secrets',
  'GET /repositories/{repository_id}/environments/{environment_name}/secrets/public-key',
  'GET PUT DELETE /repositories/{repository_id}/environments/{environment_name}/secrets/{secret_name}',

  'GET PUT /enterprises/{enterprise}/actions/permissions/workflow',
  'GET PUT /orgs/{org}/actions/permissions/workflow',
  'GET PUT /repos/{owner}/{repo}/actions/permissions/workflow',

  'GET /orgs/{org}/dependabot/secrets',
  'GET /orgs/{org}/dependabot/secrets/public-key',
  'GET PUT DELETE /orgs/{org}/dependabot/secrets/{secret_name}',
  'GET PUT /orgs/{org}/dependabot/secrets/{secret_name}/repositories',
  'PUT DELETE /orgs/{org}/dependabot/secrets/{secret_name}/repositories/{repository_id}',
  'GET /repos/{owner}/{repo}/dependabot/secrets',
  'GET /repos/{owner}/{repo}/dependabot/secrets/public-key',
  'GET PUT DELETE /repos/{owner}/{repo}/dependabot/secrets/{secret_name}',
  'GET PATCH DELETE /orgs/{org}/actions/variables/{name}',
  'PUT DELETE /orgs/{org}/actions/variables/{name}/repositories/{repository_id}',
  'GET POST /orgs/{org}/actions/variables',
  'GET PUT /orgs/{org}/actions/variables/{name}/repositories',
  'GET PATCH DELETE /repos/{owner}/{repo}/actions/variables/{name}',
  'GET POST /repos/{owner}/{repo}/actions/variables',
  'GET PUT /enterprises/{enterprise}/actions/permissions/self-hosted-runners',
  'GET PUT /orgs/{org}/actions/permissions/self-hosted-runners',
  'GET PUT /orgs/{org}/actions/permissions/self-hosted-runners/repositories',
  'PUT DELETE /orgs/{org}/actions/permissions/self-hosted-runners/repositories/{repository_id}',
  'GET /repos/{owner}/{repo}/actions/workflows',
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}',
  'PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable',
  'PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable',

  'GET /orgs/{org}/agents/secrets',
  'GET /orgs/{org}/agents/secrets/public-key',
  'GET PUT DELETE /orgs/{org}/agents/secrets/{secret_name}',
  'GET PUT /orgs/{org}/agents/secrets/{secret_name}/repositories',
  'PUT DELETE /orgs/{org}/agents/secrets/{secret_name}/repositories/{repository_id}',
  'GET /repos/{owner}/{repo}/agents/secrets',
  'GET /repos/{owner}/{repo}/agents/secrets/public-key',
  'GET PUT DELETE /repos/{owner}/{repo}/agents/secrets/{secret_name}',

  'GET POST /repos/{owner}/{repo}/issues',
  'GET PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  'GET POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'POST /repos/{owner}/{repo}/check-runs',
  'GET PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/branches/{branch}',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}',

  'GET PUT DELETE /repos/{owner}/{repo}/contents/{path}',
  'GET /repos/{owner}/{repo}/commits/{ref}',
  'GET /repos/{owner}/{repo}/git/ref/{ref}',
  'POST /repos/{owner}/{repo}/git/refs',
  'POST /repos/{owner}/{repo}/git/trees',
  'POST /repos/{owner}/{repo}/git/commits',
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',

  'GET /app',
  'GET /orgs/{org}/installation',
  'GET /users/{username}/installation',
  'POST /app/installations/{installation_id}/access_tokens',
])
