import { slot } from '../../world/slot.ts'
import type { Repository } from '../../world/store.ts'
import { isKnownCommit } from '../git/branches.ts'
import { gitOf } from '../git/state.ts'
import { pullRequestsOf, pullRequestsWith } from '../issues/issue.ts'

export const CHECK_STATUSES = ['queued', 'in_progress', 'completed'] as const
type CheckStatus = (typeof CHECK_STATUSES)[number]

/** `stale` is for GitHub alone to set (https://docs.github.com/rest/checks/runs#update-a-check-run). */
export const CONCLUSIONS = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
] as const
type Conclusion = (typeof CONCLUSIONS)[number]

/** An App's check of a commit (https://docs.github.com/rest/checks/runs). */
export interface CheckRun {
  readonly id: number
  name: string
  readonly headSha: string
  externalId: string
  status: CheckStatus
  /** Null until the run is completed. */
  conclusion: Conclusion | null
  output: CheckOutput
  /** Slug of the App that made it; no other may change it. */
  readonly app: string
  startedAt: string
  completedAt: string | null
  /** Null for the page that GitHub has of it. */
  detailsUrl: string | null
}

/** The check runs of a repository, by id, in the order in which they were made. */
export const checkRunsOf = slot<Repository, Map<number, CheckRun>>(() => new Map())

export interface CheckOutput {
  readonly title: string | null
  readonly summary: string | null
  readonly text: string | null
  readonly annotations: readonly Annotation[]
}

export const ANNOTATION_KEYS = [
  'path',
  'start_line',
  'end_line',
  'start_column',
  'end_column',
  'annotation_level',
  'message',
  'title',
  'raw_details',
]

/** A remark on a line of a file, with GitHub's own fields. */
export type Annotation = Readonly<Record<string, unknown>>

/**
 * Whether the repository has a commit with this SHA: in a branch or before its tip, or in a pull request, which brings
 * the commits of a fork along.
 */
export function hasCommit(repository: Repository, sha: string): boolean {
  if (isKnownCommit(repository, sha) || pullRequestsWith(repository, sha).length > 0) return true
  if (pullRequestsOf(repository).some(({ pullRequest }) => pullRequest.baseSha === sha)) return true
  return [...gitOf(repository).objects.commits.values()].some(({ parents }) => parents.includes(sha))
}

/** The newest check run of each name, for each App. */
export function latestOf(runs: readonly CheckRun[]): CheckRun[] {
  const latest = new Map<string, CheckRun>()
  for (const run of runs) {
    const key = JSON.stringify([run.app, run.name])
    const other = latest.get(key)
    if (!other || other.id < run.id) latest.set(key, run)
  }
  return runs.filter((run) => latest.get(JSON.stringify([run.app, run.name])) === run)
}
