import type { Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import { stableId } from '../../world/stable-id.ts'
import type { Repository } from '../../world/store.ts'
import { authorAssociation, presentActor, presentAppOf } from '../accounts/present-actor.ts'
import { nodeId, webOrigin } from '../accounts/present-owner.ts'
import { type Comment, type Issue, isPullRequest } from './issue.ts'

/** The type under which GraphQL knows comments; their ids hold it. */
export const COMMENT_NODE = 'IssueComment'

/** An issue, or a pull request as one (`issue`; GHES 2.22 has `issue-simple` in lists, with fewer fields). */
export function presentIssue(call: Call, repository: Repository, issue: Issue): object {
  const url = `${repositoryUrl(call, repository)}/issues/${issue.number}`
  const isModern = hasSince(call.product, [3, 4])
  return {
    id: issue.id,
    node_id: nodeId(issue.pullRequest ? 'PullRequest' : 'Issue', issue.id),
    url,
    repository_url: repositoryUrl(call, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issueWebUrl(call, repository, issue),
    number: issue.number,
    state: issue.state,
    ...(isModern ? { state_reason: issue.stateReason } : {}),
    title: issue.title,
    body: issue.body ?? (isModern ? null : ''),
    user: presentActor(call, issue.author),
    labels: presentLabels(call, repository, issue),
    assignee: null,
    assignees: [],
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments: issue.comments.length,
    ...(isPullRequest(issue) ? { pull_request: pullRequestLinks(call, repository, issue) } : {}),
    closed_at: issue.closedAt,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    ...(isModern && issue.pullRequest ? { draft: false } : {}),
    author_association: authorAssociation(call, repository, issue.author),
    performed_via_github_app: presentAppOf(call, issue.author),
  }
}

/** A comment; newer products show here too that it is hidden, and why. */
export function presentComment(call: Call, repository: Repository, issue: Issue, comment: Comment): object {
  const url = repositoryUrl(call, repository)
  const reason = comment.minimized && minimizedReason(comment.minimized)
  return {
    id: comment.id,
    node_id: nodeId(COMMENT_NODE, comment.id),
    url: `${url}/issues/comments/${comment.id}`,
    html_url: `${issueWebUrl(call, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: `${url}/issues/${issue.number}`,
    body: comment.body,
    user: presentActor(call, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(call, repository, comment.author),
    performed_via_github_app: presentAppOf(call, comment.author),
    ...(hasSince(call.product, [3, 17]) ? { minimized: reason ? { reason } : null } : {}),
  }
}

export function presentLabels(call: Call, repository: Repository, issue: Issue): object[] {
  return issue.labels.map((name) => {
    const id = stableId(`${repository.id} ${name}`)
    return {
      id,
      node_id: nodeId('Label', id),
      url: `${repositoryUrl(call, repository)}/labels/${encodeURIComponent(name)}`,
      name,
      description: '',
      color: 'ededed',
      default: false,
    }
  })
}

/** The reason why a comment is hidden, in the form of `minimizedReason`: `off-topic` of `OFF_TOPIC`. */
export function minimizedReason(classifier: string): string {
  return classifier.toLowerCase().replaceAll('_', '-')
}

/** The address of a repository in the API. */
export function repositoryUrl(call: Call, repository: Repository): string {
  return `${call.base}/repos/${repository.owner.login}/${repository.name}`
}

/** The page of an issue or pull request. */
export function issueWebUrl(call: Call, repository: Repository, issue: Issue): string {
  const folder = issue.pullRequest ? 'pull' : 'issues'
  return `${webOrigin(call)}/${repository.owner.login}/${repository.name}/${folder}/${issue.number}`
}

function pullRequestLinks(
  call: Call,
  repository: Repository,
  issue: Issue & { pullRequest: { mergedAt: string | null } },
): object {
  const web = issueWebUrl(call, repository, issue)
  return {
    url: `${repositoryUrl(call, repository)}/pulls/${issue.number}`,
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    ...(hasSince(call.product, [3, 4]) ? { merged_at: issue.pullRequest.mergedAt } : {}),
  }
}
