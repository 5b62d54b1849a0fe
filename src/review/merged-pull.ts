import { getPath, isDocument } from '../core/json.ts'
import { repositoryParams, sameRepository } from '../core/repository-name.ts'
import type { RunContext } from '../event/run-context.ts'
import type { Client } from '../github/client.ts'
import type { Clock } from '../github/clock.ts'
import { endpoint } from '../github/endpoints.ts'
import { GitHubError, malformed } from '../github/errors.ts'
import { hintsIn } from './merge-message.ts'
import { type Stale, stale } from './stale.ts'

const PULLS = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'
const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'

/**
 * GitHub starts the run of a merge before it has written down everywhere which commit the merge became: for some seconds
 * `merge_commit_sha` may be null, or that of the trial merge, and the list of the commit's pull requests empty.
 */
const PAUSES_MS = [1000, 2000, 3000, 4000]

/** A commit may be in many open pull requests: so many of them are asked one by one. */
const MOST_ASKED = 10

/** A merged pull request and the last commit that was reviewed in it. */
export interface MergedPull {
  readonly number: number
  readonly headSha: string
}

export interface MergeOfRun {
  readonly context: Pick<RunContext, 'repository' | 'sha' | 'headMessage'>
  /** The branch that was merged into. */
  readonly branch: string
  readonly clock: Clock
}

type Asking = Pick<Client, 'request' | 'paginate'>

/**
 * The one pull request that was merged into the branch as the run's commit. GitHub also lists pull requests that merely
 * hold the commit: these do not count. One that does not show yet is requested again, for ten seconds in all.
 * https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
 * @throws GitHubError where a read fails
 */
export async function mergedPull(client: Asking, merge: MergeOfRun): Promise<MergedPull | Stale> {
  let found = await look(client, merge)
  for (const pause of PAUSES_MS) {
    if (found.kind !== 'none') break
    await merge.clock.sleep(pause, new AbortController().signal)
    found = await look(client, merge)
  }
  switch (found.kind) {
    case 'one':
      return found.pull
    case 'several':
      return several(found.numbers, merge)
    case 'none':
      return none(found.listed, merge)
  }
}

type FoundPull =
  | { readonly kind: 'one'; readonly pull: MergedPull }
  | { readonly kind: 'several'; readonly numbers: readonly number[] }
  /** `listed`: one that the list has as merged, and that by itself is not. */
  | { readonly kind: 'none'; readonly listed: number | undefined }

/** Looks once: in the list of the commit, then by number at each candidate. A list may be older than the last push. */
async function look(client: Asking, merge: MergeOfRun): Promise<FoundPull> {
  const { envelope, perPage } = endpoint(PULLS)
  const where = { ...repositoryParams(merge.context.repository), commit_sha: merge.context.sha }
  const listed = await client.paginate<unknown>(PULLS, where, envelope, perPage)
  const [first, ...others] = new Set(listed.filter((pull) => isMerged(pull, merge)).map(numberOf))
  if (first !== undefined && others.length > 0) return { kind: 'several', numbers: [first, ...others] }
  const asked = first === undefined ? candidates(listed, merge) : [first]
  const merged: MergedPull[] = []
  for (const number of asked) {
    const pull = await read(client, merge, number, number === first ? 'listed' : 'perhaps')
    if (pull !== undefined) merged.push(pull)
  }
  const [pull, ...more] = merged
  if (pull === undefined) return { kind: 'none', listed: first }
  if (more.length > 0) return { kind: 'several', numbers: merged.map(({ number }) => number) }
  return { kind: 'one', pull }
}

/** Numbers that are worth a request: those in the commit's message are only hints. */
function candidates(listed: readonly unknown[], { context, branch }: MergeOfRun): readonly number[] {
  const here = listed.filter((pull) => isInto(pull, context.repository, branch))
  const late = here.filter((pull) => textAt(pull, 'merge_commit_sha') === undefined)
  return [...new Set([...hintsIn(context.headMessage), ...late.map(numberOf), ...here.map(numberOf)])]
    .filter((number) => number > 0)
    .slice(0, MOST_ASKED)
}

/** The pull request of a number, if it is the merged one. An unlisted number may be that of an issue, or of nothing. */
async function read(
  client: Asking,
  merge: MergeOfRun,
  number: number,
  known: 'listed' | 'perhaps',
): Promise<MergedPull | undefined> {
  const params = { ...repositoryParams(merge.context.repository), pull_number: number }
  const body = await client.request(PULL, params).then(
    (answer) => answer.body,
    (error: unknown) => {
      if (known === 'perhaps' && error instanceof GitHubError && error.status === 404) return undefined
      throw error
    },
  )
  if (!isMerged(body, merge) || numberOf(body) !== number) return undefined
  const headSha = textAt(body, 'head.sha')
  if (headSha === undefined || headSha === '') throw malformed(PULL, 'head.sha')
  return { number, headSha }
}

/** Whether a pull request was merged here as the run's commit: GitHub shows a merge, a squash and a rebase alike. */
function isMerged(pull: unknown, { context, branch }: MergeOfRun): boolean {
  if (context.sha === '' || textAt(pull, 'merge_commit_sha') !== context.sha) return false
  return textAt(pull, 'merged_at') !== undefined && isInto(pull, context.repository, branch)
}

function isInto(pull: unknown, repository: string, branch: string): boolean {
  return textAt(pull, 'base.ref') === branch && sameRepository(textAt(pull, 'base.repo.full_name'), repository)
}

function textAt(pull: unknown, path: string): string | undefined {
  const found = isDocument(pull) ? getPath(pull, path) : undefined
  return typeof found === 'string' ? found : undefined
}

/** 0 where there is none. */
function numberOf(pull: unknown): number {
  return isDocument(pull) && typeof pull.number === 'number' ? pull.number : 0
}

function several(numbers: readonly number[], { context, branch }: MergeOfRun): Stale {
  const all = numbers.map((each) => `#${each}`).join(' and ')
  return stale(
    `${all} of ${context.repository} were all merged as commit ${context.sha} of ${branch}, and which of their plans was ` +
      'reviewed is not known. Apply with --expect-digest or a saved plan.',
  )
}

function none(listed: number | undefined, { context, branch }: MergeOfRun): Stale {
  const { repository, sha } = context
  if (listed !== undefined) {
    return stale(
      `Pull request #${listed} of ${repository} is not merged into ${branch} as commit ${sha}, though ` +
        'GitHub lists it for this commit. Run again.',
    )
  }
  return stale(
    `No pull request of ${repository} was merged as commit ${sha} of ${branch}, so nobody reviewed its plan. ` +
      'Apply with --expect-digest or a saved plan, or merge by a pull request.',
  )
}
