import { BEGINNING } from '../../world/defaults.ts'
import { type Entry, idAt, momentAt, SeedError, textAt, wordAt } from '../../world/seed-reader.ts'

/** The states of a run (https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run). */
export const RUN_STATUSES = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'] as const
type RunStatus = (typeof RUN_STATUSES)[number]

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
  readonly headBranch: string
  readonly headSha: string
  readonly createdAt: string
  updatedAt: string
}

export const RUN_KEYS = [
  'attempt',
  'status',
  'conclusion',
  'event',
  'path',
  'head_branch',
  'head_sha',
  'created_at',
  'updated_at',
]

/**
 * A run of a seed; `head` is its branch and commit unless the seed names others. @throws SeedError when a field is
 * wrong.
 */
export function seedRun(id: string, given: Entry, head: { branch: string; sha: string }): WorkflowRun {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new SeedError(given.path, 'must be named by its id, a whole number from 1.')
  const status = wordAt(given, 'status', RUN_STATUSES) ?? 'in_progress'
  const createdAt = momentAt(given, 'created_at') ?? BEGINNING
  return {
    id: Number(id),
    attempt: idAt(given, 'attempt') ?? 1,
    status,
    conclusion: textAt(given, 'conclusion') ?? (status === 'completed' ? 'success' : null),
    event: textAt(given, 'event') ?? 'push',
    path: textAt(given, 'path') ?? '.github/workflows/octoform.yml',
    headBranch: textAt(given, 'head_branch') ?? head.branch,
    headSha: textAt(given, 'head_sha') ?? head.sha,
    createdAt,
    updatedAt: momentAt(given, 'updated_at') ?? createdAt,
  }
}

/** A run in the seed's shape. */
export function dumpRun(run: WorkflowRun): object {
  return {
    attempt: run.attempt,
    status: run.status,
    ...(run.conclusion === null ? {} : { conclusion: run.conclusion }),
    event: run.event,
    path: run.path,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    created_at: run.createdAt,
    updated_at: run.updatedAt,
  }
}
