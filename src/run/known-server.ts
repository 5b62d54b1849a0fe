import { GitHubError } from '../github/errors.ts'
import type { ServerProduct } from '../github/product.ts'
import type { Run } from './run.ts'

/**
 * The server's product, for the reports of a run; undefined where no owner's credential could read it. A comment or an
 * issue, which have a credential of their own, reports that failure.
 */
export async function knownServer({
  connection,
  states,
}: Pick<Run, 'connection' | 'states'>): Promise<ServerProduct | undefined> {
  try {
    return await connection.server(states[0]?.owner ?? '')
  } catch (error) {
    if (error instanceof GitHubError) return undefined
    throw error
  }
}
