import type { Content } from '../../world/content.ts'

export const JOB_STATUSES = ['queued', 'in_progress', 'completed', 'waiting'] as const

/** A job of one attempt of a run. */
export interface Job {
  readonly id: number
  readonly name: string
  readonly attempt: number
  readonly status: (typeof JOB_STATUSES)[number]
  /** Null until it has ended. */
  readonly conclusion: string | null
  /** As `runs-on` has them. */
  readonly labels: readonly string[]
  /** The name of the runner that it is on; undefined until one took it. */
  readonly runner: string | undefined
  readonly startedAt: string
  readonly completedAt: string | undefined
  readonly logs: Content | undefined
  readonly steps: readonly string[]
}

/** The jobs as they are in an attempt: each by its newest execution until then, since a re-run may be of some alone. */
export function jobsIn(jobs: readonly Job[], attempt: number): readonly Job[] {
  const newest = new Map<string, Job>()
  for (const job of jobs) {
    const known = newest.get(job.name)
    if (job.attempt <= attempt && (known === undefined || known.attempt < job.attempt)) newest.set(job.name, job)
  }
  return [...newest.values()]
}
