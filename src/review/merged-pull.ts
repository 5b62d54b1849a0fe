import { getPath, isDocument } from '../core/json.ts'
import { repositoryParams, sameRepository } from '../core/repository-name.ts'
import type { RunContext } from '../event/run-context.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { malformed } from '../github/errors.ts'
import { type Stale, stale } from './stale.ts'

const PULLS = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'
const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'

/** A merged pull request and the last commit that was reviewed in it. */
export interface MergedPull {
  readonly number: number
  readonly headSha: string
}

/**
 * The one pull request that was merged into the branch as the run's commit. GitHub also lists pull requests that merely
 * hold the commit: these do not count.
 * https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
 * @throws GitHubError where something cannot be read
 */
export async function mergedPull(
  client: Pick<Client, 'request' | 'paginate'>,
  context: Pick<RunContext, 'repository' | 'sha'>,
  branch: string,
): Promise<MergedPull | Stale> {
  const where = repositoryParams(context.repository)
  const { envelope, perPage } = endpoint(PULLS)
  const listed = await client.paginate<unknown>(PULLS, { ...where, commit_sha: context.sha }, envelope, perPage)
  const numbers = new Set(listed.flatMap((pull) => numberOf(pull, context, branch)))
  const [number, ...others] = numbers
  const commit = `commit ${context.sha} of ${branch}`
  if (number === undefined) {
    return stale(
      `No pull request of ${context.repository} was merged as ${commit}, so nobody reviewed its plan. ` +
        'Apply with --expect-digest or a saved plan, or merge by a pull request.',
    )
  }
  if (others.length > 0) {
    const all = [...numbers].map((each) => `#${each}`).join(' and ')
    return stale(
      `${all} of ${context.repository} were all merged as ${commit}, and which of their plans was reviewed cannot be ` +
        'told. Apply with --expect-digest or a saved plan.',
    )
  }
  return reread(client, context, branch, number)
}

/** Read by itself: a list may be older than the pull request's last push. */
async function reread(
  client: Pick<Client, 'request'>,
  context: Pick<RunContext, 'repository' | 'sha'>,
  branch: string,
  number: number,
): Promise<MergedPull | Stale> {
  const { body } = await client.request(PULL, { ...repositoryParams(context.repository), pull_number: number })
  if (numberOf(body, context, branch)[0] !== number) {
    return stale(
      `Pull request #${number} of ${context.repository} is not merged into ${branch} as commit ${context.sha}, though ` +
        'GitHub lists it for this commit. Run again.',
    )
  }
  const headSha = isDocument(body) ? getPath(body, 'head.sha') : undefined
  if (typeof headSha !== 'string' || headSha === '') throw malformed(PULL, 'head.sha')
  return { number, headSha }
}

/** The number of a pull request that was merged here as this commit; none of any other. */
function numberOf(
  pull: unknown,
  context: Pick<RunContext, 'repository' | 'sha'>,
  branch: string,
): readonly [number] | readonly [] {
  if (!isDocument(pull) || typeof pull.number !== 'number') return []
  if (typeof pull.merged_at !== 'string' || pull.merge_commit_sha !== context.sha || context.sha === '') return []
  if (getPath(pull, 'base.ref') !== branch) return []
  return sameRepository(getPath(pull, 'base.repo.full_name'), context.repository) ? [pull.number] : []
}
