import { authorize } from '../../http/authorize.ts'
import { type Call, idParam, NO_CONTENT } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import type { Repository } from '../../world/store.ts'
import type { Access } from '../../world/token.ts'
import { type Issue, issuesOf } from './issue.ts'

/**
 * The issue or pull request with the number in the path.
 * @throws Refusal 404 when there is none, 403 when the token may not do that to it.
 */
export function issueIn(call: Call, repository: Repository, access: Access): Issue {
  const issue = issuesOf(repository).get(idParam(call, 'issue_number'))
  if (!issue) throw notFound()
  authorizeIssue(call, issue, access)
  return issue
}

/**
 * A permission for pull requests is good for their comments, and for no other issue's.
 * @throws Refusal 403 or 404 when the token may not do that.
 */
export function authorizeIssue(call: Call, issue: Issue, access: Access): void {
  const permission = `issues=${access}`
  authorize(call, {
    method: access === 'read' ? 'GET' : 'PATCH',
    template: '/repos/{owner}/{repo}/issues/{issue_number}',
    permission: issue.pullRequest ? `${permission}; pull_requests=${access}` : permission,
    handle: () => NO_CONTENT,
  })
}
