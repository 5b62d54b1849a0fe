import { type Answer, type Call, repositoryOf } from '../../http/call.ts'
import { unprocessable } from '../../http/errors.ts'
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
  const created = hasSince(product, [3, 4]) && query.created !== undefined ? rangeOf(query.created) : undefined
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

/**
 * A date, a comparison or a range, each end of which may be a day or a moment
 * (https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates).
 * @throws Refusal 422 for anything else, whose answer is not documented
 */
function rangeOf(text: string): (moment: number) => boolean {
  const [, least, most] = /^(.+)\.\.(.+)$/.exec(text) ?? []
  if (least !== undefined && most !== undefined) {
    const [from, to] = [least === '*' ? -Infinity : dayOf(least).from, most === '*' ? Infinity : dayOf(most).to]
    return (moment) => moment >= from && moment <= to
  }
  const [, sign = '', date = ''] = /^(>=|<=|>|<)?(.+)$/.exec(text) ?? []
  const { from, to } = dayOf(date)
  switch (sign) {
    case '>=':
      return (moment) => moment >= from
    case '>':
      return (moment) => moment > to
    case '<=':
      return (moment) => moment <= to
    case '<':
      return (moment) => moment < from
    default:
      return (moment) => moment >= from && moment <= to
  }
}

/** The first and the last millisecond of a day, or of a moment's second. */
function dayOf(text: string): { readonly from: number; readonly to: number } {
  const from = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(text) || Number.isNaN(from)) {
    throw unprocessable(`"${text}" is no date.`)
  }
  return { from, to: from + (text.length === 10 ? 86_400_000 : 1000) - 1 }
}
