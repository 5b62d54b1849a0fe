import type { Send } from '../core/send.ts'
import type { Client } from '../github/client.ts'
import type { Clock } from '../github/clock.ts'
import { GitHubError } from '../github/errors.ts'

/** The longest wait for a deletion that GitHub accepted, in milliseconds. */
const LONGEST_MS = 5 * 60_000

/** The first pause between two looks, in milliseconds; each later one is twice as long, up to the longest. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000

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
  {
    client,
    clock,
    signal,
  }: { readonly client: Client; readonly clock: Clock; readonly signal: AbortSignal | undefined },
  { route, params }: NonNullable<Send['goneAt']>,
  ref: object | undefined,
): Promise<void> {
  const since = clock.now()
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    if (await isGone(client, route, params(ref))) return
    if (signal?.aborted || clock.now() - since >= LONGEST_MS) throw new StillDeleting()
    await clock.sleep(pause, signal ?? new AbortController().signal)
  }
}

async function isGone(client: Client, ...[route, params]: Parameters<Client['request']>): Promise<boolean> {
  try {
    await client.request(route, params)
    return false
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return true
    throw error
  }
}
