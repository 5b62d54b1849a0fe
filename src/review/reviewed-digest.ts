import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { type Clock, systemClock } from '../github/clock.ts'
import { endpoint } from '../github/endpoints.ts'
import { ACTIONS_APP, PLAN_CHECK, planChecks } from './check-run.ts'
import { type MergedPull, type MergeOfRun, mergedPull } from './merged-pull.ts'
import { type Stale, stale } from './stale.ts'

const CHECKS = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'

/**
 * The conclusions of a plan that could be reviewed: a plan with errors, or one that was broken off, has no reviewed
 * intent. A guard or a held-back change, which required an action, decides again by itself at apply.
 */
const HOLDS: ReadonlySet<string> = new Set(['success', 'neutral', 'action_required'])

/** The plan that a pull request's reviewers saw. */
export interface ReviewedDigest {
  /** SHA-256 in hexadecimal, as `Plan.digest`. */
  readonly digest: string
  readonly pullRequest: number
  /** The last commit of the pull request, which the plan was made of. */
  readonly headSha: string
}

export interface ReviewedOptions {
  readonly context: MergeOfRun['context']
  /** The branch that `apply` applies. */
  readonly branch: string
  /** The App that made the check run, by slug or numeric id; the one behind `GITHUB_TOKEN` when left out. */
  readonly app?: string | undefined
  /** The clock that times the wait for a merge which GitHub does not show yet; this machine's when left out. */
  readonly clock?: Clock | undefined
  /** Gets the pull request, even where no plan of it holds. */
  readonly onPull?: ((pull: MergedPull) => void) | undefined
}

/**
 * The digest of the plan that was reviewed in the pull request of the run's commit: `external_id` of the one check run
 * `octoform plan` on its last commit. Comments and other items of that name are no evidence: many accounts may write
 * these.
 * https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference
 * @throws GitHubError where a read fails
 */
export async function reviewedDigest(
  client: Pick<Client, 'request' | 'paginate'>,
  options: ReviewedOptions,
): Promise<ReviewedDigest | Stale> {
  const { context, branch, app = ACTIONS_APP, clock = systemClock } = options
  const pull = await mergedPull(client, { context, branch, clock })
  if ('code' in pull) return pull
  options.onPull?.(pull)
  const { envelope, perPage } = endpoint(CHECKS)
  // `latest`, GitHub's default, would show one of two and hide that there are two.
  const asked = { ref: pull.headSha, check_name: PLAN_CHECK, filter: 'all' }
  const listed = await client.paginate<unknown>(
    CHECKS,
    { ...repositoryParams(context.repository), ...asked },
    envelope,
    perPage,
  )
  const { repository } = context
  const found = planChecks(listed, { app, headSha: pull.headSha, repository })
  const of = `on ${pull.headSha}, the last commit of #${pull.number} of ${repository}`
  const byApp = `check run \`${PLAN_CHECK}\` by the App ${app}`
  const [check, ...others] = found
  if (check === undefined) {
    return stale(
      `There is no ${byApp} ${of}. Let plan publish its check run there before merging (permission checks: write), name ` +
        'the App that made it with --check-app, or apply with --expect-digest.',
    )
  }
  if (others.length > 0) {
    return stale(
      `There are ${found.length} times a ${byApp} ${of}; which plan was reviewed is not known. Let one job alone ` +
        'publish it, or apply with --expect-digest.',
    )
  }
  if (check.status !== 'completed') {
    return stale(`The ${byApp} ${of} is not completed. Wait until the plan is made, and run again.`)
  }
  if (!HOLDS.has(check.conclusion)) {
    const ended = check.conclusion || 'nothing'
    return stale(
      `The ${byApp} ${of} says ${ended}: that plan does not hold. Plan again in the pull request before merging, or apply ` +
        'with --expect-digest.',
    )
  }
  if (check.digest === undefined) {
    return stale(`The \`external_id\` of the ${byApp} ${of} is not the digest of a plan: something else made it.`)
  }
  const shared = check.pullRequests.filter((number) => number !== pull.number)
  if (shared.length > 0) return stale(sharedHead(pull, shared, byApp))
  return { digest: check.digest, pullRequest: pull.number, headSha: pull.headSha }
}

function sharedHead(pull: MergedPull, shared: readonly number[], byApp: string): string {
  const others = shared.map((number) => `#${number}`).join(', ')
  return (
    `${pull.headSha} is the last commit not only of #${pull.number} but also of ${others}: the ${byApp} may be of a plan ` +
    'that was reviewed there. Apply with --expect-digest, or give the pull request a commit of its own.'
  )
}
