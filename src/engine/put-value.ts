import { paramsNamed } from '../core/place-params.ts'
import type { Route } from '../core/routes.ts'
import type { Params, Send } from '../core/send.ts'
import type { ValueAt } from '../core/value-text.ts'
import type { Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { expectedOf } from './expected-of.ts'

interface PublicKey {
  readonly key_id: string
  readonly key: string
}

/** Seals a value for a public key; the value itself stays where it is kept. */
export interface Sealer {
  seal(value: ValueAt, publicKey: PublicKey): Promise<{ readonly encrypted_value: string; readonly key_id: string }>
}

/** Puts values: each scope's public key is fetched once, and again where GitHub has changed it meanwhile. */
export interface ValuePutter {
  put(client: Client, work: Work, send: Send, params: Params, steps: PutSteps): Promise<Answer>
}

/** The steps around the write of a value. */
export interface PutSteps {
  /** Once the key is at hand, before the value is sealed. */
  ready(): Promise<void>
  /** Before it is sealed a second time, with a key that is another one now. */
  again(): Promise<void>
  /** Makes the rest of the body, just before the value is put. */
  body(): Promise<object>
}

/** One for each run, so that no key outlives it. */
export function createValuePutter(sealer: Sealer): ValuePutter {
  const keys = new Map<string, Promise<PublicKey>>()
  const keyOf = (
    client: Client,
    work: Work,
    sent: Params,
    route: Route,
    age: 'known' | 'fresh',
  ): Promise<PublicKey> => {
    const params = paramsNamed(route, sent)
    const at = JSON.stringify([route, params])
    const known = age === 'known' ? keys.get(at) : undefined
    if (known !== undefined) return known
    const asked = client.request(route, params, undefined, expectedOf(work))
    const key = asked.then(({ body }) => body as PublicKey)
    keys.set(at, key)
    key.catch(() => keys.delete(at))
    return key
  }
  return {
    async put(client, work, send, params, { ready, again, body }) {
      const { seals, route } = send
      if (!seals || !work.value) throw new Error(`bug: ${work.change.address} puts no value`)
      const value = work.value
      const sendWith = async (key: PublicKey): Promise<Answer> =>
        client.request(route, params, { ...(await body()), ...(await sealer.seal(value, key)) })
      const key = await keyOf(client, work, params, seals.publicKey, 'known')
      await ready()
      try {
        return await sendWith(key)
      } catch (error) {
        if (!(error instanceof GitHubError) || error.status !== 422) throw error
        const fresh = await keyOf(client, work, params, seals.publicKey, 'fresh')
        if (fresh.key_id === key.key_id && fresh.key === key.key) throw error
        await again()
        return sendWith(fresh)
      }
    },
  }
}
