import type { Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { expectedOf } from './expected-of.ts'
import { createGet } from './get.ts'
import type { Witness } from './witness.ts'

/**
 * Decides on a DELETE that GitHub answered with 404: for a missing thing, but also for one that the credential may not
 * delete, or for a name that means another thing by now. The list that was to hold it is read again.
 * @param error GitHub's 404
 * @throws GitHubError where it is still there, or where the list cannot be read
 */
export async function confirmGone(client: Client, work: Work, error: GitHubError, witness: Witness): Promise<Answer> {
  await witness.again(client, work)
  const get = createGet(client, () => expectedOf(work).id)
  if ((await work.findListed(get)) === undefined) return { status: 404, headers: {}, body: undefined, date: undefined }
  const { message, kind, status, route, requestId, date } = error
  const hint = 'GitHub still lists it: the credential may not delete it, or GitHub hides why.'
  throw new GitHubError(message, { kind, status, route, requestId, date, hint })
}
