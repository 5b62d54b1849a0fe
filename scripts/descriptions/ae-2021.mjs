import { resolve } from './resolve.mjs'
import { routesOf } from './routes-of.mjs'

/**
 * The operations of the page "Actions" of GitHub AE's REST reference as it was in 2021
 * (https://docs.github.com/github-ae@latest/rest/reference/actions). No package of descriptions has that generation: the
 * first that describes Actions on GitHub AE, in 2022, names some forty operations more.
 */
export const PAGE = new Set(
  routesOf([
    'GET /repos/{owner}/{repo}/actions/artifacts',
    'GET DELETE /repos/{owner}/{repo}/actions/artifacts/{artifact_id}',
    'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',

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

    'DELETE /orgs/{org}/actions/runners/{runner_id}',
    'GET /repos/{owner}/{repo}/actions/runners',
    'DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}',
    'POST /orgs/{org}/actions/runner-groups',
    'PATCH DELETE /orgs/{org}/actions/runner-groups/{runner_group_id}',

    'GET /repos/{owner}/{repo}/actions/workflows',
    'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}',
    'PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable',
    'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    'PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable',
    'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/timing',
    'GET /repos/{owner}/{repo}/actions/jobs/{job_id}',
    'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs',
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
    'GET /repos/{owner}/{repo}/actions/runs',
    'GET DELETE /repos/{owner}/{repo}/actions/runs/{run_id}',
    'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel',
    'GET DELETE /repos/{owner}/{repo}/actions/runs/{run_id}/logs',
    'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun',
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}/timing',
    'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
  ]),
)

/** The fields of a request that the description of 2022 has, and the page has not. */
const LATER_FIELDS = {
  'POST /orgs/{org}/actions/runner-groups': ['allows_public_repositories'],
  'PATCH /orgs/{org}/actions/runner-groups/{runner_group_id}': ['allows_public_repositories'],
}

/** What Actions has beside that page, or had later: secrets, variables, runners and environments of any kind. */
const OF_ACTIONS = /\/(actions|agents|dependabot|codespaces|environments)(\/|$)/

/**
 * The description of GitHub AE in 2021, made from that of 2022: of Actions it has what the page names, its bodies without
 * the fields that came later; the rest of the API stays as it is.
 * @throws Error where the page names an operation that the description of 2022 lacks
 */
export function asOf2021(description) {
  const paths = {}
  const left = new Set(PAGE)
  for (const [path, item] of Object.entries(description.paths)) {
    paths[path] = {}
    for (const [method, operation] of Object.entries(item)) {
      const route = `${method.toUpperCase()} ${path}`
      const isOnPage = left.delete(route) && operation['x-github'] !== undefined
      if (PAGE.has(route) && !isOnPage) throw new Error(`${route}: GitHub AE of 2022 does not have it`)
      if (isOnPage || !OF_ACTIONS.test(path)) paths[path][method] = withoutLater(description, operation, route)
    }
  }
  if (left.size > 0) throw new Error(`${[...left].join(', ')}: no description has it`)
  return { ...description, paths }
}

function withoutLater(description, operation, route) {
  const later = LATER_FIELDS[route]
  if (later === undefined) return operation
  const requestBody = structuredClone(resolve(description, operation.requestBody))
  const { properties } = requestBody.content['application/json'].schema
  for (const field of later) {
    if (!(field in properties)) throw new Error(`${route}: it has no field ${field} to leave out`)
    delete properties[field]
  }
  return { ...operation, requestBody }
}
