import { slot } from '../../world/slot.ts'
import type { Repository, World } from '../../world/store.ts'

/** Why an issue was closed, or that it was opened again (https://docs.github.com/rest/issues/issues#update-an-issue). */
export const STATE_REASONS = ['completed', 'not_planned', 'duplicate', 'reopened'] as const
type StateReason = (typeof STATE_REASONS)[number]

export const STATES = ['open', 'closed'] as const
export type State = (typeof STATES)[number]

/** Why a comment is hidden, as GraphQL's `ReportedContentClassifiers` names it. */
export const CLASSIFIERS = ['SPAM', 'ABUSE', 'OFF_TOPIC', 'OUTDATED', 'DUPLICATE', 'RESOLVED'] as const
export type Classifier = (typeof CLASSIFIERS)[number]

/** An issue; a pull request is one too, and takes its number from the same row. */
export interface Issue {
  readonly id: number
  readonly number: number
  title: string
  body: string | null
  state: State
  stateReason: StateReason | null
  labels: readonly string[]
  /** Login of the author. */
  readonly author: string
  readonly createdAt: string
  updatedAt: string
  closedAt: string | null
  /** In the order in which they were written. */
  readonly comments: Comment[]
  /** The fields that only a pull request has. */
  readonly pullRequest: PullRequest | undefined
}

export interface Comment {
  readonly id: number
  /** Login of the author. */
  readonly author: string
  body: string
  readonly createdAt: string
  updatedAt: string
  /** Set while the comment is hidden; REST still lists it. */
  minimized: Classifier | undefined
}

export interface PullRequest {
  readonly headRef: string
  headSha: string
  /** `owner/name` of the fork where the head is; undefined when it is here, null when the fork was deleted. */
  readonly headRepository: string | null | undefined
  readonly baseRef: string
  /** The tip of the base when the pull request was opened. */
  readonly baseSha: string
  /** The SHAs of the commits that it brings or brought before, besides the head's. */
  commits: readonly string[]
  mergedAt: string | null
  mergeCommitSha: string | null
  /** How often GitHub does not show the merge yet; left out where it shows it at once. */
  late?: Late
}

/** A merge that GitHub has not recorded everywhere: the parts left out, and for how many answers more. */
export interface Late {
  /** The list of the merge commit's pull requests lacks it. */
  unlisted: number
  /** `merge_commit_sha` is null. */
  unnamed: number
}

/** The issues and pull requests of a repository, by number. */
export const issuesOf = slot<Repository, Map<number, Issue>>(() => new Map())

/** An id for a new issue, comment or check run: the three share one row here. */
export function nextActivityId(world: World): number {
  world.lastActivityId += 1
  return world.lastActivityId
}

/** The number that the next issue or pull request of a repository gets. */
export function nextNumber(repository: Repository): number {
  return Math.max(0, ...issuesOf(repository).keys()) + 1
}

/** The pull requests of a repository that hold a commit: as head, among their commits, or as merge commit. */
export function pullRequestsWith(repository: Repository, sha: string): (Issue & { pullRequest: PullRequest })[] {
  return pullRequestsOf(repository).filter(({ pullRequest }) => {
    const { headSha, commits, mergeCommitSha } = pullRequest
    return headSha === sha || mergeCommitSha === sha || commits.includes(sha)
  })
}

/** The pull requests of a repository, in the order of their numbers. */
export function pullRequestsOf(repository: Repository): (Issue & { pullRequest: PullRequest })[] {
  return [...issuesOf(repository).values()]
    .sort((a, b) => a.number - b.number)
    .flatMap((issue) => (isPullRequest(issue) ? [issue] : []))
}

/** Whether an issue is a pull request. */
export function isPullRequest(issue: Issue): issue is Issue & { pullRequest: PullRequest } {
  return issue.pullRequest !== undefined
}
