import { GitHubError } from '../github/errors.ts'
import { homeCredential } from '../github/home-client.ts'
import { type ServerProduct, serverProduct } from '../github/product.ts'
import type { Connection } from '../run/connect.ts'
import type { Io } from '../run/io.ts'

/**
 * The server's product, read with the credential of the repository itself; undefined where that may not read it either.
 */
export async function homeServer(io: Pick<Io, 'env'>, connection: Connection): Promise<ServerProduct | undefined> {
  try {
    return serverProduct(await connection.reader(homeCredential(io.env)).request('GET /meta', {}))
  } catch (error) {
    if (error instanceof GitHubError) return undefined
    throw error
  }
}
