import { isEnterprise } from '../core/scope.ts'
import type { Answer } from '../github/answer.ts'
import { aboutBase } from '../github/base-hint.ts'
import type { ApiBase } from '../github/base-url.ts'
import type { Client } from '../github/client.ts'
import { answerTime } from '../github/server-clock.ts'

/** The answers of a server about itself. */
export interface Meta {
  /** Its answer to an owner's credential; requested once. @throws GitHubError */
  ask(owner: string): Promise<Answer>
  /** Its answer to any credential that it was asked with already, else to the owner's. @throws GitHubError */
  any(owner: string): Promise<Answer>
  /** How far its clock is ahead of the machine's, by the last answer that had a valid `Date`. */
  aheadMs(): number
}

/** Sends nothing yet. @param reader makes the client of an owner's credential */
export function askingMeta(api: ApiBase, reader: (owner: string) => Promise<Pick<Client, 'request'>>): Meta {
  const clock = { aheadMs: 0 }
  const metas = new Map<boolean, Promise<Answer>>()
  const meta: Meta = {
    // The answer names the scopes of the token: enterprises have one of their own.
    ask(owner) {
      const key = isEnterprise(owner)
      const known = metas.get(key)
      if (known !== undefined) return known
      const asked = reader(owner).then(async (client) => {
        const answer = await client.request('GET /meta', {})
        const time = answerTime(answer.date)
        if (time !== undefined) clock.aheadMs = time.getTime() - Date.now()
        return answer
      })
      const answer = asked.catch((error: unknown) => {
        throw aboutBase(error, api)
      })
      metas.set(key, answer)
      // Another owner's credential, or a moment later, may have it.
      answer.catch(() => metas.delete(key))
      return answer
    },
    any(owner) {
      const known = metas.get(isEnterprise(owner)) ?? metas.get(!isEnterprise(owner))
      return known?.catch(() => meta.ask(owner)) ?? meta.ask(owner)
    },
    aheadMs: () => clock.aheadMs,
  }
  return meta
}
