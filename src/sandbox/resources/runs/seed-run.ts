import { contentUnder } from '../../world/content.ts'
import { BEGINNING } from '../../world/defaults.ts'
import {
  type Entry,
  entry,
  idAt,
  join,
  listed,
  momentAt,
  named,
  SeedError,
  textAt,
  textsAt,
  wordAt,
} from '../../world/seed-reader.ts'
import type { Repository } from '../../world/store.ts'
import { addArtifacts } from '../artifacts/artifact.ts'
import { commitNamed, inventedSha } from '../git/branches.ts'
import { gitOf } from '../git/state.ts'
import type { Job } from './job.ts'
import { type Approval, type Logs, RUN_STATUSES, runsOf, type WorkflowRun } from './run.ts'
import { addJobs } from './seed-jobs.ts'

const RUN_KEYS = [
  'attempt',
  'status',
  'conclusion',
  'event',
  'workflow',
  'path',
  'name',
  'display_title',
  'run_number',
  'head_branch',
  'head_sha',
  'fork',
  'actor',
  'triggering_actor',
  'check_suite_id',
  'pull_requests',
  'created_at',
  'run_started_at',
  'updated_at',
  'cancel',
  'cancel_takes_ms',
  'cancel_at',
  'logs',
  'waiting_for',
  'approvals',
  'concurrency',
  'earlier',
  'jobs',
  'artifacts',
]

const FOLDER = '.github/workflows/'

/** The runs of a repository. One that a seed leaves open is of the default branch, which is seeded before. @throws SeedError */
export function seedRuns(repository: Repository, given: Entry): void {
  const runs = runsOf(repository)
  const entries = named(given, 'runs', RUN_KEYS)
  const counts = new Map<string, number>()
  for (const [id, one] of entries) {
    const run = seedRun(repository, id, one, counts)
    runs.byId.set(run.id, run)
    runs.lastId = Math.max(runs.lastId, run.id)
  }
  addJobs(repository, entries)
  addArtifacts(repository, entries, (id) => runs.byId.get(id)?.updatedAt ?? BEGINNING)
}

function seedRun(repository: Repository, id: string, given: Entry, counts: Map<string, number>): WorkflowRun {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new SeedError(given.path, 'must be named by its id, a whole number from 1.')
  const branch = textAt(given, 'head_branch') ?? gitOf(repository).defaultBranch
  const status = wordAt(given, 'status', RUN_STATUSES) ?? 'in_progress'
  const createdAt = momentAt(given, 'created_at') ?? BEGINNING
  const workflow = textAt(given, 'workflow')
  const path = textAt(given, 'path') ?? FOLDER + (workflow ?? 'octoform.yml')
  const number = idAt(given, 'run_number') ?? (counts.get(path) ?? 0) + 1
  counts.set(path, number)
  return {
    id: Number(id),
    attempt: idAt(given, 'attempt') ?? 1,
    status,
    conclusion: textAt(given, 'conclusion') ?? (status === 'completed' ? 'success' : null),
    event: textAt(given, 'event') ?? 'push',
    path,
    name: textAt(given, 'name'),
    title: textAt(given, 'display_title'),
    number,
    headBranch: branch,
    headSha: textAt(given, 'head_sha') ?? commitNamed(repository, branch) ?? inventedSha(repository, branch),
    fork: textAt(given, 'fork'),
    actor: textAt(given, 'actor'),
    triggeringActor: textAt(given, 'triggering_actor'),
    checkSuiteId: idAt(given, 'check_suite_id') ?? Number(id),
    pullRequests: idsAt(given, 'pull_requests'),
    createdAt,
    startedAt: momentAt(given, 'run_started_at') ?? createdAt,
    updatedAt: momentAt(given, 'updated_at') ?? createdAt,
    cancel: wordAt(given, 'cancel', ['obeyed', 'ignored'] as const) ?? 'obeyed',
    cancelTakesMs: idAt(given, 'cancel_takes_ms') ?? 0,
    cancelAt: textAt(given, 'cancel_at'),
    logs: logsAt(given) ?? { text: `The log of run ${id}.\n` },
    waitingFor: textsAt(given, 'waiting_for') ?? [],
    approvals: listed(given, 'approvals', ['environments', 'state', 'user', 'comment']).map(approvalIn),
    concurrency: textAt(given, 'concurrency'),
    earlier: earlierAt(given),
    jobs: [] as Job[],
  }
}

/** A text, a number of bytes, or that they are gone. @throws SeedError */
function logsAt(given: Entry): Logs | undefined {
  const value = given.fields.logs
  return value === 'deleted' || value === 'expired' ? value : contentUnder(given, 'logs')
}

function approvalIn(given: Entry): Approval {
  return {
    environments: textsAt(given, 'environments') ?? [],
    state: wordAt(given, 'state', ['approved', 'rejected'] as const) ?? 'approved',
    user: textAt(given, 'user') ?? 'octocat',
    comment: textAt(given, 'comment') ?? '',
  }
}

function earlierAt(given: Entry): Map<number, string> {
  const map = entry(given.fields.earlier, join(given.path, 'earlier'), Object.keys(Object(given.fields.earlier)))
  return new Map(Object.keys(map.fields).map((attempt) => [Number(attempt), textAt(map, attempt) ?? 'failure']))
}

function idsAt(given: Entry, key: string): number[] {
  const value = given.fields[key] ?? []
  if (Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one > 0)) return value
  throw new SeedError(join(given.path, key), 'must be a list of whole numbers from 1.')
}
