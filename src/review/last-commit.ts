import { getPath, isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'

const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'

/**
 * The last commit of a pull request now: a run of an earlier one, started again or overtaken, must not overwrite
 * reports about a later one.
 * https://docs.github.com/rest/pulls/pulls#get-a-pull-request
 * @returns undefined where the credential may not read pull requests
 * @throws GitHubError where GitHub could not be reached
 */
export async function lastCommit(
  client: Pick<Client, 'request'>,
  repository: string,
  number: number,
): Promise<string | undefined> {
  try {
    const { body } = await client.request(PULL, { ...repositoryParams(repository), pull_number: number })
    const sha = isDocument(body) ? getPath(body, 'head.sha') : undefined
    return typeof sha === 'string' && sha !== '' ? sha : undefined
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'forbidden') return undefined
    throw error
  }
}
