import { ownerOf, repositoryIn, type Scope, scopeParams } from '../core/scope.ts'
import { GitHubError } from '../github/errors.ts'
import type { Session } from './session.ts'

/**
 * Statuses of GitHub's answer under the former name of a repository.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 */
const MOVED: readonly (number | null | undefined)[] = [301, 307, 308]

/** Whether GitHub answered that a repository has another name now. */
export function isMoved(status: number | null | undefined): boolean {
  return MOVED.includes(status)
}

/** Says the new name of a repository, where an answer shows that it has one: no operation follows it by itself. */
export async function tellNewName({ io, connection, product }: Session, scope: Scope): Promise<void> {
  if (repositoryIn(scope) === undefined) return
  const owner = ownerOf(scope)
  const reader = connection.reader(await connection.credential(owner), await connection.server(owner), product)
  try {
    await reader.request('GET /repos/{owner}/{repo}', scopeParams(scope))
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    io.stderr(`${error.message}\n`)
  }
}
