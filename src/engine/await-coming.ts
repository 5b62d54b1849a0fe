import type { Work } from '../core/work.ts'
import type { Client } from '../github/client.ts'
import type { Clock } from '../github/clock.ts'
import { expectedOf } from './expected-of.ts'
import { createGet } from './get.ts'

/** The longest wait for a member that another change has brought, in milliseconds. */
const LONGEST_MS = 30_000

/** The first pause between two looks, in milliseconds; each later one is twice as long. */
const FIRST_PAUSE_MS = 500

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
  {
    client,
    clock,
    signal,
  }: { readonly client: Client; readonly clock: Clock; readonly signal: AbortSignal | undefined },
  work: Work,
  { address, find }: NonNullable<Work['comesBy']>,
): Promise<object> {
  const since = clock.now()
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    const ref = await find(createGet(client, () => expectedOf(work).id))
    if (ref !== undefined) return ref
    if (signal?.aborted || clock.now() - since >= LONGEST_MS) throw new NotYetShown(address)
    await clock.sleep(pause, signal ?? new AbortController().signal)
  }
}
