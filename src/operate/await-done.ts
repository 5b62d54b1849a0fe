import type { ChangeOperation } from '../operations/operation.ts'
import type { Session } from './session.ts'

/** Between two looks, and how often: some five minutes in all. */
const PAUSES_MS = [1000, 2000, 4000, 8000, ...Array<number>(19).fill(15_000)]

/**
 * Waits until a change has happened that GitHub does after its answer.
 * @returns undefined when it has, else the words for what to do
 */
export async function awaitDone(
  { client, connection }: Session,
  { until }: ChangeOperation,
  params: Readonly<Record<string, string | number>>,
): Promise<string | undefined> {
  if (until === undefined) return undefined
  for (const pause of PAUSES_MS) {
    const { body } = await client.request(until.route, params)
    if (until.done(body)) return undefined
    await connection.pause(pause)
  }
  return until.otherwise
}
