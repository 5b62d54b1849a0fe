import { getPath, sameJson } from '../core/json.ts'
import type { Live } from '../core/live.ts'
import type { Params, Send } from '../core/send.ts'
import type { Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { expectedOf } from './expected-of.ts'
import { createGet } from './get.ts'
import type { Witness } from './witness.ts'

interface Posted {
  readonly client: Client
  readonly work: Work
  readonly send: Send
  readonly params: Params
  readonly body: object | undefined
}

/**
 * Decides on a POST that may have been carried out: where GitHub lists by now what it creates, it was; else it is sent once
 * more. One that GitHub answers with 303 where it was carried out is sent once more without a look.
 * @param lost the first outcome, which stands where neither is certain
 * @returns the answer; that of a member that was found has the data which later requests need, such as its id
 */
export async function postAgain(posted: Posted, lost: GitHubError, witness: Witness): Promise<Answer> {
  const { client, work, send, params, body } = posted
  if (!send.mayBeThere && (work.change.action !== 'create' || work.document !== undefined)) throw lost
  try {
    await witness.again(client, work)
    const found = send.mayBeThere ? undefined : await work.findListed(createGet(client, () => expectedOf(work).id))
    if (found === undefined) return await client.request(send.route, params, body)
    if (isOurs(found, posted)) return { status: 201, headers: {}, body: found.ref, date: undefined }
  } catch (error) {
    if (send.mayBeThere && error instanceof GitHubError && error.status === 303) throw error
  }
  throw lost
}

/** Another writer may have made one of the same name meanwhile. */
function isOurs({ spec }: Live, { work, send }: Posted): boolean {
  return send.fields.every((field) => {
    const [is, shall] = [getPath(spec, field), getPath(work.change.after ?? {}, field)]
    return is === undefined || shall === undefined || sameJson(is, shall)
  })
}
