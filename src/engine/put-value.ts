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

/**
 * Puts values: each scope's public key is fetched once, and again where a refusal may mean that GitHub has changed it. Texts of
 * such refusals are not documented: of those that speak of no key the first one of a run shows whether they mean it.
 */
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

/** The words of a refusal that is about the key, as far as GitHub's texts are known. */
const ABOUT_KEYS = /\bkey(_id)?\b|encrypt|decrypt|\bsealed\b/i

/** One for each run, so that no key outlives it. */
export function createValuePutter(sealer: Sealer): ValuePutter {
  const keys = new Map<string, Promise<PublicKey>>()
  // Whether the first refusal without a word of a key came from a key that had changed.
  let tried: Promise<boolean> | undefined
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
  /** The key as it is now, where it is another one than that which a refused value was sealed for. */
  const changedKey = async (old: PublicKey, error: GitHubError, ask: () => Promise<PublicKey>) => {
    const compare = async (): Promise<PublicKey | undefined> => {
      const fresh = await ask()
      return fresh.key_id === old.key_id && fresh.key === old.key ? undefined : fresh
    }
    if (ABOUT_KEYS.test(textOf(error))) return compare()
    if (tried !== undefined) return (await tried) ? compare() : undefined
    const first = compare()
    tried = first.then(
      (fresh) => fresh !== undefined,
      () => true,
    )
    return first
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
        const fresh = await changedKey(key, error, () => keyOf(client, work, params, seals.publicKey, 'fresh'))
        if (fresh === undefined) throw error
        await again()
        return sendWith(fresh)
      }
    },
  }
}

/** GitHub's words alone: the message of the error has the path, and so the name of the secret. */
function textOf({ body }: GitHubError): string {
  const { message, errors } = (body ?? {}) as { readonly message?: unknown; readonly errors?: unknown }
  return JSON.stringify([message, errors])
}
