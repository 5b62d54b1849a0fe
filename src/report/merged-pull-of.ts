import type { RunContext } from '../event/run-context.ts'
import type { Client } from '../github/client.ts'
import type { Clock } from '../github/clock.ts'
import { GitHubError } from '../github/errors.ts'
import { type MergedPull, mergedPull } from '../review/merged-pull.ts'

/**
 * The pull request that an apply reports its end to; `none` where there is none, with the reason where that is a fault.
 */
export type PullToReport = { readonly number: number } | { readonly none: string | undefined }

/**
 * Finds the merged pull request that a run applies. Only a push merges one: a person who dispatches an apply looks at
 * its summary. A failure to find it never stops an apply.
 * @param branch the branch that is applied; undefined where it is not known
 */
export async function mergedPullOf(
  client: Pick<Client, 'request' | 'paginate'>,
  run: { readonly context: RunContext | undefined; readonly branch: string | undefined; readonly clock: Clock },
): Promise<PullToReport> {
  const { context, branch, clock } = run
  if (!reportsToPull(context) || context === undefined || branch === undefined) return { none: undefined }
  try {
    const found: MergedPull | { readonly code: 4 } = await mergedPull(client, { context, branch, clock })
    return 'code' in found ? { none: undefined } : { number: found.number }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return { none: error.message }
  }
}

/** Whether the event is one that may have merged a pull request. */
export function reportsToPull(context: RunContext | undefined): boolean {
  return context?.event === 'push'
}
