import type { Send } from '../core/send.ts'
import type { Client } from '../github/client.ts'
import type { Clock } from '../github/clock.ts'
import { GitHubError } from '../github/errors.ts'
import { lookUntil } from './look-until.ts'

/** For a deletion that GitHub accepted. */
const PATIENCE = { longestMs: 5 * 60_000, longestPauseMs: 15_000 }

/** GitHub accepted a deletion, and still shows the member: the change is held back. */
export class StillDeleting extends Error {
  readonly help = 'Apply again later: GitHub goes on deleting it.'

  constructor() {
    super('GitHub accepted the deletion and had not finished it when the wait for it ended')
  }
}

/**
 * Waits until GitHub answers 404 for a member whose deletion it accepted (202).
 * @throws StillDeleting after five minutes, or where the run is stopped
 */
export async function awaitGone(
  { client, ...run }: { readonly client: Client; readonly clock: Clock; readonly signal: AbortSignal | undefined },
  { route, params }: NonNullable<Send['goneAt']>,
  ref: object | undefined,
): Promise<void> {
  const gone = await lookUntil(run, PATIENCE, () => whetherGone(client, route, params(ref)))
  if (gone === undefined) throw new StillDeleting()
}

async function whetherGone(
  client: Client,
  ...[route, params]: Parameters<Client['request']>
): Promise<true | undefined> {
  try {
    await client.request(route, params)
    return undefined
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return true
    throw error
  }
}
