import type { Product } from '../../src/github/endpoints.ts'
import { SERVED_PRODUCTS } from '../support/served-products.ts'

/**
 * The points in which GitHub's description of a product contradicts the known behaviour of its servers, and the servers
 * win. A deviation that a full test run does not use fails that run: it explains nothing any more.
 */
export interface Deviation {
  /** Short name, unique in the list. */
  readonly id: string
  readonly products: readonly Product[]
  /** `any` where the behaviour is the server's as a whole. */
  readonly routes: readonly string[] | 'any'
  readonly where: 'request' | 'response'
  /** How the problem that it excuses is recognised: the place in the exchange, the keyword that failed, its words. */
  readonly matches: { readonly at: RegExp; readonly keyword: string; readonly message?: RegExp }
  readonly reason: string
  /** Where the behaviour of the server is documented or was reported. */
  readonly source: string
}

const PAGED = 'The description of 2.22 leaves out the paging parameters; the list is paged nevertheless.'
const DOCS_2_22 = 'https://docs.github.com/en/enterprise-server@2.22/rest/reference/actions'
const RUN_TITLE =
  'The descriptions require `display_title`, and those of 3.4 and 3.5 `path`, and do not list them among the properties.'

const RUN_ROUTES = [
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
  'GET /repos/{owner}/{repo}/actions/runs',
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
]

const JOB_ROUTES = [
  'GET /repos/{owner}/{repo}/actions/jobs/{job_id}',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
]
const JOB_OF_ATTEMPT = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs'

const SINCE_3_9 = SERVED_PRODUCTS.filter((product) => !/^ghes-(2|3\.[4-8]$)|^ghae(-2021)?$/.test(product))

export const deviations: readonly Deviation[] = [
  {
    id: 'refusal-tells-its-status',
    products: ['ghes-3.17', 'ghes-3.18', 'ghes-3.19', 'ghec', 'dotcom'],
    routes: 'any',
    where: 'response',
    matches: { at: /^\/status$/, keyword: 'undescribed' },
    reason: 'No description of `validation-error` has the field; the answers of today have `"status": "422"`.',
    source: 'https://github.com/rollthecloudinc/hedge/issues/256',
  },
  {
    id: 'refusal-has-one-text',
    products: ['ghes-3.19', 'ghec', 'dotcom'],
    routes: [
      'PUT /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval',
      'PUT /repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos',
    ],
    where: 'response',
    matches: { at: /^\/errors$/, keyword: 'type' },
    reason: 'The description wants a list; where the visibility of the repository is the problem, the answer has one text.',
    source: 'https://github.com/eclipse-csi/otterdog/issues/635',
  },
  {
    id: 'environment-shows-whether-admins-bypass',
    products: SINCE_3_9,
    routes: [
      'GET /repos/{owner}/{repo}/environments',
      'GET /repos/{owner}/{repo}/environments/{environment_name}',
      'PUT /repos/{owner}/{repo}/environments/{environment_name}',
    ],
    where: 'response',
    matches: { at: /^(\/environments\/\d+)?\/can_admins_bypass$/, keyword: 'undescribed' },
    reason: 'No description has the field; the answers do since 2023, and GHES since 3.9.',
    source: 'https://github.com/google/go-github/pull/2721 and https://github.com/github/roadmap/issues/654',
  },
  {
    id: 'environment-takes-whether-admins-bypass',
    products: SINCE_3_9,
    routes: ['PUT /repos/{owner}/{repo}/environments/{environment_name}'],
    where: 'request',
    matches: { at: /^\/can_admins_bypass$/, keyword: 'undescribed' },
    reason: 'No description has the field, and the servers take it.',
    source: 'https://github.com/google/go-github/issues/2725',
  },
  {
    id: 'environment-takes-one-field-more',
    products: SINCE_3_9,
    routes: ['PUT /repos/{owner}/{repo}/environments/{environment_name}'],
    where: 'request',
    matches: { at: /^$/, keyword: 'additionalProperties' },
    reason: 'The descriptions allow no field beside theirs, and the servers take `can_admins_bypass`.',
    source: 'https://github.com/google/go-github/issues/2725',
  },
  {
    id: 'secret-repository-ids-are-integers',
    products: ['ghes-2.22'],
    routes: ['PUT /orgs/{org}/actions/secrets/{secret_name}'],
    where: 'request',
    matches: { at: /^\/selected_repository_ids\/\d+$/, keyword: 'type' },
    reason: 'The description wants strings; the server answers 422 `For \'items\', "12345" is not an integer.`',
    source: 'https://github.com/github/rest-api-description/issues/275',
  },
  {
    id: 'secret-repositories-are-paged',
    products: ['ghes-2.22'],
    routes: ['GET /orgs/{org}/actions/secrets/{secret_name}/repositories'],
    where: 'request',
    matches: { at: /^query\.(per_page|page)$/, keyword: 'undescribed' },
    reason: PAGED,
    source: `${DOCS_2_22}#list-selected-repositories-for-an-organization-secret`,
  },
  {
    id: 'runner-group-repositories-are-paged',
    products: ['ghes-2.22'],
    routes: ['GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories'],
    where: 'request',
    matches: { at: /^query\.(per_page|page)$/, keyword: 'undescribed' },
    reason: PAGED,
    source: `${DOCS_2_22}#list-repository-access-to-a-self-hosted-runner-group-in-an-organization`,
  },
  {
    id: 'runner-group-shows-public-repositories',
    products: ['ghes-2.22'],
    routes: [
      'GET /orgs/{org}/actions/runner-groups',
      'POST /orgs/{org}/actions/runner-groups',
      'GET /orgs/{org}/actions/runner-groups/{runner_group_id}',
      'PATCH /orgs/{org}/actions/runner-groups/{runner_group_id}',
    ],
    where: 'response',
    matches: { at: /^(\/runner_groups\/\d+)?\/allows_public_repositories$/, keyword: 'undescribed' },
    reason: 'The description of 2.22 leaves the field out; the answers that its documentation shows have it.',
    source: `${DOCS_2_22}#list-self-hosted-runner-groups-for-an-organization`,
  },
  {
    id: 'repository-has-no-discussions',
    products: ['ghes-3.4', 'ghes-3.5', 'ghes-3.6'],
    routes: ['GET /repos/{owner}/{repo}', 'PATCH /repos/{owner}/{repo}'],
    where: 'response',
    matches: { at: /^$/, keyword: 'required', message: /'has_discussions'/ },
    reason:
      'The description requires `has_discussions` and does not list it among the properties: 3.7 is the first to.',
    source: 'components.schemas.full-repository of generated/ghes-3.4.json to ghes-3.7.json in @octokit/openapi 10.0.0',
  },
  {
    id: 'pull-request-repository-has-no-discussions',
    products: ['ghes-3.4', 'ghes-3.5', 'ghes-3.6'],
    routes: ['GET /repos/{owner}/{repo}/pulls/{pull_number}'],
    where: 'response',
    matches: { at: /^\/(head|base)\/repo$/, keyword: 'required', message: /'has_discussions'/ },
    reason:
      'The description requires `has_discussions` and does not list it among the properties: 3.7 is the first to.',
    source: 'components.schemas.pull-request of generated/ghes-3.4.json to ghes-3.6.json in @octokit/openapi 10.0.0',
  },
  {
    id: 'repository-of-ae-has-no-discussions',
    products: ['ghae', 'ghae-2021'],
    routes: ['GET /repos/{owner}/{repo}', 'PATCH /repos/{owner}/{repo}', 'GET /repos/{owner}/{repo}/pulls/{pull_number}'],
    where: 'response',
    matches: { at: /^(\/(head|base)\/repo)?$/, keyword: 'required', message: /'has_discussions'/ },
    reason: 'The description requires `has_discussions` of a repository, and lets none be made or changed with it.',
    source: 'components.schemas.full-repository and repository of generated/github.ae.json in @octokit/openapi 10.0.0',
  },
  {
    id: 'deleted-fork-has-no-repository',
    products: SERVED_PRODUCTS,
    routes: [
      'GET /repos/{owner}/{repo}/pulls/{pull_number}',
      'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    ],
    where: 'response',
    matches: { at: /^(\/\d+)?\/head\/repo$/, keyword: 'type' },
    reason: 'The description wants a repository; where the fork of a pull request was deleted the answer has null.',
    source: 'components.schemas.pull-request of generated/ghes-3.4.json in @octokit/openapi 10.0.0, where it is nullable',
  },
  {
    id: 'workflow-run-has-no-title',
    products: ['ghes-3.4', 'ghes-3.5', 'ghes-3.6', 'ghes-3.7'],
    routes: RUN_ROUTES,
    where: 'response',
    matches: { at: /^(\/workflow_runs\/\d+)?$/, keyword: 'required', message: /'(display_title|path)'/ },
    reason: RUN_TITLE,
    source: 'components.schemas.workflow-run of generated/ghes-3.4.json to ghes-3.7.json in @octokit/openapi 10.0.0',
  },
  {
    id: 'workflow-run-of-2021-has-no-title',
    products: ['ghae-2021'],
    routes: RUN_ROUTES,
    where: 'response',
    matches: { at: /^(\/workflow_runs\/\d+)?$/, keyword: 'required', message: /'(display_title|path)'/ },
    reason: 'The description is that of 2022; the answer that the reference of 2021 shows has neither field.',
    source: 'https://docs.github.com/github-ae@latest/rest/reference/actions#get-a-workflow-run, as of 2021',
  },
  {
    id: 'workflow-run-attempt-has-no-title',
    products: ['ghes-3.5', 'ghes-3.6', 'ghes-3.7'],
    routes: ['GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}'],
    where: 'response',
    matches: { at: /^$/, keyword: 'required', message: /'(display_title|path)'/ },
    reason: RUN_TITLE,
    source: 'components.schemas.workflow-run of generated/ghes-3.5.json to ghes-3.7.json in @octokit/openapi 10.0.0',
  },
  {
    id: 'job-is-got-with-200',
    products: ['ghes-2.22'],
    routes: ['GET /repos/{owner}/{repo}/actions/jobs/{job_id}'],
    where: 'response',
    matches: { at: /^status$/, keyword: 'undescribed' },
    reason: 'The description has 202; the reference of the release, and every other description, has 200.',
    source: `${DOCS_2_22}#get-a-job-for-a-workflow-run`,
  },
  {
    id: 'job-has-no-workflow',
    products: ['ghes-3.4'],
    routes: JOB_ROUTES,
    where: 'response',
    matches: { at: /^(\/jobs\/\d+)?$/, keyword: 'required', message: /'(workflow_name|head_branch)'/ },
    reason: 'The descriptions require both and do not list them among the properties.',
    source: 'components.schemas.job of generated/ghes-3.4.json in @octokit/openapi 10.0.0',
  },
  {
    id: 'job-of-an-attempt-has-no-workflow',
    products: ['ghes-3.5', 'ghes-3.6', 'ghes-3.7'],
    routes: [...JOB_ROUTES, JOB_OF_ATTEMPT],
    where: 'response',
    matches: { at: /^(\/jobs\/\d+)?$/, keyword: 'required', message: /'(workflow_name|head_branch)'/ },
    reason: 'The descriptions require both and do not list them among the properties.',
    source: 'components.schemas.job of generated/ghes-3.5.json to ghes-3.7.json in @octokit/openapi 10.0.0',
  },
  {
    id: 'job-of-2021-has-no-runner',
    products: ['ghae-2021'],
    routes: JOB_ROUTES,
    where: 'response',
    matches: { at: /^(\/jobs\/\d+)?$/, keyword: 'required', message: /'(labels|runner_|workflow_name|head_branch)/ },
    reason: 'The description is that of 2022; the answer that the reference of 2021 shows has none of them.',
    source: 'https://docs.github.com/github-ae@latest/rest/reference/actions#get-a-job-for-a-workflow-run, as of 2021',
  },
  {
    id: 'organization-archived-at-is-not-listed',
    products: ['ghes-3.8', 'ghes-3.9', 'ghes-3.10'],
    routes: ['GET /orgs/{org}', 'GET /orgs/{org}/teams/{team_slug}'],
    where: 'response',
    matches: { at: /^(\/organization)?$/, keyword: 'required', message: /'archived_at'/ },
    reason: 'The descriptions require `archived_at` and do not list it among the properties: 3.11 is the first to.',
    source: 'components.schemas.organization-full of generated/ghes-3.8.json in @octokit/openapi 12.0.0 and 14.0.0',
  },
  {
    id: 'commit-is-text-in-another-media-type',
    products: SERVED_PRODUCTS,
    routes: ['GET /repos/{owner}/{repo}/commits/{ref}'],
    where: 'response',
    matches: { at: /^$/, keyword: 'type' },
    reason: 'The trimmed descriptions hold JSON alone; the media type `sha` answers with the SHA as text.',
    source: 'https://docs.github.com/rest/commits/commits#get-a-commit',
  },
  {
    id: 'created-is-a-range',
    products: SERVED_PRODUCTS.filter((product) => product !== 'ghes-2.22'),
    routes: [
      'GET /repos/{owner}/{repo}/actions/runs',
      'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    ],
    where: 'request',
    matches: { at: /^query\.created$/, keyword: 'format' },
    reason: 'The descriptions want a moment; their own text says that it is a range of dates, as in a search.',
    source:
      'https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates',
  },
  {
    id: 'content-conflict-fits-two-schemas',
    products: ['ghes-3.17', 'ghes-3.18', 'ghes-3.19', 'ghec', 'dotcom'],
    routes: ['PUT /repos/{owner}/{repo}/contents/{path}'],
    where: 'response',
    matches: { at: /^$/, keyword: 'oneOf' },
    reason:
      'The description of 409 wants exactly one of a plain error and a rule violation. Neither requires a field, so that a plain error is both.',
    source: 'components.schemas.repository-rule-violation-error of generated/ghec.json in @octokit/openapi 23.0.2',
  },
]
