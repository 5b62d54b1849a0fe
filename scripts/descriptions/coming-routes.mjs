import { routesOf } from './routes-of.mjs'

/**
 * The routes that families to come take: GitHub's resources of Actions that operations.mjs does not name yet. They stand here
 * so that the token permission of each is known, and compared with GitHub's documentation, before its family is written.
 */
export const COMING_ROUTES = routesOf([
  'GET POST /orgs/{org}/actions/required_workflows',
  'GET PATCH DELETE /orgs/{org}/actions/required_workflows/{required_workflow_id}',
  'GET PUT /orgs/{org}/actions/required_workflows/{required_workflow_id}/repositories',
  'PUT DELETE /orgs/{org}/actions/required_workflows/{required_workflow_id}/repositories/{repository_id}',
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/hosted-runners',
  'GET /repos/{org}/{repo}/actions/required_workflows',
  'GET /repos/{org}/{repo}/actions/required_workflows/{required_workflow_id_for_repo}',
  'GET /repos/{org}/{repo}/actions/required_workflows/{required_workflow_id_for_repo}/timing',
  'GET /repos/{owner}/{repo}/actions/organization-secrets',
  'GET /repos/{owner}/{repo}/actions/organization-variables',
  'GET /repos/{owner}/{repo}/actions/required_workflows/{required_workflow_id_for_repo}/runs',
  'GET /repos/{owner}/{repo}/agents/organization-secrets',
  'GET /repos/{owner}/{repo}/agents/organization-variables',
  'GET /user/codespaces/secrets',
  'GET /user/codespaces/secrets/public-key',
  'GET PUT DELETE /user/codespaces/secrets/{secret_name}',
  'GET PUT /user/codespaces/secrets/{secret_name}/repositories',
  'PUT DELETE /user/codespaces/secrets/{secret_name}/repositories/{repository_id}',
])
