import { texts } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, ok, param, type Route, repositoryOf } from '../../http/call.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { pageOf } from '../../http/page.ts'
import { timestamp } from '../../world/store.ts'
import { issueIn } from './issue-in.ts'
import { presentLabels } from './present-issue.ts'

const TEMPLATE = '/repos/{owner}/{repo}/issues/{issue_number}/labels'
const WRITE = { permission: 'issues=write; pull_requests=write' } as const

/** The labels of an issue or a pull request (https://docs.github.com/rest/issues/labels). */
export const ISSUE_LABEL_ROUTES: readonly Route[] = [
  { method: 'GET', template: TEMPLATE, permission: 'issues=read; pull_requests=read', handle: listLabels },
  { ...WRITE, method: 'POST', template: TEMPLATE, handle: addLabels },
  { ...WRITE, method: 'DELETE', template: `${TEMPLATE}/{name}`, handle: removeLabel },
]

function listLabels(call: Call): Answer {
  const repository = repositoryOf(call)
  const page = pageOf(call, presentLabels(call, repository, issueIn(call, repository, 'read')))
  return { ...ok(page.items), headers: page.headers }
}

/** Labels that the repository does not have are made. The names are compared without case. */
function addLabels(call: Call): Answer {
  const repository = repositoryOf(call)
  const issue = issueIn(call, repository, 'write')
  const added = texts(bodyOf(call), 'labels') ?? []
  if (added.some((name) => name.trim() === '' || name.length > 50)) {
    throw unprocessable('Validation Failed', [{ resource: 'Label', code: 'invalid', field: 'name' }])
  }
  const has = (name: string): boolean => issue.labels.some((own) => own.toLowerCase() === name.toLowerCase())
  issue.labels = [...issue.labels, ...added.filter((name) => !has(name))]
  issue.updatedAt = timestamp(call.now)
  return ok(presentLabels(call, repository, issue))
}

/** The answer has those that remain. */
function removeLabel(call: Call): Answer {
  const repository = repositoryOf(call)
  const issue = issueIn(call, repository, 'write')
  const name = param(call, 'name').toLowerCase()
  const rest = issue.labels.filter((own) => own.toLowerCase() !== name)
  if (rest.length === issue.labels.length) throw notFound()
  issue.labels = rest
  issue.updatedAt = timestamp(call.now)
  return ok(presentLabels(call, repository, issue))
}
