import { type Answer, type Call, idParam, ok, param, repositoryOf } from '../../http/call.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { pageOf } from '../../http/page.ts'
import { refuseWithoutPreview } from '../../http/preview.ts'
import type { Repository } from '../../world/store.ts'
import { hasCommit } from '../check-runs/check-run.ts'
import { commitNamed } from '../git/branches.ts'
import { isPullRequest, issuesOf, type PullRequest, pullRequestsWith } from '../issues/issue.ts'
import type { Resource } from '../resource.ts'
import { merge, push, setPullRequest } from './control.ts'
import { fullPullRequest, listedPullRequest } from './present-pull-request.ts'

const TEMPLATE = '/repos/{owner}/{repo}'
const READ = { permission: 'pull_requests=read' } as const

/** Pull requests (https://docs.github.com/rest/pulls/pulls), and those of a commit (https://docs.github.com/rest/commits/commits). */
export const pullRequests: Resource = {
  routes: [
    { ...READ, method: 'GET', template: `${TEMPLATE}/pulls/{pull_number}`, handle: getPullRequest },
    { ...READ, method: 'GET', template: `${TEMPLATE}/commits/{commit_sha}/pulls`, handle: listOfCommit },
  ],
  controls: { push, merge, 'pull-requests': setPullRequest },
}

function getPullRequest(call: Call): Answer {
  const repository = repositoryOf(call)
  const issue = issuesOf(repository).get(idParam(call, 'pull_number'))
  if (!issue || !isPullRequest(issue)) throw notFound()
  return ok(fullPullRequest(call, repository, issue))
}

/** A bare array of every pull request that holds the commit: a commit may be in several, of which one brought it in. */
function listOfCommit(call: Call): Answer {
  refuseWithoutPreview(call, 'groot')
  const repository = repositoryOf(call)
  const commit = commitOf(repository, param(call, 'commit_sha'))
  const shown = pullRequestsWith(repository, commit).filter((issue) => !isUnlisted(issue.pullRequest, commit))
  const page = pageOf(call, shown)
  const issues = page.items.map((issue) => listedPullRequest(call, repository, issue))
  return { ...ok(issues), headers: page.headers }
}

/** Whether GitHub does not list it by its merge commit yet. Each list that lacks it brings the next one nearer. */
function isUnlisted({ late, mergeCommitSha }: PullRequest, commit: string): boolean {
  if (late === undefined || late.unlisted === 0 || mergeCommitSha !== commit) return false
  late.unlisted -= 1
  return true
}

/** The SHA of a SHA or the name of a branch. @throws Refusal 422 when there is no such commit. */
export function commitOf(repository: Repository, name: string): string {
  if (hasCommit(repository, name)) return name
  const sha = commitNamed(repository, name)
  if (sha === undefined) throw unprocessable(`No commit found for SHA: ${name}`)
  return sha
}
