import { scopeParams } from '../core/scope.ts'
import type { Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { answerTime } from '../github/server-clock.ts'

/**
 * The time at which GitHub processed a write of a secret, ISO 8601: by the answer's `Date`; where that is missing or
 * implausible, by the secret's own `updated_at`, read again. Undefined where that cannot be read either.
 */
export async function writtenAt(work: Work, answer: Answer, client: Client): Promise<string | undefined> {
  const time = answerTime(answer.date) ?? (await updatedAt(work, client))
  return time?.toISOString()
}

async function updatedAt({ scope, key, single: route }: Work, client: Client): Promise<Date | undefined> {
  if (route === undefined) return undefined
  try {
    const { body } = await client.request(route, { ...scopeParams(scope), secret_name: key })
    const time = Date.parse(String((body as { readonly updated_at?: unknown } | undefined)?.updated_at ?? ''))
    return Number.isNaN(time) ? undefined : new Date(time)
  } catch {
    // The write is valid. Its entry stays begun, so that the value is sent once more.
    return undefined
  }
}
