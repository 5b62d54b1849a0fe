import { getPath, isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { RunContext } from '../event/run-context.ts'
import type { Client } from '../github/client.ts'
import { malformed } from '../github/errors.ts'
import { type Stale, stale } from './stale.ts'

const ROUTE = 'GET /repos/{owner}/{repo}/branches/{branch}'

/**
 * Whether the commit of the run is the tip of the branch: a run that was started again, or that waited, must not undo
 * the changes of a later commit. To be called at the start, and again once the lock is held.
 * https://docs.github.com/rest/branches/branches#get-a-branch
 * @returns undefined where it is
 * @throws GitHubError where the branch cannot be read
 */
export async function checkTip(
  client: Pick<Client, 'request'>,
  context: Pick<RunContext, 'repository' | 'sha'>,
  branch: string,
): Promise<Stale | undefined> {
  const { body } = await client.request(ROUTE, { ...repositoryParams(context.repository), branch })
  const tip = isDocument(body) ? getPath(body, 'commit.sha') : undefined
  if (typeof tip !== 'string' || tip === '') throw malformed(ROUTE, 'commit.sha')
  if (tip === context.sha) return undefined
  const message =
    `This run is of commit ${context.sha || '(none)'}, and the tip of ${branch} in ${context.repository} is ${tip}: ` +
    'a later commit has its own run, which applies.'
  return { ...stale(message), overtaken: true }
}
