import { type Answer, type Call, idParam, ok, repositoryOf } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import type { Resource } from '../resource.ts'
import { approveRun, cancelRun, deleteRun, forceCancelRun, rerun, rerunFailedJobs } from './change-runs.ts'
import { CONCURRENCY_ROUTES } from './concurrency.ts'
import { setRun } from './control.ts'
import { DISPATCH_ROUTE } from './dispatch.ts'
import { dumpRuns } from './dump-run.ts'
import { listRuns, listWorkflowRuns } from './list-runs.ts'
import { attemptLogs, deleteLogs, RUN_LOGS, runLogs } from './logs.ts'
import { presentRun, runInAttempt } from './present-run.ts'
import { REVIEW_ROUTES } from './reviews.ts'
import { runIn } from './run.ts'
import { seedRuns } from './seed-run.ts'
import { runTiming, workflowTiming } from './timing.ts'

const ACTIONS = '/repos/{owner}/{repo}/actions'
const ALL = `${ACTIONS}/runs`
const ONE = `${ALL}/{run_id}`
const ATTEMPT = `${ONE}/attempts/{attempt_number}`
const READ = { method: 'GET', permission: 'actions=read' } as const
const ACT = { method: 'POST', permission: 'actions=write' } as const
const DELETE = { method: 'DELETE', permission: 'actions=write' } as const
/** Attempts, and so what runs only a part again. */
const ATTEMPTS_CAME = { since: [3, 5] } as const

/** Runs of workflows (https://docs.github.com/rest/actions/workflow-runs). */
export const workflowRuns: Resource = {
  routes: [
    { ...READ, template: ALL, handle: listRuns },
    { ...READ, template: `${ACTIONS}/workflows/{workflow_id}/runs`, handle: listWorkflowRuns },
    { ...READ, template: ONE, handle: getRun },
    { ...DELETE, template: ONE, handle: deleteRun },
    { ...READ, ...ATTEMPTS_CAME, template: ATTEMPT, handle: getAttempt },
    { ...READ, template: `${ONE}/logs`, handle: runLogs },
    { ...DELETE, template: `${ONE}/logs`, handle: deleteLogs },
    { ...READ, ...ATTEMPTS_CAME, template: `${ATTEMPT}/logs`, handle: attemptLogs },
    { ...ACT, template: `${ONE}/cancel`, handle: cancelRun },
    { ...ACT, since: [3, 12], template: `${ONE}/force-cancel`, handle: forceCancelRun },
    { ...ACT, template: `${ONE}/rerun`, handle: rerun },
    { ...ACT, ...ATTEMPTS_CAME, template: `${ONE}/rerun-failed-jobs`, handle: rerunFailedJobs },
    { ...ACT, notOn: ['ghes'], template: `${ONE}/approve`, handle: approveRun },
    { ...READ, notOn: ['ghes'], template: `${ONE}/timing`, handle: runTiming },
    { ...READ, notOn: ['ghes'], template: `${ACTIONS}/workflows/{workflow_id}/timing`, handle: workflowTiming },
    DISPATCH_ROUTE,
    ...REVIEW_ROUTES,
    ...CONCURRENCY_ROUTES,
  ],
  repository: { keys: ['runs'], seed: seedRuns, dump: dumpRuns },
  controls: { runs: setRun },
  store: [RUN_LOGS],
}

function getRun(call: Call): Answer {
  const repository = repositoryOf(call)
  return ok(presentRun(call, repository, runIn(call, repository)))
}

function getAttempt(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  const attempt = idParam(call, 'attempt_number')
  if (attempt < 1 || attempt > run.attempt) throw notFound()
  return ok(presentRun(call, repository, runInAttempt(run, attempt)))
}
