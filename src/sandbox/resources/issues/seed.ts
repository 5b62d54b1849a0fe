import { BEGINNING } from '../../world/defaults.ts'
import type { Ids } from '../../world/seed-ids.ts'
import {
  type Entry,
  flagAt,
  idAt,
  inner,
  join,
  listed,
  momentAt,
  SeedError,
  textAt,
  textsAt,
  wordAt,
} from '../../world/seed-reader.ts'
import { stableSha } from '../../world/stable-id.ts'
import type { Repository } from '../../world/store.ts'
import { inventedSha } from '../git/branches.ts'
import { gitOf } from '../git/state.ts'
import { CLASSIFIERS, type Comment, type Issue, type PullRequest, STATE_REASONS, STATES } from './issue.ts'

const SHARED_KEYS = [
  'id',
  'title',
  'body',
  'state',
  'labels',
  'user',
  'created_at',
  'updated_at',
  'closed_at',
  'comments',
]
export const ISSUE_KEYS = [...SHARED_KEYS, 'state_reason']
export const PULL_REQUEST_KEYS = [...SHARED_KEYS, 'head', 'base', 'commits', 'merged', 'merged_at', 'merge_commit_sha']
export const COMMENT_KEYS = ['id', 'user', 'body', 'created_at', 'updated_at', 'minimized']
const HEAD_KEYS = ['ref', 'sha', 'repository']
const BASE_KEYS = ['ref', 'sha']

/** The author where a seed names none. */
const AUTHOR = 'octocat'

/** An issue or a pull request of a seed. @throws SeedError when one of its fields is wrong. */
export function seedIssue(
  repository: Repository,
  number: number,
  given: Entry,
  ids: Ids,
  kind: 'issue' | 'pull request',
): Issue {
  const createdAt = momentAt(given, 'created_at') ?? BEGINNING
  const updatedAt = momentAt(given, 'updated_at') ?? createdAt
  const pullRequest = kind === 'issue' ? undefined : seedPullRequest(repository, number, given, updatedAt)
  const state = wordAt(given, 'state', STATES) ?? (pullRequest?.mergedAt ? 'closed' : 'open')
  if (pullRequest?.mergedAt && state === 'open')
    throw new SeedError(join(given.path, 'state'), 'cannot be open: it is merged.')
  const isClosedIssue = state === 'closed' && kind === 'issue'
  return {
    id: ids(idAt(given, 'id')),
    number,
    title: textAt(given, 'title') ?? `The ${kind} ${number}`,
    body: textAt(given, 'body') ?? null,
    state,
    stateReason: wordAt(given, 'state_reason', STATE_REASONS) ?? (isClosedIssue ? 'completed' : null),
    labels: textsAt(given, 'labels') ?? [],
    author: textAt(given, 'user') ?? AUTHOR,
    createdAt,
    updatedAt,
    closedAt: momentAt(given, 'closed_at') ?? (state === 'closed' ? updatedAt : null),
    comments: listed(given, 'comments', COMMENT_KEYS).map((comment) => seedComment(comment, createdAt, ids)),
    pullRequest,
  }
}

/** An issue or pull request in the seed's shape. */
export function dumpIssue(issue: Issue): object {
  const { pullRequest } = issue
  return {
    id: issue.id,
    title: issue.title,
    ...(issue.body === null ? {} : { body: issue.body }),
    state: issue.state,
    ...(issue.stateReason === null ? {} : { state_reason: issue.stateReason }),
    labels: issue.labels,
    user: issue.author,
    ...(pullRequest ? dumpPullRequest(pullRequest) : {}),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    ...(issue.closedAt === null ? {} : { closed_at: issue.closedAt }),
    comments: issue.comments.map((comment) => ({
      id: comment.id,
      user: comment.author,
      body: comment.body,
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      ...(comment.minimized === undefined ? {} : { minimized: comment.minimized }),
    })),
  }
}

/** The SHA at a key. @throws SeedError when it is none. */
export function shaAt(parent: Entry, key: string): string | undefined {
  const sha = textAt(parent, key)
  if (sha === undefined || /^[\da-f]{40}$/.test(sha)) return sha
  throw new SeedError(join(parent.path, key), 'must be a SHA: 40 hexadecimal digits.')
}

function seedComment(given: Entry, moment: string, ids: Ids): Comment {
  const createdAt = momentAt(given, 'created_at') ?? moment
  return {
    id: ids(idAt(given, 'id')),
    author: textAt(given, 'user') ?? AUTHOR,
    body: textAt(given, 'body') ?? '',
    createdAt,
    updatedAt: momentAt(given, 'updated_at') ?? createdAt,
    minimized: wordAt(given, 'minimized', CLASSIFIERS),
  }
}

/**
 * `base` is the name of a branch, or a map that also has its former tip. A head without a repository is in this one.
 */
function seedPullRequest(repository: Repository, number: number, given: Entry, moment: string): PullRequest {
  const head = inner(given, 'head', HEAD_KEYS)
  const isNamed = typeof given.fields.base === 'string'
  const base = isNamed ? { path: given.path, fields: { ref: given.fields.base } } : inner(given, 'base', BASE_KEYS)
  const baseRef = textAt(base, 'ref') ?? gitOf(repository).defaultBranch
  const mergedAt = momentAt(given, 'merged_at') ?? (flagAt(given, 'merged') ? moment : null)
  const headSha = shaAt(head, 'sha') ?? stableSha(`${repository.id} pull request ${number}`)
  const merged = mergedAt === null ? null : stableSha(`merge of ${headSha}`)
  return {
    headRef: textAt(head, 'ref') ?? `pull-request-${number}`,
    headSha,
    headRepository: headRepository(repository, head),
    baseRef,
    baseSha: shaAt(base, 'sha') ?? gitOf(repository).branches.get(baseRef) ?? inventedSha(repository, baseRef),
    commits: textsAt(given, 'commits') ?? [],
    mergedAt,
    mergeCommitSha: shaAt(given, 'merge_commit_sha') ?? merged,
  }
}

function headRepository(repository: Repository, head: Entry): string | null | undefined {
  if (head.fields.repository === null) return null
  const name = textAt(head, 'repository')
  const own = `${repository.owner.login}/${repository.name}`
  if (name === undefined || name.toLowerCase() === own.toLowerCase()) return undefined
  if (/^[^/]+\/[^/]+$/.test(name)) return name
  throw new SeedError(join(head.path, 'repository'), 'must be OWNER/NAME, or null for a fork that was deleted.')
}

function dumpPullRequest(pullRequest: PullRequest): object {
  const { headRef, headSha, headRepository, baseRef, baseSha, commits, mergedAt, mergeCommitSha } = pullRequest
  return {
    head: {
      ref: headRef,
      sha: headSha,
      ...(headRepository === undefined ? {} : { repository: headRepository }),
    },
    base: { ref: baseRef, sha: baseSha },
    ...(commits.length > 0 ? { commits } : {}),
    ...(mergedAt === null ? {} : { merged: true, merged_at: mergedAt }),
    ...(mergeCommitSha === null ? {} : { merge_commit_sha: mergeCommitSha }),
  }
}
