import { contentUnder } from '../../world/content.ts'
import { idsFrom } from '../../world/seed-ids.ts'
import { type Entry, idAt, momentAt, named, textAt, textsAt, wordAt } from '../../world/seed-reader.ts'
import type { Repository } from '../../world/store.ts'
import { JOB_STATUSES, type Job } from './job.ts'
import { runsOf, type WorkflowRun } from './run.ts'

const JOB_KEYS = [
  'id',
  'name',
  'attempt',
  'status',
  'conclusion',
  'labels',
  'runner',
  'started_at',
  'completed_at',
  'logs',
  'steps',
]
const FIRST_JOB = 9001

/** Adds the jobs of a repository's runs, which share one row of ids. @throws SeedError */
export function addJobs(repository: Repository, runs: ReadonlyMap<string, Entry>): void {
  const state = runsOf(repository)
  const given = [...runs].map(([id, run]) => ({ id: Number(id), jobs: named(run, 'jobs', JOB_KEYS) }))
  const ids = idsFrom(
    FIRST_JOB,
    given.flatMap(({ jobs }) => [...jobs.values()]),
  )
  state.lastJobId = FIRST_JOB - 1
  for (const { id, jobs } of given) {
    const run = state.byId.get(id)
    if (!run) continue
    run.jobs = [...jobs].map(([key, job]) => jobIn(run, key, job, ids(idAt(job, 'id'))))
    state.lastJobId = Math.max(state.lastJobId, ...run.jobs.map((job) => job.id))
  }
}

/** A job of a seed; fields that it leaves open are as those of its run. */
function jobIn(run: WorkflowRun, key: string, given: Entry, id: number): Job {
  const attempt = idAt(given, 'attempt') ?? run.attempt
  const hasEnded = attempt < run.attempt || run.status === 'completed'
  const open = JOB_STATUSES.find((each) => each === run.status) ?? 'queued'
  const status = wordAt(given, 'status', JOB_STATUSES) ?? (hasEnded ? 'completed' : open)
  const ended = attempt < run.attempt ? (run.earlier.get(attempt) ?? 'failure') : run.conclusion
  const isOnRunner = status === 'completed' || status === 'in_progress'
  return {
    id,
    name: textAt(given, 'name') ?? key,
    attempt,
    status,
    conclusion: textAt(given, 'conclusion') ?? (status === 'completed' ? (ended ?? 'success') : null),
    labels: textsAt(given, 'labels') ?? ['ubuntu-latest'],
    runner: textAt(given, 'runner') ?? (isOnRunner ? 'GitHub Actions 1' : undefined),
    startedAt: momentAt(given, 'started_at') ?? run.startedAt,
    completedAt: momentAt(given, 'completed_at') ?? (status === 'completed' ? run.updatedAt : undefined),
    logs: contentUnder(given, 'logs'),
    steps: textsAt(given, 'steps') ?? ['Set up job', 'Complete job'],
  }
}

/** The jobs in the seed's shape: by name, and with the attempt where a name comes twice. */
export function dumpJobs(jobs: readonly Job[]): object {
  const names = jobs.map(({ name }) => name)
  const entries = jobs.map(({ id, name, startedAt, completedAt, ...job }) => {
    const isOnce = names.indexOf(name) === names.lastIndexOf(name)
    const { attempt, status, conclusion, labels, runner, logs, steps } = job
    return [
      isOnce ? name : `${name} ${attempt}`,
      {
        id,
        ...(isOnce ? {} : { name }),
        ...{ attempt, status },
        ...(conclusion === null ? {} : { conclusion }),
        labels,
        ...(runner === undefined ? {} : { runner }),
        started_at: startedAt,
        ...(completedAt === undefined ? {} : { completed_at: completedAt }),
        ...(logs === undefined ? {} : { logs }),
        steps,
      },
    ]
  })
  return Object.fromEntries(entries)
}
