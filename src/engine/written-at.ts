import { paramsNamed } from '../core/place-params.ts'
import type { Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { answerTime } from '../github/server-clock.ts'

/**
 * The time at which GitHub processed a write of a secret, ISO 8601: by the answer's `Date`; where that is missing or
 * implausible, by the secret's own `updated_at`, read again. Undefined where that cannot be read either.
 * @param index of the request among those of the change
 */
export async function writtenAt(
  work: Work,
  index: number,
  answer: Answer,
  client: Client,
): Promise<string | undefined> {
  const time = answerTime(answer.date) ?? (await updatedAt(work, index, client))
  return time?.toISOString()
}

async function updatedAt(
  { single: route, sends, ref }: Work,
  index: number,
  client: Client,
): Promise<Date | undefined> {
  const params = sends[index]?.params(ref)
  if (route === undefined || params === undefined) return undefined
  try {
    const { body } = await client.request(route, paramsNamed(route, params))
    const time = Date.parse(String((body as { readonly updated_at?: unknown } | undefined)?.updated_at ?? ''))
    return Number.isNaN(time) ? undefined : new Date(time)
  } catch {
    // The write is valid. Its entry stays begun, so that the value is sent once more.
    return undefined
  }
}
