import { type Answer, type Call, ok, repositoryOf } from '../../http/call.ts'
import type { Repository } from '../../world/store.ts'
import { workflowIn } from '../workflows.ts'
import { type Job, jobsIn } from './job.ts'
import { runIn, runsOf } from './run.ts'

const MINUTE = 60_000
const SYSTEMS = ['UBUNTU', 'MACOS', 'WINDOWS'] as const
type System = (typeof SYSTEMS)[number]

/** "Gets the number of billable minutes and total run time for a specific workflow run", of its last attempt. */
export function runTiming(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  const jobs = jobsIn(run.jobs, run.attempt)
  const billable = SYSTEMS.flatMap((system) => {
    const own = jobs.filter((job) => systemOf(job) === system)
    if (own.length === 0) return []
    const jobRuns = own.map((job) => ({ job_id: job.id, duration_ms: billed(repository, job) }))
    const total = jobRuns.reduce((sum, { duration_ms: ms }) => sum + ms, 0)
    return [[system, { total_ms: total, jobs: own.length, job_runs: jobRuns }] as const]
  })
  const isOver = run.status === 'completed'
  const length = isOver ? { run_duration_ms: Date.parse(run.updatedAt) - Date.parse(run.startedAt) } : {}
  return ok({ billable: Object.fromEntries(billable), ...length })
}

/** Of all its runs: those "in the current billing cycle" are not told apart here. */
export function workflowTiming(call: Call): Answer {
  const repository = repositoryOf(call)
  const { path } = workflowIn(call)
  const jobs = [...runsOf(repository).byId.values()].filter((run) => run.path === path).flatMap((run) => run.jobs)
  const billable = SYSTEMS.flatMap((system) => {
    const own = jobs.filter((job) => systemOf(job) === system)
    const total = own.reduce((sum, job) => sum + billed(repository, job), 0)
    return own.length === 0 ? [] : [[system, { total_ms: total }] as const]
  })
  return ok({ billable: Object.fromEntries(billable) })
}

/** The system of a hosted runner; undefined for a self-hosted one. */
function systemOf({ labels }: Job): System | undefined {
  if (labels.includes('self-hosted')) return undefined
  return SYSTEMS.find((system) => labels.some((label) => label.toUpperCase().startsWith(system)))
}

/** "Billable minutes only apply to workflows in private repositories that use GitHub-hosted runners", rounded up. */
function billed(repository: Repository, { startedAt, completedAt }: Job): number {
  if (repository.visibility === 'public' || completedAt === undefined) return 0
  return Math.ceil((Date.parse(completedAt) - Date.parse(startedAt)) / MINUTE) * MINUTE
}
