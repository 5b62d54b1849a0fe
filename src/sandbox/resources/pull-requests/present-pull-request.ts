import type { Call } from '../../http/call.ts'
import { newRepository } from '../../world/defaults.ts'
import { hasSince } from '../../world/products.ts'
import { stableId } from '../../world/stable-id.ts'
import { type Repository, repositoryNamed } from '../../world/store.ts'
import { authorAssociation, presentActor } from '../accounts/present-actor.ts'
import { nodeId, simpleUser } from '../accounts/present-owner.ts'
import type { Issue, PullRequest } from '../issues/issue.ts'
import { issueWebUrl, presentLabels, repositoryUrl } from '../issues/present-issue.ts'
import { listedRepository } from '../repositories/present-repository.ts'

type PullRequestIssue = Issue & { readonly pullRequest: PullRequest }

/** The form in lists (`pull-request-simple`). */
export function listedPullRequest(call: Call, repository: Repository, issue: PullRequestIssue): object {
  const { pullRequest } = issue
  const url = `${repositoryUrl(call, repository)}/pulls/${issue.number}`
  const web = issueWebUrl(call, repository, issue)
  return {
    ...links(call, repository, issue),
    id: issue.id,
    node_id: nodeId('PullRequest', issue.id),
    url,
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    number: issue.number,
    state: issue.state,
    locked: false,
    active_lock_reason: null,
    title: issue.title,
    user: presentActor(call, issue.author),
    body: issue.body,
    labels: presentLabels(call, repository, issue),
    milestone: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pullRequest.mergedAt,
    merge_commit_sha: isUnnamed(pullRequest) ? null : pullRequest.mergeCommitSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: presentHead(call, repository, issue),
    base: presentSide(call, repository, pullRequest.baseRef, pullRequest.baseSha),
    author_association: authorAssociation(call, repository, issue.author),
    draft: false,
    ...(hasSince(call.product, [3, 4]) ? { auto_merge: null } : {}),
  }
}

/** Whether GitHub does not show the merge commit yet. Each answer without it brings the next one nearer. */
function isUnnamed({ late }: PullRequest): boolean {
  if (late === undefined || late.unnamed === 0) return false
  late.unnamed -= 1
  return true
}

/** The form of a single one (`pull-request`). */
export function fullPullRequest(call: Call, repository: Repository, issue: PullRequestIssue): object {
  const isMerged = issue.pullRequest.mergedAt !== null
  const isOpen = issue.state === 'open'
  return {
    ...listedPullRequest(call, repository, issue),
    merged: isMerged,
    mergeable: isOpen ? true : null,
    rebaseable: isOpen ? true : null,
    mergeable_state: isOpen ? 'clean' : 'unknown',
    merged_by: isMerged ? presentActor(call, call.world.viewer.login) : null,
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: issue.pullRequest.commits.length + 1,
    additions: 1,
    deletions: 0,
    changed_files: 1,
  }
}

function links(call: Call, repository: Repository, issue: PullRequestIssue): object {
  const { number, pullRequest } = issue
  const api = repositoryUrl(call, repository)
  const urls = {
    issue: `${api}/issues/${number}`,
    comments: `${api}/issues/${number}/comments`,
    review_comments: `${api}/pulls/${number}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${api}/pulls/${number}/commits`,
    statuses: `${api}/statuses/${pullRequest.headSha}`,
  }
  const pages = { self: `${api}/pulls/${number}`, html: issueWebUrl(call, repository, issue) }
  const named = Object.entries({ ...pages, ...urls }).map(([name, href]) => [name, { href }])
  return {
    ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name}_url`, url])),
    _links: Object.fromEntries(named),
  }
}

/** The source of the commits: a fork that is not in the world is made up, one that was deleted is null. */
function presentHead(call: Call, repository: Repository, { author, pullRequest }: PullRequestIssue): object {
  const { headRef, headSha, headRepository } = pullRequest
  if (headRepository === undefined) return presentSide(call, repository, headRef, headSha)
  if (headRepository === null) {
    return { label: `${author}:${headRef}`, ref: headRef, sha: headSha, user: presentActor(call, author), repo: null }
  }
  const [owner = '', name = ''] = headRepository.split('/')
  const known = repositoryNamed(call.world, owner, name)
  return presentSide(call, known ?? forkOf(repository, owner, name), headRef, headSha)
}

function presentSide(call: Call, repository: Repository, ref: string, sha: string): object {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: simpleUser(call, repository.owner),
    repo: listedRepository(call, repository),
  }
}

function forkOf(repository: Repository, login: string, name: string): Repository {
  const owner = { type: 'User', id: stableId(login), login } as const
  const { visibility, description, createdAt } = repository
  const id = stableId(`${login}/${name}`)
  return { ...newRepository({ id, owner, name, visibility, description, createdAt }), fork: true }
}
