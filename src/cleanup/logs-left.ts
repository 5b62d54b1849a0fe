import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import type { Leftover } from './objects.ts'

const LOGS: Route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/logs'

/** Asked for at once. */
const BATCH = 20

/** After so many runs in a row without logs, all older ones have none either: logs end by age, and cleanup takes the oldest first. */
const IN_A_ROW = 100

/**
 * Of these runs those that still have logs: no list says so, and a delete of logs that are gone is answered as one of logs that
 * are there. GitHub's link is asked for, and not followed, newest first.
 * @throws GitHubError where it is neither given nor gone
 */
export async function logsLeft(
  client: Pick<Client, 'locate'>,
  repository: Readonly<Record<'owner' | 'repo', string>>,
  runs: readonly Leftover[],
): Promise<readonly Leftover[]> {
  const left = new Set<number>()
  const newest = [...runs].sort((one, other) => other.at - one.at || other.id - one.id)
  let row = 0
  for (let from = 0; from < newest.length && row < IN_A_ROW; from += BATCH) {
    const batch = newest.slice(from, from + BATCH)
    const found = await Promise.all(batch.map(({ id }) => hasLogs(client, { ...repository, run_id: id })))
    for (const [index, { id }] of batch.entries()) {
      row = found[index] ? 0 : row + 1
      if (found[index]) left.add(id)
    }
  }
  return runs.filter(({ id }) => left.has(id))
}

async function hasLogs(client: Pick<Client, 'locate'>, params: Parameters<Client['locate']>[1]): Promise<boolean> {
  try {
    await client.locate(LOGS, params)
    return true
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 404 || error.status === 410)) return false
    throw error
  }
}
