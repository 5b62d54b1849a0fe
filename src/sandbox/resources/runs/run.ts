import { type Call, idParam } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import type { Content } from '../../world/content.ts'
import { slot } from '../../world/slot.ts'
import { type Repository, timestamp } from '../../world/store.ts'
import type { Job } from './job.ts'

/** The states of a run (https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run). */
export const RUN_STATUSES = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** A run of a workflow as it is in its last attempt. The attempts before have ended: GitHub re-runs only ended ones. */
export interface WorkflowRun {
  readonly id: number
  attempt: number
  status: RunStatus
  /** Null until the attempt has ended. */
  conclusion: string | null
  readonly event: string
  /** The workflow's file, such as `.github/workflows/apply.yml`. */
  readonly path: string
  /** The workflow's where left out. */
  readonly name: string | undefined
  readonly title: string | undefined
  /** Counted for each workflow. */
  readonly number: number
  readonly headBranch: string
  readonly headSha: string
  /** The full name of the fork that it came from. */
  readonly fork: string | undefined
  /** Logins; the person behind every token where left out. */
  readonly actor: string | undefined
  triggeringActor: string | undefined
  readonly checkSuiteId: number
  /** The numbers of pull requests. */
  readonly pullRequests: readonly number[]
  readonly createdAt: string
  /** When the last attempt began. */
  startedAt: string
  updatedAt: string
  /** Whether it stops when it is asked to; one that is stuck does not. */
  readonly cancel: 'obeyed' | 'ignored'
  /** How long it goes on after it was cancelled, in milliseconds. */
  readonly cancelTakesMs: number
  /** When it stops, as an ISO date, once it was cancelled. */
  cancelAt: string | undefined
  logs: Logs
  /** The names of the environments that it waits for. */
  waitingFor: readonly string[]
  approvals: readonly Approval[]
  /** The concurrency group that it is in. */
  readonly concurrency: string | undefined
  /** The conclusions of the attempts before, by number; `failure` for one that is missing. */
  readonly earlier: Map<number, string>
  /** Of all attempts. */
  jobs: readonly Job[]
}

/** Logs are deleted by request, or expire with their retention. */
export type Logs = Content | 'deleted' | 'expired'

export interface Approval {
  readonly environments: readonly string[]
  readonly state: 'approved' | 'rejected'
  /** A login. */
  readonly user: string
  readonly comment: string
}

interface Runs {
  readonly byId: Map<number, WorkflowRun>
  /** GitHub gives no id a second time. */
  lastId: number
  lastJobId: number
}

export const runsOf = slot<Repository, Runs>(() => ({ byId: new Map(), lastId: 0, lastJobId: 0 }))

/** The run with the id in the path, as it is by now. @throws Refusal 404 */
export function runIn(call: Call, repository: Repository): WorkflowRun {
  const run = runsOf(repository).byId.get(idParam(call, 'run_id'))
  if (!run) throw notFound()
  return settled(run, call.now)
}

/** The run, completed where it was cancelled and has come to its end. */
export function settled(run: WorkflowRun, now: Date): WorkflowRun {
  if (run.cancelAt === undefined || run.status === 'completed') return run
  const end = new Date(run.cancelAt)
  if (end <= now) complete(run, 'cancelled', end)
  return run
}

/** Ends the attempt, and each of its jobs that has not ended. */
export function complete(run: WorkflowRun, conclusion: string, moment: Date): void {
  const end = timestamp(moment)
  Object.assign(run, { status: 'completed', conclusion, updatedAt: end, cancelAt: undefined, waitingFor: [] })
  run.jobs = run.jobs.map((job) => {
    if (job.status === 'completed') return job
    const ended = job.conclusion ?? (conclusion === 'failure' ? 'failure' : 'cancelled')
    return { ...job, status: 'completed', conclusion: ended, completedAt: end }
  })
}

/** Takes a run that waited into the queue. */
export function queue(run: WorkflowRun, now: Date): void {
  Object.assign(run, { status: 'queued', conclusion: null, updatedAt: timestamp(now) })
}
