/** The reason why no family sends an operation; commands may. */
export type Otherwise =
  /** Another operation does the same for octoform. */
  | { readonly instead: string; readonly because: string }
  /** A run sends it itself, for this. */
  | { readonly run: string }
  /** Nothing of it is a setting of Actions, or GitHub withdrew it. */
  | { readonly not: string }

const WHOLE = 'a list is replaced as a whole, so that no entry stays by mistake'
const LISTED = 'the list has all of it, in fewer requests'
const PERSON = "a person's own secrets"
const WITHDRAWN = 'withdrawn by GitHub: rulesets took its place'
const REPOSITORY = 'repositories themselves are not administered, their Actions are'
const ABOVE = 'read where it is set, at the organization'

/**
 * Operations that no family sends, by pattern: `METHODS PATH`, or a path for all methods; one that ends in `/**` stands for
 * all below it too. The most particular pattern counts. An operation of a command needs none.
 */
export const OTHERWISE: Readonly<Record<string, Otherwise>> = {
  'GET /meta': { run: 'finds out the product' },
  'GET /organizations': { run: 'the organizations of a server' },
  'GET /orgs/{org}/repos': { run: 'the repositories of an organization' },
  'GET /repos/{owner}/{repo}': { run: 'a repository, and its id before a write' },
  'POST /orgs/{org}/repos': { not: REPOSITORY },
  'PATCH DELETE /repos/{owner}/{repo}': { not: REPOSITORY },
  'GET /rate_limit': { not: 'the headers of each answer say the same' },

  '/user/codespaces/secrets/**': { not: PERSON },
  '/orgs/{org}/actions/required_workflows/**': { not: WITHDRAWN },
  '/repos/{org}/{repo}/actions/required_workflows/**': { not: WITHDRAWN },
  '/repos/{owner}/{repo}/actions/required_workflows/**': { not: WITHDRAWN },

  'GET /enterprises/{enterprise}/actions/runners/{runner_id}': {
    instead: 'GET /enterprises/{enterprise}/actions/runners',
    because: LISTED,
  },
  'GET POST DELETE /enterprises/{enterprise}/actions/runners/{runner_id}/labels': {
    instead: 'PUT /enterprises/{enterprise}/actions/runners/{runner_id}/labels',
    because: WHOLE,
  },
  'DELETE /enterprises/{enterprise}/actions/runners/{runner_id}/labels/{name}': {
    instead: 'PUT /enterprises/{enterprise}/actions/runners/{runner_id}/labels',
    because: WHOLE,
  },
  'GET /orgs/{org}/actions/runners/{runner_id}': { instead: 'GET /orgs/{org}/actions/runners', because: LISTED },
  'GET POST DELETE /orgs/{org}/actions/runners/{runner_id}/labels': {
    instead: 'PUT /orgs/{org}/actions/runners/{runner_id}/labels',
    because: WHOLE,
  },
  'DELETE /orgs/{org}/actions/runners/{runner_id}/labels/{name}': {
    instead: 'PUT /orgs/{org}/actions/runners/{runner_id}/labels',
    because: WHOLE,
  },
  'GET /repos/{owner}/{repo}/actions/runners/{runner_id}': {
    instead: 'GET /repos/{owner}/{repo}/actions/runners',
    because: LISTED,
  },
  'GET POST DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}/labels': {
    instead: 'PUT /repos/{owner}/{repo}/actions/runners/{runner_id}/labels',
    because: WHOLE,
  },
  'DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}/labels/{name}': {
    instead: 'PUT /repos/{owner}/{repo}/actions/runners/{runner_id}/labels',
    because: WHOLE,
  },
  'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/hosted-runners': {
    instead: 'GET /orgs/{org}/actions/hosted-runners',
    because: LISTED,
  },
  'GET /orgs/{org}/actions/variables/{name}': { instead: 'GET /orgs/{org}/actions/variables', because: LISTED },
  'GET /repos/{owner}/{repo}/actions/variables/{name}': {
    instead: 'GET /repos/{owner}/{repo}/actions/variables',
    because: LISTED,
  },
  'GET /orgs/{org}/agents/variables/{name}': { instead: 'GET /orgs/{org}/agents/variables', because: LISTED },
  'GET /repos/{owner}/{repo}/agents/variables/{name}': {
    instead: 'GET /repos/{owner}/{repo}/agents/variables',
    because: LISTED,
  },
  'GET /repos/{owner}/{repo}/actions/organization-secrets': {
    instead: 'GET /orgs/{org}/actions/secrets',
    because: ABOVE,
  },
  'GET /repos/{owner}/{repo}/actions/organization-variables': {
    instead: 'GET /orgs/{org}/actions/variables',
    because: ABOVE,
  },
  'GET /repos/{owner}/{repo}/agents/organization-secrets': {
    instead: 'GET /orgs/{org}/agents/secrets',
    because: ABOVE,
  },
  'GET /repos/{owner}/{repo}/agents/organization-variables': {
    instead: 'GET /orgs/{org}/agents/variables',
    because: ABOVE,
  },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/variables/{name}': {
    instead: 'GET /repos/{owner}/{repo}/environments/{environment_name}/variables',
    because: LISTED,
  },
  'GET /repositories/{repository_id}/environments/{environment_name}/variables/{name}': {
    instead: 'GET /repositories/{repository_id}/environments/{environment_name}/variables',
    because: LISTED,
  },
  'GET PUT /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies/{branch_policy_id}': {
    instead: 'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
    because: LISTED,
  },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules/{protection_rule_id}': {
    instead: 'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules',
    because: LISTED,
  },
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}': {
    instead: 'GET /repos/{owner}/{repo}/actions/workflows',
    because: LISTED,
  },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules/apps': {
    instead: 'GET /apps/{app_slug}',
    because: 'it gives the App by its slug',
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': { run: 'whether a run is still going, for its lock' },
}
