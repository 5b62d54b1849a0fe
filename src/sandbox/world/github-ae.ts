/** A generation of GitHub AE: the one whose REST reference of 2021 is known, and the one described in 2022. */
export type Generation = '2021' | '2022'

/**
 * Operations of GHES 3.4 that GitHub AE lacked in 2022: labels of runners, secrets of Dependabot and of environments, and the lists of
 * runner groups (https://docs.github.com/github-ae@latest/rest/actions).
 */
const LACKED_IN_2022 = [
  /\/runners\/\{runner_id\}\/labels/,
  /\/dependabot\//,
  /^\w+ \/repositories\/\{repository_id\}\/environments\//,
  /^\w+ \/orgs\/\{org\}\/actions\/runner-groups\/\{runner_group_id\}\/repositories/,
  /^(GET|PUT) \/orgs\/\{org\}\/actions\/runner-groups\/\{runner_group_id\}\/runners$/,
  /^DELETE \/orgs\/\{org\}\/actions\/runner-groups\/\{runner_group_id\}\/runners\/\{runner_id\}$/,
  /^\w+ \/enterprises\/\{enterprise\}\/actions\/runner-groups\/\{runner_group_id\}\/organizations/,
  /\/runs\/\{run_id\}\/(approvals|pending_deployments)$/,
]

/** The attempts of runs came to GHES with 3.5; the times that are billed never did. */
const EARLY_IN_2022 = [
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/logs',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/timing',
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/timing',
]

/** Paths of Actions, of which the reference of 2021 names the operations below alone. */
const OF_ACTIONS = /\/(actions|agents|codespaces|dependabot|environments)\//

/**
 * The operations of the page Actions of GitHub AE's REST reference of 2021. Runners were disabled
 * there: nothing registers one, and an organization's cannot be listed. Groups of runners cannot be read.
 */
const ON_THE_PAGE_OF_2021 = new Set([
  'GET /orgs/{org}/actions/permissions',
  'PUT /orgs/{org}/actions/permissions',
  'GET /orgs/{org}/actions/permissions/repositories',
  'PUT /orgs/{org}/actions/permissions/repositories',
  'PUT /orgs/{org}/actions/permissions/repositories/{repository_id}',
  'DELETE /orgs/{org}/actions/permissions/repositories/{repository_id}',
  'GET /orgs/{org}/actions/permissions/selected-actions',
  'PUT /orgs/{org}/actions/permissions/selected-actions',
  'GET /repos/{owner}/{repo}/actions/permissions',
  'PUT /repos/{owner}/{repo}/actions/permissions',
  'GET /repos/{owner}/{repo}/actions/permissions/selected-actions',
  'PUT /repos/{owner}/{repo}/actions/permissions/selected-actions',
  'GET /orgs/{org}/actions/secrets',
  'GET /orgs/{org}/actions/secrets/public-key',
  'GET /orgs/{org}/actions/secrets/{secret_name}',
  'PUT /orgs/{org}/actions/secrets/{secret_name}',
  'DELETE /orgs/{org}/actions/secrets/{secret_name}',
  'GET /orgs/{org}/actions/secrets/{secret_name}/repositories',
  'PUT /orgs/{org}/actions/secrets/{secret_name}/repositories',
  'PUT /orgs/{org}/actions/secrets/{secret_name}/repositories/{repository_id}',
  'DELETE /orgs/{org}/actions/secrets/{secret_name}/repositories/{repository_id}',
  'GET /repos/{owner}/{repo}/actions/secrets',
  'GET /repos/{owner}/{repo}/actions/secrets/public-key',
  'GET /repos/{owner}/{repo}/actions/secrets/{secret_name}',
  'PUT /repos/{owner}/{repo}/actions/secrets/{secret_name}',
  'DELETE /repos/{owner}/{repo}/actions/secrets/{secret_name}',
  'DELETE /orgs/{org}/actions/runners/{runner_id}',
  'GET /repos/{owner}/{repo}/actions/runners',
  'DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}',
  'POST /orgs/{org}/actions/runner-groups',
  'PATCH /orgs/{org}/actions/runner-groups/{runner_group_id}',
  'DELETE /orgs/{org}/actions/runner-groups/{runner_group_id}',
  'GET /repos/{owner}/{repo}/actions/workflows',
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}',
  'PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable',
  'PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable',
  'GET /repos/{owner}/{repo}/actions/runs',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
  'DELETE /repos/{owner}/{repo}/actions/runs/{run_id}',
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel',
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/logs',
  'DELETE /repos/{owner}/{repo}/actions/runs/{run_id}/logs',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/timing',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
  'GET /repos/{owner}/{repo}/actions/jobs/{job_id}',
  'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs',
  'GET /repos/{owner}/{repo}/actions/artifacts',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}',
  'DELETE /repos/{owner}/{repo}/actions/artifacts/{artifact_id}',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/timing',
])

/**
 * Whether GitHub AE differs from GHES 3.4 in this operation, and how: `has` and `lacks` decide. Undefined where it is as
 * GHES 3.4.
 */
export function differsOnAe(generation: Generation, method: string, template: string): 'has' | 'lacks' | undefined {
  const route = `${method} ${template}`
  if (generation === '2021') {
    if (!OF_ACTIONS.test(`${template}/`)) return undefined
    return ON_THE_PAGE_OF_2021.has(route) ? 'has' : 'lacks'
  }
  if (EARLY_IN_2022.includes(route)) return 'has'
  return LACKED_IN_2022.some((lacked) => lacked.test(route)) ? 'lacks' : undefined
}
