import { type Answer, type Call, idParam, ok, repositoryOf } from '../../http/call.ts'
import { notFound, Refusal } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { redirectToStore, STORE, type StoreRoute } from '../../http/store.ts'
import type { Repository, World } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
import { again, endedRun } from './change-runs.ts'
import { type Job, jobsIn } from './job.ts'
import { refuseGone } from './logs.ts'
import { presentJob } from './present-job.ts'
import { runIn, runsOf, settled, type WorkflowRun } from './run.ts'

const ACTIONS = '/repos/{owner}/{repo}/actions'
const ONE = `${ACTIONS}/jobs/{job_id}`
const READ = { method: 'GET', permission: 'actions=read' } as const
const KIND = `${STORE}job-logs`

/** The log of one job. */
const JOB_LOGS: StoreRoute = {
  template: `${KIND}/{repository_id}/{job_id}`,
  find(world, { repository_id: repositoryId, job_id: jobId }) {
    const logs = logsIn(world, Number(repositoryId), Number(jobId))
    if (logs === undefined) return undefined
    return { content: logs, type: 'text/plain; charset=utf-8', filename: `job-logs-${jobId}.txt`, ranges: true }
  },
}

/** The jobs of workflow runs (https://docs.github.com/rest/actions/workflow-jobs). */
export const workflowJobs: Resource = {
  routes: [
    { ...READ, template: `${ACTIONS}/runs/{run_id}/jobs`, handle: listJobs },
    {
      ...READ,
      since: [3, 5],
      template: `${ACTIONS}/runs/{run_id}/attempts/{attempt_number}/jobs`,
      handle: listOfAttempt,
    },
    { ...READ, template: ONE, handle: getJob },
    { ...READ, template: `${ONE}/logs`, handle: jobLogs },
    { method: 'POST', permission: 'actions=write', since: [3, 5], template: `${ONE}/rerun`, handle: rerunJob },
  ],
  store: [JOB_LOGS],
}

/** "`latest` returns jobs from the most recent execution of the workflow run. `all` returns all jobs for a workflow run". */
function listJobs(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  const jobs = call.query.filter === 'all' ? run.jobs : jobsIn(run.jobs, run.attempt)
  return listAnswer(call, 'jobs', jobs, (job) => presentJob(call, repository, run, job))
}

function listOfAttempt(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  const attempt = idParam(call, 'attempt_number')
  if (attempt < 1 || attempt > run.attempt) throw notFound()
  return listAnswer(call, 'jobs', jobsIn(run.jobs, attempt), (job) => presentJob(call, repository, run, job))
}

function getJob(call: Call): Answer {
  const repository = repositoryOf(call)
  const { run, job } = jobIn(call, repository)
  return ok(presentJob(call, repository, run, job))
}

/** 302 for the log of a job that has ended. */
function jobLogs(call: Call): Answer {
  const repository = repositoryOf(call)
  const { run, job } = jobIn(call, repository)
  if (job.status !== 'completed') throw notFound()
  refuseGone(run.logs)
  return redirectToStore(call, `${KIND}/${repository.id}/${job.id}`)
}

/** The job alone, in a new attempt of its run; jobs that depend on it are not known here. */
function rerunJob(call: Call): Answer {
  const { run, job } = jobIn(call, repositoryOf(call))
  if (!jobsIn(run.jobs, run.attempt).includes(job)) throw new Refusal(403, 'This job has been run again already')
  return again(call, endedRun(call, run), [job])
}

/** @throws Refusal 404 when no run has the job in the path. */
function jobIn(call: Call, repository: Repository): { readonly run: WorkflowRun; readonly job: Job } {
  const id = idParam(call, 'job_id')
  for (const run of runsOf(repository).byId.values()) {
    const job = settled(run, call.now).jobs.find((each) => each.id === id)
    if (job) return { run, job }
  }
  throw notFound()
}

function logsIn(world: World, repositoryId: number, jobId: number): Job['logs'] {
  const repository = world.repositories.get(repositoryId)
  for (const run of repository ? runsOf(repository).byId.values() : []) {
    const job = run.jobs.find(({ id }) => id === jobId)
    if (job) return typeof run.logs === 'string' ? undefined : (job.logs ?? { text: `The log of job ${jobId}.\n` })
  }
  return undefined
}
