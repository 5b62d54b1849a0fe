import { getPath, isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { malformed } from '../github/errors.ts'

const ROUTE = 'GET /repos/{owner}/{repo}'

/**
 * The default branch of a repository, where the event does not name it.
 * https://docs.github.com/rest/repos/repos#get-a-repository
 * @throws GitHubError where it cannot be read
 */
export async function defaultBranch(client: Pick<Client, 'request'>, repository: string): Promise<string> {
  const { body } = await client.request(ROUTE, repositoryParams(repository))
  const branch = isDocument(body) ? getPath(body, 'default_branch') : undefined
  if (typeof branch === 'string' && branch !== '') return branch
  throw malformed(ROUTE, 'default_branch')
}
