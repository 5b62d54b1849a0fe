import { repositoryParams } from '../core/repository-name.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Client } from './client.ts'

/**
 * A `Date` that is further from the machine's clock comes from a proxy, or from an attacker who wants entries to look
 * new.
 */
const TRUSTED_MS = 24 * 60 * 60_000

/** An answer's `Date`, where it can be believed. */
export function answerTime(date: string | undefined, now: Date = new Date()): Date | undefined {
  const time = Date.parse(date ?? '')
  return Math.abs(time - now.getTime()) <= TRUSTED_MS ? new Date(time) : undefined
}

/**
 * The server's time, by the `Date` of its answer: machines whose clocks differ agree on it.
 * @param repository `owner/name`, of which one GET is sent
 */
export async function serverTime(client: Client, repository: string): Promise<Date> {
  const { date } = await client.request('GET /repos/{owner}/{repo}', repositoryParams(repository))
  const time = Date.parse(date ?? '')
  if (!Number.isNaN(time)) return new Date(time)
  throw new SetupError('the server answers without a valid Date: is there a proxy before the API that takes it out?')
}
