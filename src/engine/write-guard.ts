import type { Client } from '../github/client.ts'

/** A request that was not sent, because this run may not write any more. */
export class WriteStopped extends Error {
  override readonly name = 'WriteStopped'
}

/** The check before each write, and the signal that ends a run. */
export interface WriteGuard {
  /** Asked right before each request that writes, and before the ledger is saved: whether the run-wide lock is still held. */
  mayWrite?: (() => Promise<boolean>) | undefined
  /** Once it is aborted, no write is begun; requests on their way are awaited and noted. */
  signal?: AbortSignal | undefined
}

/**
 * The same client, which asks before each write, and once more where the write had to wait for a limit.
 * @param before and `afterWait` throw where the target of the write changed since it was planned
 */
export function guardedClient(
  client: Client,
  { mayWrite, signal }: WriteGuard,
  { before, afterWait }: { readonly before: () => Promise<void>; readonly afterWait: () => Promise<void> },
): Client {
  const ask = async (stillPlanned: () => Promise<void>): Promise<void> => {
    await stillPlanned()
    if (mayWrite !== undefined) await assertMayWrite(mayWrite)
    assertNotStopped({ signal })
  }
  return {
    ...client,
    request: async (route, params, body, expected) => {
      if (route.startsWith('GET ')) return client.request(route, params, body, expected)
      await ask(before)
      return client.request(route, params, body, expected, () => ask(afterWait))
    },
  }
}

async function assertMayWrite(mayWrite: () => Promise<boolean>): Promise<void> {
  const may = await answered(mayWrite)
  if (!may) throw new WriteStopped('not sent: another run has taken over the lock, and may be writing the same things')
}

/** Where the check fails, the next request would fail too. */
async function answered(mayWrite: () => Promise<boolean>): Promise<boolean> {
  try {
    return await mayWrite()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new WriteStopped(`not sent: whether this run still holds the lock is not known: ${why}`)
  }
}

/** @throws WriteStopped where the run was asked to end */
export function assertNotStopped({ signal }: WriteGuard): void {
  if (signal?.aborted) throw new WriteStopped('not sent: octoform was asked to stop')
}
