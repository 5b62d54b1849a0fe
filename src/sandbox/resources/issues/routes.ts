import { type Body, choice, required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, ok, type Route, repositoryOf } from '../../http/call.ts'
import { invalidRequest, unprocessable } from '../../http/errors.ts'
import { pageOf } from '../../http/page.ts'
import { timestamp } from '../../world/store.ts'
import { actorOf } from '../accounts/actor.ts'
import { type Issue, issuesOf, nextActivityId, nextNumber, STATE_REASONS, STATES, type State } from './issue.ts'
import { issueIn } from './issue-in.ts'
import { refuseLongBody } from './issue-text.ts'
import { presentIssue, repositoryUrl } from './present-issue.ts'

const TEMPLATE = '/repos/{owner}/{repo}/issues'
const READ = { permission: 'issues=read' } as const

/** Issues, and pull requests as issues (https://docs.github.com/rest/issues/issues). */
export const ISSUE_ROUTES: readonly Route[] = [
  { ...READ, method: 'GET', template: TEMPLATE, handle: listIssues },
  { method: 'POST', template: TEMPLATE, permission: 'issues=write', handle: createIssue },
  { ...READ, method: 'GET', template: `${TEMPLATE}/{issue_number}`, handle: getIssue },
  {
    method: 'PATCH',
    template: `${TEMPLATE}/{issue_number}`,
    permission: 'issues=write; pull_requests=write',
    handle: updateIssue,
  },
]

/** A bare array. Pull requests are among them. Of the many filters: state, labels, creator, since. */
function listIssues(call: Call): Answer {
  const repository = repositoryOf(call)
  const { state = 'open', labels, creator, since } = call.query
  const wanted = (labels ?? '').split(',').filter((label) => label !== '')
  const issues = [...issuesOf(repository).values()].filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      wanted.every((label) => issue.labels.some((own) => own.toLowerCase() === label.toLowerCase())) &&
      (creator === undefined || issue.author.toLowerCase() === creator.toLowerCase()) &&
      (since === undefined || Date.parse(issue.updatedAt) >= Date.parse(since)),
  )
  const page = pageOf(call, sorted(issues, call.query))
  return { ...ok(page.items.map((issue) => presentIssue(call, repository, issue))), headers: page.headers }
}

/** The newest first, unless the query asks otherwise. */
function sorted(issues: Issue[], { sort = 'created', direction = 'desc' }: Call['query']): Issue[] {
  const ascending = issues.sort((a, b) => {
    if (sort === 'comments') return a.comments.length - b.comments.length || a.number - b.number
    const [left, right] = sort === 'updated' ? [a.updatedAt, b.updatedAt] : [a.createdAt, b.createdAt]
    return Date.parse(left) - Date.parse(right) || a.number - b.number
  })
  return direction === 'asc' ? ascending : ascending.reverse()
}

function getIssue(call: Call): Answer {
  const repository = repositoryOf(call)
  return ok(presentIssue(call, repository, issueIn(call, repository, 'read')))
}

function createIssue(call: Call): Answer {
  const repository = repositoryOf(call)
  const body = bodyOf(call)
  const title = required(titleIn(body), 'title')
  const description = text(body, 'body') ?? null
  refuseLongBody(description, 'Issue')
  const now = timestamp(call.now)
  const issue: Issue = {
    id: nextActivityId(call.world),
    number: nextNumber(repository),
    title,
    body: description,
    state: 'open',
    stateReason: null,
    labels: labelsIn(body) ?? [],
    author: actorOf(call).login,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    comments: [],
    pullRequest: undefined,
  }
  issuesOf(repository).set(issue.number, issue)
  const location = `${repositoryUrl(call, repository)}/issues/${issue.number}`
  return { status: 201, body: presentIssue(call, repository, issue), headers: { Location: location } }
}

/** Omitted fields keep their values. */
function updateIssue(call: Call): Answer {
  const repository = repositoryOf(call)
  const issue = issueIn(call, repository, 'write')
  const sent = bodyOf(call)
  const title = sent.title === null ? undefined : titleIn(sent)
  const body = sent.body === null ? null : text(sent, 'body')
  const labels = labelsIn(sent)
  const state = choice(sent, 'state', STATES)
  const reason = sent.state_reason === null ? undefined : choice(sent, 'state_reason', STATE_REASONS)
  if (body !== undefined) refuseLongBody(body, 'Issue')
  if (issue.pullRequest?.mergedAt && state === 'open') {
    throw unprocessable('Validation Failed', [{ resource: 'PullRequest', code: 'invalid', field: 'state' }])
  }
  if (title !== undefined) issue.title = title
  if (body !== undefined) issue.body = body
  if (labels !== undefined) issue.labels = labels
  const now = timestamp(call.now)
  if (state !== undefined && state !== issue.state) turn(issue, state, now)
  if (reason !== undefined && !issue.pullRequest && (issue.state === 'closed') === (reason !== 'reopened')) {
    issue.stateReason = reason
  }
  issue.updatedAt = now
  return ok(presentIssue(call, repository, issue))
}

function turn(issue: Issue, state: State, now: string): void {
  issue.state = state
  issue.closedAt = state === 'closed' ? now : null
  if (!issue.pullRequest) issue.stateReason = state === 'closed' ? 'completed' : 'reopened'
}

/** GHES 2.22 takes text alone, later ones a number as well. @throws Refusal 422 when it is blank. */
function titleIn(body: Body): string | undefined {
  const title = typeof body.title === 'number' ? String(body.title) : text(body, 'title')
  if (title === undefined || title.trim() !== '') return title
  throw unprocessable('Validation Failed', [{ resource: 'Issue', code: 'missing_field', field: 'title' }])
}

/** Labels by name, each as text or as an object. */
function labelsIn(body: Body): string[] | undefined {
  const { labels } = body
  if (labels === undefined) return undefined
  if (!Array.isArray(labels))
    throw invalidRequest(`For 'properties/labels', ${JSON.stringify(labels)} is not an array.`)
  return labels.map((label: unknown) => {
    if (typeof label === 'string') return label
    if (typeof label === 'object' && label !== null && 'name' in label) return String(label.name)
    throw invalidRequest(`For 'items', ${JSON.stringify(label)} is not a string.`)
  })
}
