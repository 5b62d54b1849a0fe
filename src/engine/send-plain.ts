import type { Params, Send } from '../core/send.ts'
import type { Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { isLostPost } from '../github/lost-post.ts'
import { confirmGone } from './confirm-gone.ts'
import { postAgain } from './post-again.ts'
import type { Witness } from './witness.ts'

/** A request of a change, ready to be sent. */
interface Plain {
  readonly client: Client
  readonly work: Work
  readonly send: Send
  readonly params: Params
  readonly body: object | undefined
  /** The data of the member by now. */
  readonly ref: object | undefined
}

/**
 * Sends a request without a value. A delete of a missing thing succeeds once GitHub's list lacks it, too. Some requests
 * may be refused, and a create of what is there already may be a change.
 * @throws GitHubError
 */
export async function sendPlain(plain: Plain, witness: Witness): Promise<Answer> {
  const { client, work, send } = plain
  try {
    return await sendOnce(plain, witness)
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    const { status } = error
    const isTaken = status === 409 || status === 422
    const isThere = send.mayBeThere && status === 303
    if (isThere || (send.mayBeRefused && isTaken)) return { status, headers: {}, body: undefined, date: undefined }
    if (send.ifThere && isTaken) return changeInstead(plain, send.ifThere, error)
    if (status !== 404 || work.change.action !== 'delete') throw error
    // There is no list to read again.
    if (work.document !== undefined && !work.mayBeGone) throw error
    if (work.mayBeGone) return { status, headers: {}, body: undefined, date: undefined }
    return confirmGone(client, work, error, witness)
  }
}

/** A POST counts as sent once where it is not known whether it was carried out. */
async function sendOnce(plain: Plain, witness: Witness): Promise<Answer> {
  const { client, send, params, body } = plain
  try {
    return await client.request(send.route, params, body)
  } catch (error) {
    if (!isLostPost(error)) throw error
    return postAgain(plain, error, witness)
  }
}

/** GitHub says 409 or 422 for other reasons, too: the change finds nothing then, and the refusal stays the answer. */
async function changeInstead(
  { client, ref }: Plain,
  { route, params, body }: NonNullable<Send['ifThere']>,
  refusal: GitHubError,
): Promise<Answer> {
  try {
    return await client.request(route, params(ref), body?.(ref))
  } catch (error) {
    throw error instanceof GitHubError && error.status === 404 ? refusal : error
  }
}
