import type { Work } from '../core/work.ts'
import type { Client } from '../github/client.ts'
import type { Clock } from '../github/clock.ts'
import { expectedOf } from './expected-of.ts'
import { createGet } from './get.ts'
import { lookUntil } from './look-until.ts'

/** For a member that another change has brought. */
const PATIENCE = { longestMs: 30_000 }

/** The change that was to bring a member was written, and GitHub does not show the member yet: its own change is held back. */
export class NotYetShown extends Error {
  readonly help = 'Apply again: GitHub gives it an id here only once it shows it.'

  constructor(by: string) {
    super(`${by} was written, and GitHub did not show it here when the wait for it ended`)
  }
}

/**
 * Waits until GitHub shows a member that another change has brought, and gives the data that its requests need.
 * @throws NotYetShown after half a minute, or where the run is stopped
 */
export async function awaitComing(
  { client, ...run }: { readonly client: Client; readonly clock: Clock; readonly signal: AbortSignal | undefined },
  work: Work,
  { address, find }: NonNullable<Work['comesBy']>,
): Promise<object> {
  const ref = await lookUntil(run, PATIENCE, () => find(createGet(client, () => expectedOf(work).id)))
  if (ref === undefined) throw new NotYetShown(address)
  return ref
}
