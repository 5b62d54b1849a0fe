import { required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, idParam, ok, type Route, repositoryOf } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { pageOf } from '../../http/page.ts'
import { type Repository, timestamp } from '../../world/store.ts'
import type { Access } from '../../world/token.ts'
import { actorOf } from '../accounts/actor.ts'
import { type Comment, type Issue, issuesOf, nextActivityId } from './issue.ts'
import { authorizeIssue, issueIn } from './issue-in.ts'
import { refuseCommentBody } from './issue-text.ts'
import { presentComment, repositoryUrl } from './present-issue.ts'

const TEMPLATE = '/repos/{owner}/{repo}/issues'
const OF_ISSUE = `${TEMPLATE}/{issue_number}/comments`
const ONE = `${TEMPLATE}/comments/{comment_id}`
const READ = { permission: 'issues=read; pull_requests=read' } as const
const WRITE = { permission: 'issues=write; pull_requests=write' } as const

/** Comments on issues and on pull requests (https://docs.github.com/rest/issues/comments). */
export const ISSUE_COMMENT_ROUTES: readonly Route[] = [
  { ...READ, method: 'GET', template: OF_ISSUE, handle: listComments },
  { ...WRITE, method: 'POST', template: OF_ISSUE, handle: createComment },
  { ...READ, method: 'GET', template: ONE, handle: getComment },
  { ...WRITE, method: 'PATCH', template: ONE, handle: updateComment },
]

/** A bare array, the oldest first. Hidden comments are among them. */
function listComments(call: Call): Answer {
  const repository = repositoryOf(call)
  const issue = issueIn(call, repository, 'read')
  const { since } = call.query
  const comments = issue.comments.filter(
    (each) => since === undefined || Date.parse(each.updatedAt) >= Date.parse(since),
  )
  const page = pageOf(call, comments)
  const present = (comment: Comment): object => presentComment(call, repository, issue, comment)
  return { ...ok(page.items.map(present)), headers: page.headers }
}

function createComment(call: Call): Answer {
  const repository = repositoryOf(call)
  const issue = issueIn(call, repository, 'write')
  const body = required(text(bodyOf(call), 'body'), 'body')
  refuseCommentBody(body)
  const now = timestamp(call.now)
  const comment: Comment = {
    id: nextActivityId(call.world),
    author: actorOf(call).login,
    body,
    createdAt: now,
    updatedAt: now,
    minimized: undefined,
  }
  issue.comments.push(comment)
  issue.updatedAt = now
  const location = `${repositoryUrl(call, repository)}/issues/comments/${comment.id}`
  return { status: 201, body: presentComment(call, repository, issue, comment), headers: { Location: location } }
}

function getComment(call: Call): Answer {
  const repository = repositoryOf(call)
  const { issue, comment } = commentIn(call, repository, 'read')
  return ok(presentComment(call, repository, issue, comment))
}

/** Every account with write access may change another's comment. */
function updateComment(call: Call): Answer {
  const repository = repositoryOf(call)
  const { issue, comment } = commentIn(call, repository, 'write')
  const body = required(text(bodyOf(call), 'body'), 'body')
  refuseCommentBody(body)
  comment.body = body
  comment.updatedAt = timestamp(call.now)
  return ok(presentComment(call, repository, issue, comment))
}

function commentIn(call: Call, repository: Repository, access: Access): { issue: Issue; comment: Comment } {
  const id = idParam(call, 'comment_id')
  for (const issue of issuesOf(repository).values()) {
    const comment = issue.comments.find((each) => each.id === id)
    if (!comment) continue
    authorizeIssue(call, issue, access)
    return { issue, comment }
  }
  throw notFound()
}
