/** A run of GitHub's list, as far as it tells which caches the run may have made. */
export interface RunOfCaches {
  readonly status: string | null
  readonly event?: string | null
  readonly head_branch: string | null
  readonly created_at: string
  readonly pull_requests?: readonly { readonly number?: number }[] | null
}

/** A cache, by what GitHub says of it: not which run it is of. */
export interface CacheOfRun {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly ref: string
}

/**
 * The events whose runs belong to the branch or tag that the run names. Others belong to the default branch or to that of a pull
 * request's base, also where the run names another.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const OF_BRANCH: readonly string[] = ['push', 'workflow_dispatch', 'schedule', 'merge_group', 'create']

/**
 * The caches that runs which go on may have made: GitHub says of which branch or pull request a cache is, and when it was made, so
 * one that is older than a run, or of another ref, is none of it. Where the ref of a run is not known, all later caches are held.
 * https://docs.github.com/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache
 */
export function heldCaches(runs: readonly RunOfCaches[], caches: readonly CacheOfRun[]): ReadonlySet<number> {
  const going = runs.filter(({ status }) => status !== 'completed').map((run) => ({ ...run, since: timeOf(run) }))
  const held = caches.filter(({ at, ref }) => going.some((run) => at >= run.since && mayBeOf(run, ref)))
  return new Set(held.map(({ id }) => id))
}

function timeOf({ created_at: made }: RunOfCaches): number {
  const at = Date.parse(made)
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at
}

function mayBeOf({ event, head_branch: branch, pull_requests: pulls }: RunOfCaches, ref: string): boolean {
  if (event === 'pull_request') {
    const numbers = (pulls ?? []).flatMap(({ number }) => number ?? [])
    // GitHub lists no pull request of a fork.
    if (numbers.length === 0) return ref === '' || ref.startsWith('refs/pull/')
    return ref === '' || numbers.some((number) => ref.startsWith(`refs/pull/${number}/`))
  }
  if (branch === null || !OF_BRANCH.includes(event ?? '')) return true
  return ['', branch, `refs/heads/${branch}`, `refs/tags/${branch}`].includes(ref)
}
