import { type Body, fieldsOf, required, text } from '../../http/body.ts'
import { Refusal } from '../../http/errors.ts'
import { entry } from '../../world/seed-reader.ts'
import { stableSha } from '../../world/stable-id.ts'
import { type Repository, repositoryNamed, timestamp, type World } from '../../world/store.ts'
import { signatureOf } from '../accounts/actor.ts'
import { moveBranch } from '../git/branches.ts'
import { type Issue, issuesOf, nextActivityId, nextNumber, type PullRequest, pullRequestsOf } from '../issues/issue.ts'
import { PULL_REQUEST_KEYS, seedIssue } from '../issues/seed.ts'

/**
 * Simulates a push: the branch's tip is this commit, and so is the head of the open pull requests from it.
 * @throws Refusal with the problem of the request.
 */
export function push(world: World, given: unknown, moment: Date): void {
  const body = fieldsOf(given)
  const repository = repositoryIn(world, body)
  const branch = required(text(body, 'branch'), 'branch')
  const sha = shaIn(body, 'sha')
  if (sha === undefined) throw new Refusal(422, '"sha" must be 40 hexadecimal digits.')
  move(world, repository, branch, sha, moment)
  for (const { state, pullRequest } of pullRequestsOf(repository)) {
    const isFrom = pullRequest.headRepository === undefined && pullRequest.headRef === branch
    if (state === 'open' && isFrom) moveHead(pullRequest, sha)
  }
}

/**
 * Someone merges a pull request: the tip of its base is the merge commit. With `unlisted: 2` and `unnamed: 3` GitHub is
 * late: the commit's next two lists lack it, and in the next three answers that show it its `merge_commit_sha` is null.
 * @throws Refusal when it cannot be merged.
 */
export function merge(world: World, given: unknown, moment: Date): object {
  const body = fieldsOf(given)
  const repository = repositoryIn(world, body)
  const issue = issuesOf(repository).get(Number(body.number))
  if (!issue?.pullRequest) throw new Refusal(404, `There is no pull request ${String(body.number)}.`)
  if (issue.state !== 'open') throw new Refusal(405, `The pull request ${issue.number} is not open.`)
  const { pullRequest } = issue
  const sha = shaIn(body, 'merge_commit_sha') ?? stableSha(`merge of ${pullRequest.headSha}`)
  const late = { unlisted: countIn(body, 'unlisted'), unnamed: countIn(body, 'unnamed') }
  const now = timestamp(moment)
  move(world, repository, pullRequest.baseRef, sha, moment)
  Object.assign(pullRequest, { mergedAt: now, mergeCommitSha: sha, late })
  Object.assign(issue, { state: 'closed', closedAt: now, updatedAt: now })
  return { number: issue.number, merge_commit_sha: sha }
}

/**
 * Opens a pull request, with the fields that a seed gives one; or, where its number is taken, pushes to its head, or
 * changes its title, body or state.
 * @throws Error with the problem of the request.
 */
export function setPullRequest(world: World, given: unknown, moment: Date): object {
  const body = fieldsOf(given)
  const repository = repositoryIn(world, body)
  const { owner, repository: name, number = nextNumber(repository), ...fields } = body
  if (!Number.isSafeInteger(number) || Number(number) < 1) {
    throw new Refusal(422, '"number" must be a whole number from 1.')
  }
  const now = timestamp(moment)
  const said = entry({ created_at: now, ...fields }, '', PULL_REQUEST_KEYS)
  const made = seedIssue(repository, Number(number), said, (id) => id ?? nextActivityId(world), 'pull request')
  const known = issuesOf(repository).get(made.number)
  if (known && !known.pullRequest) throw new Refusal(422, `The number ${made.number} is an issue's.`)
  if (known) update(known, fields, made, now)
  else issuesOf(repository).set(made.number, made)
  const { pullRequest = made.pullRequest } = known ?? made
  if (pullRequest && pullRequest.headRepository === undefined && (known ?? made).state === 'open') {
    move(world, repository, pullRequest.headRef, pullRequest.headSha, moment)
  }
  return { number: made.number, head: { sha: pullRequest?.headSha } }
}

function update(known: Issue, fields: Body, made: Issue, now: string): void {
  if (fields.title !== undefined) known.title = made.title
  if (fields.body !== undefined) known.body = made.body
  if (fields.state !== undefined) Object.assign(known, { state: made.state, closedAt: made.closedAt })
  const { sha } = fieldsOf(fields.head)
  if (sha !== undefined && known.pullRequest && made.pullRequest) moveHead(known.pullRequest, made.pullRequest.headSha)
  known.updatedAt = now
}

/** The former head stays one of the commits. */
function moveHead(pullRequest: PullRequest, sha: string): void {
  if (pullRequest.headSha === sha) return
  pullRequest.commits = [...pullRequest.commits.filter((each) => each !== sha), pullRequest.headSha]
  pullRequest.headSha = sha
}

function move(world: World, repository: Repository, branch: string, sha: string, moment: Date): void {
  moveBranch(repository, branch, sha, signatureOf({ login: world.viewer.login, type: 'User' }, moment))
}

function repositoryIn(world: World, body: Body): Repository {
  const owner = required(text(body, 'owner'), 'owner')
  const name = required(text(body, 'repository'), 'repository')
  const repository = repositoryNamed(world, owner, name)
  if (!repository) throw new Refusal(404, `There is no repository ${owner}/${name}.`)
  return repository
}

function shaIn(body: Body, field: string): string | undefined {
  const sha = text(body, field)
  if (sha === undefined || /^[\da-f]{40}$/.test(sha)) return sha
  throw new Refusal(422, `"${field}" must be 40 hexadecimal digits.`)
}

function countIn(body: Body, field: string): number {
  const given = body[field] ?? 0
  if (Number.isSafeInteger(given) && Number(given) >= 0) return Number(given)
  throw new Refusal(422, `"${field}" must be a whole number from 0.`)
}
