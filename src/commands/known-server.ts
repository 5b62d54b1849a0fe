import { GitHubError } from '../github/errors.ts'
import type { ServerProduct } from '../github/product.ts'
import type { Run } from './run.ts'

/**
 * What the server is, for writing of a run; undefined where no owner's credential could ask. That is told of in a comment
 * or an issue, which have a credential of their own.
 */
export async function knownServer({
  connection,
  surveys,
}: Pick<Run, 'connection' | 'surveys'>): Promise<ServerProduct | undefined> {
  try {
    return await connection.server(surveys[0]?.owner ?? '')
  } catch (error) {
    if (error instanceof GitHubError) return undefined
    throw error
  }
}
