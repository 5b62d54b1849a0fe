import { type Answer, type Call, NO_CONTENT, repositoryOf } from '../../http/call.ts'
import { Refusal } from '../../http/errors.ts'
import { hasSince } from '../../world/products.ts'
import { timestamp } from '../../world/store.ts'
import { actorOf } from '../accounts/actor.ts'
import { removeArtifactsOf } from '../artifacts/artifact.ts'
import { type Job, jobsIn } from './job.ts'
import { complete, queue, runIn, runsOf, type WorkflowRun } from './run.ts'

/** The answer of an act on a run: an empty object, which GHES 2.22 does not send. */
function done(call: Call, status: 201 | 202): Answer {
  return hasSince(call.product, [3, 4]) ? { status, body: {} } : { status }
}

/**
 * 202: the run goes on until it has stopped, and one that is stuck does not stop. The words for one that has ended were reported
 * in https://github.com/technote-space/auto-cancel-redundant-workflow/issues/68.
 */
export function cancelRun(call: Call): Answer {
  const run = activeRun(call)
  if (run.cancel === 'obeyed') {
    run.cancelAt ??= new Date(call.now.getTime() + run.cancelTakesMs).toISOString()
  }
  return done(call, 202)
}

/** "Cancels a workflow run and bypasses conditions that would otherwise cause a workflow execution to continue." */
export function forceCancelRun(call: Call): Answer {
  complete(activeRun(call), 'cancelled', call.now)
  return done(call, 202)
}

function activeRun(call: Call): WorkflowRun {
  const run = runIn(call, repositoryOf(call))
  if (run.status === 'completed') throw new Refusal(409, 'Cannot cancel a workflow run that is completed.')
  return run
}

/**
 * With all that there is of it. That a run which has not ended is refused was reported in
 * https://github.com/Mattraks/delete-workflow-runs/pull/1; with which status is not documented, and 403 is taken.
 */
export function deleteRun(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  if (run.status !== 'completed') throw new Refusal(403, 'Could not delete the workflow run')
  runsOf(repository).byId.delete(run.id)
  removeArtifactsOf(repository, run.id)
  return NO_CONTENT
}

/** All jobs anew. Which status GitHub has for a run that has not ended is not documented; 403 is taken. */
export function rerun(call: Call): Answer {
  const run = endedRun(call)
  return again(call, run, jobsIn(run.jobs, run.attempt))
}

/** Those that failed; jobs that depend on them are not known here. */
export function rerunFailedJobs(call: Call): Answer {
  const run = endedRun(call)
  const failed = jobsIn(run.jobs, run.attempt).filter(
    ({ conclusion }) => conclusion !== 'success' && conclusion !== 'skipped',
  )
  if (run.conclusion === 'success') throw new Refusal(403, 'This workflow run has no failed jobs.')
  return again(call, run, failed)
}

/** @throws Refusal 403 while it has not ended, or waits for an approval */
export function endedRun(call: Call, run = runIn(call, repositoryOf(call))): WorkflowRun {
  if (run.status !== 'completed') throw new Refusal(403, 'This workflow is already running')
  if (run.conclusion === 'action_required') throw new Refusal(403, 'This workflow run cannot be retried')
  return run
}

/** A new attempt, which waits in the queue with these jobs. */
export function again(call: Call, run: WorkflowRun, jobs: readonly Job[]): Answer {
  const state = runsOf(repositoryOf(call))
  run.earlier.set(run.attempt, run.conclusion ?? 'failure')
  run.attempt += 1
  const startedAt = timestamp(call.now)
  const waiting = { attempt: run.attempt, status: 'queued', conclusion: null, startedAt } as const
  const added = jobs.map((job): Job => {
    state.lastJobId += 1
    return { ...job, ...waiting, id: state.lastJobId, runner: undefined, completedAt: undefined, logs: undefined }
  })
  run.jobs = [...run.jobs, ...added]
  run.startedAt = startedAt
  run.triggeringActor = actorOf(call).login
  run.cancelAt = undefined
  queue(run, call.now)
  return done(call, 201)
}

/**
 * "Approves a workflow run for a pull request from a public fork of a first time contributor." Until then it is listed as
 * completed with `action_required`. 403 is documented, not for what.
 */
export function approveRun(call: Call): Answer {
  const run = runIn(call, repositoryOf(call))
  if (run.fork === undefined) throw new Refusal(403, 'This run is not from a fork pull request')
  if (run.conclusion !== 'action_required') throw new Refusal(403, 'This run is not waiting for approval')
  queue(run, call.now)
  return done(call, 201)
}
