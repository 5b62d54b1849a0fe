import { type Answer, type Call, repositoryOf } from '../../http/call.ts'
import { dateRange } from '../../http/date-range.ts'
import { pageOf } from '../../http/page.ts'
import { hasSince } from '../../world/products.ts'
import type { Repository } from '../../world/store.ts'
import { workflowIn } from '../workflows.ts'
import { presentRun } from './present-run.ts'
import { runsOf, settled, type WorkflowRun } from './run.ts'

/** "This endpoint will return up to 1,000 results for each search when using the following parameters." */
const MOST = 1000
const FILTERS = ['actor', 'branch', 'check_suite_id', 'created', 'event', 'head_sha', 'status']

/** All of a repository. https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
export function listRuns(call: Call): Answer {
  const repository = repositoryOf(call)
  return listed(call, repository, () => true)
}

/** Those of one workflow. */
export function listWorkflowRuns(call: Call): Answer {
  const repository = repositoryOf(call)
  const { path } = workflowIn(call)
  return listed(call, repository, (run) => run.path === path)
}

/** From new to old. */
function listed(call: Call, repository: Repository, isOf: (run: WorkflowRun) => boolean): Answer {
  const matches = filterOf(call)
  const found = [...runsOf(repository).byId.values()]
    .map((run) => settled(run, call.now))
    .filter((run) => isOf(run) && matches(run))
    .sort((one, other) =>
      one.createdAt === other.createdAt ? other.id - one.id : one.createdAt < other.createdAt ? 1 : -1,
    )
  const isFiltered = FILTERS.some((name) => call.query[name] !== undefined)
  const { items, headers } = pageOf(call, isFiltered ? found.slice(0, MOST) : found)
  const workflowRuns = items.map((run) => presentRun(call, repository, run))
  return { status: 200, body: { total_count: found.length, workflow_runs: workflowRuns }, headers }
}

/** `status` takes conclusions too; what a release does not know it does not read. */
function filterOf({ query, product, world }: Call): (run: WorkflowRun) => boolean {
  const { actor, branch, event, status } = query
  const created = hasSince(product, [3, 4]) && query.created !== undefined ? dateRange(query.created) : undefined
  const suite = hasSince(product, [3, 5]) ? query.check_suite_id : undefined
  const sha = hasSince(product, [3, 7]) ? query.head_sha : undefined
  return (run) =>
    (actor === undefined || actor.toLowerCase() === (run.actor ?? world.viewer.login).toLowerCase()) &&
    (branch === undefined || branch === run.headBranch) &&
    (event === undefined || event === run.event) &&
    (status === undefined || status === run.status || status === run.conclusion) &&
    (created === undefined || created(Date.parse(run.createdAt))) &&
    (suite === undefined || suite === String(run.checkSuiteId)) &&
    (sha === undefined || sha === run.headSha)
}
